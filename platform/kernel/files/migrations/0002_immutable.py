from django.db import migrations

# What was handed in stands as it was; a better scan is another file.
FORBID = """
CREATE FUNCTION files_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a stored file is never changed' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER stored_file_is_immutable
    BEFORE UPDATE OR DELETE ON files_storedfile FOR EACH ROW EXECUTE FUNCTION files_refuse_change();
"""
ALLOW = """
DROP TRIGGER stored_file_is_immutable ON files_storedfile;
DROP FUNCTION files_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
