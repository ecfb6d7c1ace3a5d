"""A second person before publishing, SUPERSEDED, and a publish log whose lines are chained by hashes.

Lines written before the chain began are taken into it as they stand today.
"""

import hashlib
import json
from datetime import UTC

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
CREATE TRIGGER catalogue_begins_as_draft BEFORE INSERT ON catalogue_templateversion
    FOR EACH ROW EXECUTE FUNCTION catalogue_keep_published();
"""
LET_CHAIN = "ALTER TABLE catalogue_publishlog DISABLE TRIGGER catalogue_keep_log"
KEEP_AGAIN = "ALTER TABLE catalogue_publishlog ENABLE TRIGGER catalogue_keep_log"
STATES = [
    ("DRAFT", "Bản nháp"),
    ("IN_REVIEW", "Đang thẩm định"),
    ("PUBLISHED", "Đã công bố"),
    ("SUPERSEDED", "Đã có bản thay thế"),
    ("RETIRED", "Đã bãi bỏ"),
]
ACTIONS = [
    ("SUBMIT", "Gửi thẩm định"),
    ("RETURN", "Trả lại kèm ý kiến"),
    ("PUBLISH", "Phê duyệt và công bố"),
    ("OFFER", "Mở cho vòng"),
    ("SUPERSEDE", "Có bản thay thế"),
    ("RETIRE", "Bãi bỏ"),
]


def chain_what_stands(apps, schema_editor):
    lines = apps.get_model("catalogue", "PublishLog").objects
    previous = "0" * 64
    for line in lines.select_related("version").defer("version__content").order_by("id"):
        parts = [
            previous,
            str(line.version.public_id),
            line.content_sha256,
            line.action,
            line.effective_from.isoformat() if line.effective_from else "",
            line.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "",
            line.by_name,
            line.note,
        ]
        text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
        sha = hashlib.sha256(text.encode()).hexdigest()
        lines.filter(id=line.id).update(previous_sha256=previous, sha256=sha)
        previous = sha


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0003_version_offers")]

    operations = [
        migrations.RemoveConstraint("templateversion", "template_has_at_most_one_draft"),
        migrations.RemoveConstraint("templateversion", "version_state_is_known"),
        migrations.RemoveConstraint("templateversion", "published_version_says_when_and_from_when"),
        migrations.AlterField(
            "templateversion", "state", models.CharField(max_length=10, choices=STATES, default="DRAFT")
        ),
        migrations.AddField(
            "templateversion",
            "edited_by",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=200), default=list, size=None
            ),
        ),
        migrations.AddField("templateversion", "submitted_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "templateversion", "submitted_by", models.CharField(blank=True, default="", max_length=120), False
        ),
        migrations.AddField(
            "templateversion",
            "published_by_key",
            models.CharField(blank=True, default="", max_length=200),
            False,
        ),
        migrations.AddField("templateversion", "superseded_at", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "templateversion",
            models.UniqueConstraint(
                fields=["template"],
                condition=models.Q(state__in=["DRAFT", "IN_REVIEW"]),
                name="template_has_at_most_one_draft",
            ),
        ),
        migrations.AddConstraint(
            "templateversion",
            models.CheckConstraint(
                condition=models.Q(state__in=[state for state, _ in STATES]), name="version_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            "templateversion",
            models.CheckConstraint(
                condition=models.Q(state__in=["DRAFT", "IN_REVIEW"], published_at__isnull=True)
                | models.Q(published_at__isnull=False, effective_from__isnull=False)
                & ~models.Q(state__in=["DRAFT", "IN_REVIEW"]),
                name="published_version_says_when_and_from_when",
            ),
        ),
        migrations.AddConstraint(
            "templateversion",
            models.CheckConstraint(
                condition=~models.Q(state="IN_REVIEW")
                | models.Q(submitted_at__isnull=False) & ~models.Q(submitted_by=""),
                name="version_in_review_says_by_whom",
            ),
        ),
        migrations.AddConstraint(
            "templateversion",
            models.CheckConstraint(
                condition=~models.Q(state="SUPERSEDED") | models.Q(superseded_at__isnull=False),
                name="superseded_version_says_when",
            ),
        ),
        migrations.RunSQL(
            KEEP_PUBLISHED, "DROP TRIGGER catalogue_begins_as_draft ON catalogue_templateversion"
        ),
        migrations.AlterField("publishlog", "action", models.CharField(max_length=10, choices=ACTIONS)),
        migrations.AddField(
            "publishlog", "by_key", models.CharField(blank=True, default="", max_length=200), False
        ),
        migrations.AddField(
            "publishlog", "previous_sha256", models.CharField(default="", max_length=64), False
        ),
        migrations.AddField("publishlog", "sha256", models.CharField(default="", max_length=64), False),
        migrations.RunSQL(LET_CHAIN, KEEP_AGAIN),
        migrations.RunPython(chain_what_stands, migrations.RunPython.noop),
        migrations.RunSQL(KEEP_AGAIN, LET_CHAIN),
        migrations.AddConstraint(
            "publishlog",
            models.UniqueConstraint(fields=["previous_sha256"], name="publish_log_does_not_fork"),
        ),
    ]
