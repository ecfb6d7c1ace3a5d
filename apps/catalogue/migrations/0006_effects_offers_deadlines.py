"""What a version would do, asked and answered; opening it to many tenants; by when it has to be adopted."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0005_imports_and_lists"),
    ]

    operations = [
        migrations.AlterField(
            model_name="publishlog",
            name="action",
            field=models.CharField(
                choices=[
                    ("SUBMIT", "Gửi thẩm định"),
                    ("RETURN", "Trả lại kèm ý kiến"),
                    ("PUBLISH", "Phê duyệt và công bố"),
                    ("OFFER", "Mở cho vòng"),
                    ("SUPERSEDE", "Có bản thay thế"),
                    ("REQUIRE", "Yêu cầu áp dụng trước hạn"),
                    ("RETIRE", "Bãi bỏ"),
                ],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="EffectRequest",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("content_sha256", models.CharField(max_length=64)),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.CharField(max_length=120)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="effect_requests",
                        to="catalogue.templateversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AdoptionDeadline",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("due_on", models.DateField()),
                ("reason", models.TextField()),
                ("set_at", models.DateTimeField()),
                ("set_by", models.CharField(max_length=120)),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deadline",
                        to="catalogue.templateversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="deadline_says_why"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EffectReport",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("tenant_code", models.CharField(max_length=40)),
                ("figures", models.JSONField(default=dict)),
                ("reported_at", models.DateTimeField(null=True)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="catalogue.effectrequest",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("request", "tenant_code"), name="effect_is_reported_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("figures", {}), ("reported_at__isnull", True)),
                            models.Q(
                                ("reported_at__isnull", False), models.Q(("figures", {}), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="reported_effect_has_figures",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OfferNotice",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("tenant_code", models.CharField(max_length=40)),
                ("changes", models.PositiveIntegerField(null=True)),
                ("conflicts", models.PositiveIntegerField(null=True)),
                ("noted_at", models.DateTimeField()),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="catalogue.templateversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant_code", "version"), name="offer_is_noted_once_a_tenant"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OfferRun",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(unique=True)),
                ("rings", models.JSONField(default=list)),
                ("state", models.CharField(default="WAITING", max_length=10)),
                ("total", models.PositiveIntegerField(default=0)),
                ("failed", models.JSONField(default=list)),
                ("started_at", models.DateTimeField()),
                ("started_by", models.CharField(max_length=120)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offer_runs",
                        to="catalogue.templateversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("WAITING", "RUNNING", "DONE"))),
                        name="offer_run_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at__isnull", False), ("state", "DONE")),
                            models.Q(
                                models.Q(("state", "DONE"), _negated=True), ("finished_at__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="offer_run_that_is_done_says_when",
                    ),
                ],
            },
        ),
    ]
