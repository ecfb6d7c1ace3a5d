"""When a tenant retired and when its schema went; a code of before never names a tenant that lives."""

from django.db import migrations, models

KEEP = """
CREATE FUNCTION registry_one_owner_a_code() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The two tables are written by different commands: of two at once the second waits, and then sees the first.
    PERFORM pg_advisory_xact_lock(hashtextextended('registry code ' || NEW.code, 0));
    IF TG_TABLE_NAME = 'registry_tenant' THEN
        IF NEW.state <> 'RETIRED' AND EXISTS (SELECT 1 FROM public.registry_tenantalias WHERE code = NEW.code) THEN
            RAISE EXCEPTION 'this code is an alias of another tenant'
                USING ERRCODE = 'unique_violation', CONSTRAINT = 'code_names_one_living_tenant';
        END IF;
    ELSIF EXISTS (SELECT 1 FROM public.registry_tenant WHERE code = NEW.code AND state <> 'RETIRED') THEN
        RAISE EXCEPTION 'this code is that of a living tenant'
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'code_names_one_living_tenant';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER tenant_code_is_no_alias BEFORE INSERT OR UPDATE OF code, state ON registry_tenant
    FOR EACH ROW EXECUTE FUNCTION registry_one_owner_a_code();
CREATE TRIGGER alias_is_no_living_code BEFORE INSERT OR UPDATE OF code ON registry_tenantalias
    FOR EACH ROW EXECUTE FUNCTION registry_one_owner_a_code();
"""
FORGET = """
DROP TRIGGER alias_is_no_living_code ON registry_tenantalias;
DROP TRIGGER tenant_code_is_no_alias ON registry_tenant;
DROP FUNCTION registry_one_owner_a_code();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0002_rings_and_life"),
    ]

    operations = [
        migrations.AddField(
            model_name="tenant",
            name="dropped_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="tenant",
            name="retired_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="tenant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("retired_at__isnull", False), ("state", "RETIRED")),
                    models.Q(models.Q(("state", "RETIRED"), _negated=True), ("retired_at__isnull", True)),
                    _connector="OR",
                ),
                name="tenant_is_retired_since_some_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="tenant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("dropped_at__isnull", True), ("retired_at__isnull", False), _connector="OR"
                ),
                name="tenant_that_is_dropped_was_retired",
            ),
        ),
        migrations.RunSQL(KEEP, FORGET),
    ]
