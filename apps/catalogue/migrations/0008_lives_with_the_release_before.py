"""The software of the release before writes versions and log lines without knowing editors or the chain: it still may.

Such a version has no editors, and only such a one goes from DRAFT straight to PUBLISHED. To be taken away
once no software of before serves any more. ``catalogue verify`` names lines that are not in the chain.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

KEEP_PUBLISHED = """
CREATE OR REPLACE FUNCTION catalogue_keep_published() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moved text;
    free text[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'DRAFT' THEN
            RAISE EXCEPTION 'a version begins as a draft' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF OLD.state = 'DRAFT' THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'a published version never changes' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    moved := OLD.state || '>' || NEW.state;
    IF moved = 'DRAFT>DRAFT' THEN RETURN NEW; END IF;
    -- The release before knows no editors and no review.
    IF moved = 'DRAFT>PUBLISHED' AND OLD.edited_by = '{}' AND NEW.edited_by = '{}'
       AND NEW.content = OLD.content AND NEW.number = OLD.number THEN
        RETURN NEW;
    END IF;
    free := CASE moved
        WHEN 'DRAFT>IN_REVIEW' THEN ARRAY['state', 'submitted_at', 'submitted_by']
        WHEN 'IN_REVIEW>DRAFT' THEN ARRAY['state', 'submitted_at', 'submitted_by']
        WHEN 'IN_REVIEW>PUBLISHED' THEN ARRAY['state', 'effective_from', 'legal_basis', 'published_at',
                                              'published_by', 'published_by_key']
        WHEN 'PUBLISHED>SUPERSEDED' THEN ARRAY['state', 'superseded_at']
        WHEN 'PUBLISHED>RETIRED' THEN ARRAY['state', 'retired_at']
        WHEN 'SUPERSEDED>RETIRED' THEN ARRAY['state', 'retired_at']
    END;
    IF free IS NULL OR to_jsonb(NEW) - free IS DISTINCT FROM to_jsonb(OLD) - free THEN
        RAISE EXCEPTION 'a published version never changes' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF moved = 'IN_REVIEW>PUBLISHED' AND (NEW.published_by_key = '' OR NEW.published_by_key = ANY (NEW.edited_by)) THEN
        RAISE EXCEPTION 'a second person publishes' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0007_words_of_names")]

    operations = [
        migrations.AlterField(
            "templateversion",
            "edited_by",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=200), db_default=[], default=list, size=None
            ),
        ),
        migrations.AlterField(
            "templateversion", "submitted_by", models.CharField(blank=True, db_default="", max_length=120)
        ),
        migrations.AlterField(
            "templateversion", "published_by_key", models.CharField(blank=True, db_default="", max_length=200)
        ),
        migrations.AlterField(
            "publishlog", "by_key", models.CharField(blank=True, db_default="", max_length=200)
        ),
        migrations.AlterField(
            "publishlog", "previous_sha256", models.CharField(db_default="", max_length=64)
        ),
        migrations.AlterField("publishlog", "sha256", models.CharField(db_default="", max_length=64)),
        migrations.RemoveConstraint("publishlog", "publish_log_does_not_fork"),
        migrations.AddConstraint(
            "publishlog",
            models.UniqueConstraint(
                fields=["previous_sha256"],
                condition=~models.Q(previous_sha256=""),
                name="publish_log_does_not_fork",
            ),
        ),
        migrations.RunSQL(KEEP_PUBLISHED, migrations.RunSQL.noop),
    ]
