"""A published version is offered ring by ring. What was published before is everybody's: nobody loses what he may adopt."""

import django.db.models.deletion
from django.db import migrations, models

EVERYBODYS = """
INSERT INTO catalogue_versionoffer (version_id, ring, at, by_name)
SELECT id, ring, published_at, published_by
  FROM catalogue_templateversion, unnest(ARRAY['PILOT', 'EARLY', 'GENERAL']) AS ring
 WHERE state <> 'DRAFT';
"""
KEEP_OFFERS = """
CREATE TRIGGER catalogue_keep_offers BEFORE UPDATE OR DELETE OR TRUNCATE ON catalogue_versionoffer
    FOR EACH STATEMENT EXECUTE FUNCTION catalogue_keep_log();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_ledger_is_kept"),
    ]

    operations = [
        migrations.AlterField(
            model_name="publishlog",
            name="action",
            field=models.CharField(
                choices=[("PUBLISH", "Công bố"), ("OFFER", "Mở cho vòng"), ("RETIRE", "Bãi bỏ")],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="VersionOffer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "ring",
                    models.CharField(
                        choices=[("PILOT", "Thí điểm"), ("EARLY", "Sớm"), ("GENERAL", "Toàn quốc")],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=120)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="catalogue.templateversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "ring"), name="version_is_offered_once_a_ring"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ring__in", ["PILOT", "EARLY", "GENERAL"])),
                        name="offer_ring_is_known",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEEP_OFFERS, "DROP TRIGGER catalogue_keep_offers ON catalogue_versionoffer;"),
        migrations.RunSQL(EVERYBODYS, migrations.RunSQL.noop),
    ]
