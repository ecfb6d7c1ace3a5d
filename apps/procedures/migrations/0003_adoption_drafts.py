"""What has been decided so far about a national version that is about to be taken over."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("procedures", "0002_adopted_is_kept")]
    operations = [
        migrations.CreateModel(
            name="AdoptionDraft",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("procedure_code", models.CharField(max_length=60)),
                ("template_version", models.UUIDField(unique=True)),
                ("decisions", models.JSONField(default=dict)),
                ("updated_at", models.DateTimeField()),
                ("updated_by", models.CharField(max_length=120)),
                ("adopted_at", models.DateTimeField(null=True)),
            ],
        ),
    ]
