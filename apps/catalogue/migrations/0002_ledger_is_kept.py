"""What is published stays as it was, and the log is only added to: kept by the database."""

from django.db import migrations

KEEP_PUBLISHED = """
CREATE FUNCTION catalogue_keep_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'DRAFT' THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state = 'PUBLISHED' AND NEW.state = 'RETIRED'
       AND to_jsonb(NEW) - 'state' - 'retired_at' = to_jsonb(OLD) - 'state' - 'retired_at' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a published version never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER catalogue_keep_published BEFORE UPDATE OR DELETE ON catalogue_templateversion
    FOR EACH ROW EXECUTE FUNCTION catalogue_keep_published();
"""
KEEP_LOG = """
CREATE FUNCTION catalogue_keep_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the publish log is only added to' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER catalogue_keep_log BEFORE UPDATE OR DELETE OR TRUNCATE ON catalogue_publishlog
    FOR EACH STATEMENT EXECUTE FUNCTION catalogue_keep_log();
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]
    operations = [
        migrations.RunSQL(
            KEEP_PUBLISHED,
            "DROP TRIGGER catalogue_keep_published ON catalogue_templateversion;"
            "DROP FUNCTION catalogue_keep_published();",
        ),
        migrations.RunSQL(
            KEEP_LOG,
            "DROP TRIGGER catalogue_keep_log ON catalogue_publishlog; DROP FUNCTION catalogue_keep_log();",
        ),
    ]
