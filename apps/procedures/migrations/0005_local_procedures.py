"""Procedures of a tenant's own. Expand only: what the code before this one adopts is NATIONAL by itself."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("procedures", "0004_record_and_corrections")]
    operations = [
        migrations.AddField(
            model_name="adoptedversion",
            name="origin",
            field=models.CharField(
                choices=[("NATIONAL", "Mẫu quốc gia"), ("LOCAL", "Thủ tục của địa phương")],
                db_default="NATIONAL",
                default="NATIONAL",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="adoptedversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("origin__in", ["NATIONAL", "LOCAL"])), name="adopted_origin_is_known"
            ),
        ),
        migrations.CreateModel(
            name="LocalDraft",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(unique=True)),
                ("procedure_code", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=1000)),
                ("content", models.JSONField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("DRAFT", "Đang soạn"),
                            ("IN_REVIEW", "Chờ người thứ hai duyệt"),
                            ("PUBLISHED", "Đã ban hành"),
                        ],
                        default="DRAFT",
                        max_length=10,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "editors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), default=list, size=None
                    ),
                ),
                ("remarks", models.TextField(blank=True)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.CharField(max_length=120)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["DRAFT", "IN_REVIEW"])),
                        fields=("procedure_code",),
                        name="local_procedure_has_one_draft",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["DRAFT", "IN_REVIEW", "PUBLISHED"])),
                        name="local_state_is_known",
                    ),
                ],
            },
        ),
    ]
