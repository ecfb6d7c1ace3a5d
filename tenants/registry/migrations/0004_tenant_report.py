"""What a tenant last told the centre of itself."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0003_life_and_codes"),
    ]

    operations = [
        migrations.CreateModel(
            name="TenantReport",
            fields=[
                (
                    "tenant",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="registry.tenant",
                    ),
                ),
                ("at", models.DateTimeField()),
                ("figures", models.JSONField()),
            ],
        ),
    ]
