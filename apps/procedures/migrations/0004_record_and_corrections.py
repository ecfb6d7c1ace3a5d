"""Where the dossiers of a procedure live, and words that a later version put right.

Expand only: the columns have defaults of the database, and the code before this one never fills them.
"""

import django.db.models.deletion
from django.db import migrations, models

_FREE = "- 'in_force_to' - 'state'"
_RECORD = _FREE + " - 'record_system' - 'record_name' - 'record_address' - 'record_receives'"


def _keep(free: str) -> str:
    return f"""
CREATE OR REPLACE FUNCTION procedures_keep_adopted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) {free} = to_jsonb(OLD) {free} THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an adopted version never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("procedures", "0003_adoption_drafts")]
    operations = [
        migrations.AddField(
            model_name="adoptedversion",
            name="record_system",
            field=models.CharField(
                choices=[
                    ("LOCAL", "Hệ thống này"),
                    ("MINISTRY", "Hệ thống của bộ, ngành"),
                    ("NATIONAL", "Hệ thống quốc gia"),
                ],
                db_default="LOCAL",
                default="LOCAL",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="adoptedversion",
            name="record_name",
            field=models.CharField(blank=True, db_default="", default="", max_length=250),
        ),
        migrations.AddField(
            model_name="adoptedversion",
            name="record_address",
            field=models.CharField(blank=True, db_default="", default="", max_length=500),
        ),
        migrations.AddField(
            model_name="adoptedversion",
            name="record_receives",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddConstraint(
            model_name="adoptedversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("record_system", "LOCAL"),
                    models.Q(
                        ("record_system__in", ["LOCAL", "MINISTRY", "NATIONAL"]),
                        models.Q(("record_name", ""), _negated=True),
                        models.Q(("record_address", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="system_of_record_has_an_address",
            ),
        ),
        migrations.RunSQL(_keep(_RECORD), _keep(_FREE)),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("path", models.CharField(max_length=500)),
                ("value", models.TextField()),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=120)),
                (
                    "from_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.adoptedversion",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.adoptedversion",
                    ),
                ),
            ],
        ),
    ]
