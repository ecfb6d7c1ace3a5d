"""An adopted version never changes, but for its last day: dossiers point at it for ever."""

from django.db import migrations

KEEP_ADOPTED = """
CREATE FUNCTION procedures_keep_adopted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'in_force_to' - 'state' = to_jsonb(OLD) - 'in_force_to' - 'state' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an adopted version never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER procedures_keep_adopted BEFORE UPDATE OR DELETE ON procedures_adoptedversion
    FOR EACH ROW EXECUTE FUNCTION procedures_keep_adopted();
"""


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial")]
    operations = [
        migrations.RunSQL(
            KEEP_ADOPTED,
            "DROP TRIGGER procedures_keep_adopted ON procedures_adoptedversion;"
            "DROP FUNCTION procedures_keep_adopted();",
        ),
    ]
