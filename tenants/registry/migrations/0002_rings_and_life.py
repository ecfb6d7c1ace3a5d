"""Rings, a life with more states, codes and hosts of before, and the central trail, which is only added to."""

import django.db.models.deletion
from django.db import migrations, models

KEEP = """
CREATE FUNCTION registry_keep_acts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the trail of operators is only ever added to' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER operator_act_is_append_only
    BEFORE UPDATE OR DELETE ON registry_operatoract FOR EACH ROW EXECUTE FUNCTION registry_keep_acts();
CREATE TRIGGER operator_act_is_never_emptied
    BEFORE TRUNCATE ON registry_operatoract FOR EACH STATEMENT EXECUTE FUNCTION registry_keep_acts();
"""
FORGET = """
DROP TRIGGER operator_act_is_never_emptied ON registry_operatoract;
DROP TRIGGER operator_act_is_append_only ON registry_operatoract;
DROP FUNCTION registry_keep_acts();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="OperatorAct",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("operator_id", models.BigIntegerField(null=True)),
                ("operator_name", models.CharField(max_length=120)),
                ("action", models.CharField(max_length=60)),
                ("tenant_code", models.CharField(blank=True, max_length=35)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("facts", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="TenantAlias",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=35, unique=True)),
                ("ground", models.CharField(max_length=300)),
                ("created_at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="tenant",
            name="tenant_state_is_known",
        ),
        migrations.AddField(
            model_name="domain",
            name="redirects",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="tenant",
            name="notice",
            field=models.CharField(blank=True, db_default="", max_length=300),
        ),
        migrations.AddField(
            model_name="tenant",
            name="opened_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="tenant",
            name="release",
            field=models.PositiveIntegerField(db_default=1, default=1),
        ),
        migrations.AddField(
            model_name="tenant",
            name="ring",
            field=models.CharField(
                choices=[("PILOT", "Thí điểm"), ("EARLY", "Sớm"), ("GENERAL", "Toàn quốc")],
                db_default="GENERAL",
                default="GENERAL",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="tenant",
            name="successor",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="predecessors",
                to="registry.tenant",
            ),
        ),
        migrations.AlterField(
            model_name="tenant",
            name="state",
            field=models.CharField(
                choices=[
                    ("PREPARING", "Đang chuẩn bị"),
                    ("READY", "Đang hoạt động"),
                    ("READ_ONLY", "Chỉ xem"),
                    ("SUSPENDED", "Tạm ngừng"),
                    ("RETIRED", "Đã thôi hoạt động"),
                ],
                default="READY",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="domain",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_primary", True), ("redirects", True), _negated=True),
                name="primary_host_does_not_redirect",
            ),
        ),
        migrations.AddConstraint(
            model_name="domain",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_primary", True)),
                fields=("tenant",),
                name="tenant_has_one_primary_host",
            ),
        ),
        migrations.AddConstraint(
            model_name="tenant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["PREPARING", "READY", "READ_ONLY", "SUSPENDED", "RETIRED"])
                ),
                name="tenant_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="tenant",
            constraint=models.CheckConstraint(
                condition=models.Q(("ring__in", ["PILOT", "EARLY", "GENERAL"])), name="tenant_ring_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="tenant",
            constraint=models.CheckConstraint(
                condition=models.Q(("successor__isnull", True), ("state", "RETIRED"), _connector="OR"),
                name="tenant_with_a_successor_is_retired",
            ),
        ),
        migrations.AddIndex(
            model_name="operatoract",
            index=models.Index(fields=["tenant_code", "-id"], name="operator_act_by_tenant"),
        ),
        migrations.AddField(
            model_name="tenantalias",
            name="tenant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="aliases", to="registry.tenant"
            ),
        ),
        migrations.RunSQL(KEEP, FORGET),
    ]
