"""A script for each release, in two halves; jobs, archives and ready lists."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("provisioning", "0001_initial"),
        ("registry", "0002_rings_and_life"),
    ]

    operations = [
        # Scripts are dumped from the template again by “central prepare”.
        migrations.RunSQL("DELETE FROM provisioning_templatescript", migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name="templatescript",
            name="sql",
        ),
        migrations.AddField(
            model_name="templatescript",
            name="post_sql",
            field=models.TextField(default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="templatescript",
            name="pre_sql",
            field=models.TextField(default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="templatescript",
            name="release",
            field=models.PositiveIntegerField(default=1, unique=True),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="templatescript",
            name="migrations_sha256",
            field=models.CharField(max_length=64),
        ),
        migrations.CreateModel(
            name="Archive",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("path", models.CharField(max_length=500)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.BigIntegerField()),
                ("rows", models.BigIntegerField()),
                ("files", models.BigIntegerField()),
                ("release", models.PositiveIntegerField()),
                ("created_at", models.DateTimeField()),
                ("created_by", models.CharField(max_length=120)),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="archives",
                        to="registry.tenant",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LongJob",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(unique=True)),
                ("kind", models.CharField(max_length=10)),
                ("tenant_code", models.CharField(max_length=35)),
                ("state", models.CharField(default="WAITING", max_length=10)),
                ("asked", models.JSONField(default=dict)),
                ("progress", models.JSONField(default=dict)),
                ("report", models.JSONField(default=dict)),
                ("error", models.TextField(blank=True)),
                ("created_at", models.DateTimeField()),
                ("created_by_id", models.BigIntegerField(null=True)),
                ("created_by_name", models.CharField(max_length=120)),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant_code", "-id"], name="long_job_by_tenant")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("ONBOARD", "EXPORT", "RESTORE", "MERGE"))),
                        name="long_job_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("WAITING", "RUNNING", "DONE", "FAILED"))),
                        name="long_job_state_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadyCheck",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=60)),
                ("ok", models.BooleanField()),
                ("said", models.CharField(max_length=500)),
                ("todo", models.CharField(blank=True, max_length=500)),
                ("checked_at", models.DateTimeField()),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ready_checks",
                        to="registry.tenant",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "key"), name="ready_check_once_a_tenant")
                ],
            },
        ),
    ]
