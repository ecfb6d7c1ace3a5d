from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("fees", "0002_payments_stand"),
    ]

    operations = [
        migrations.CreateModel(
            name="Exemption",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("subject_id", models.BigIntegerField()),
                ("group_key", models.CharField(max_length=60)),
                ("group_name", models.CharField(max_length=250)),
                ("legal_ground", models.TextField()),
                ("evidence", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("CLAIMED", "Chờ xác nhận"),
                            ("CONFIRMED", "Đã xác nhận"),
                            ("DECLINED", "Không được xác nhận"),
                        ],
                        max_length=10,
                    ),
                ),
                ("said_by_kind", models.CharField(max_length=10)),
                ("said_by_id", models.BigIntegerField(null=True)),
                ("said_by_name", models.CharField(max_length=120)),
                ("said_at", models.DateTimeField()),
                ("decided_by_kind", models.CharField(blank=True, max_length=10)),
                ("decided_by_id", models.BigIntegerField(null=True)),
                ("decided_by_name", models.CharField(blank=True, max_length=120)),
                ("decided_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("subject_id",), name="exemption_once_per_subject"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["CLAIMED", "CONFIRMED", "DECLINED"])),
                        name="exemption_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True), ("decided_by_name", ""), ("state", "CLAIMED")
                            ),
                            models.Q(
                                models.Q(("state", "CLAIMED"), _negated=True),
                                ("decided_at__isnull", False),
                                models.Q(("decided_by_name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="exemption_is_decided_by_somebody_or_claimed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("legal_ground", ""), _negated=True), name="exemption_has_a_ground"
                    ),
                ],
            },
        ),
    ]
