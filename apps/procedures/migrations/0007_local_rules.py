from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("procedures", "0006_local_basis"),
    ]

    operations = [
        migrations.CreateModel(
            name="LocalRules",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("code_pattern", models.CharField(max_length=80)),
                ("ground", models.CharField(max_length=1000)),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.CharField(max_length=120)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="one_row_of_local_rules"),
                    models.CheckConstraint(
                        condition=models.Q(("ground", ""), _negated=True), name="local_rules_have_a_ground"
                    ),
                ],
            },
        ),
    ]
