from django.db import migrations

# What was issued stands for ever; see apps/audit/migrations/0002 for where the function lives.
FORBID = """
CREATE FUNCTION documents_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an issued document is never changed' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER issued_document_is_immutable
    BEFORE UPDATE OR DELETE ON documents_issueddocument FOR EACH ROW EXECUTE FUNCTION documents_refuse_change();
"""
ALLOW = """
DROP TRIGGER issued_document_is_immutable ON documents_issueddocument;
DROP FUNCTION documents_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
