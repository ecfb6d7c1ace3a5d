from django.db import migrations

# Money that was received is never rewritten; a mistake is mended by a row of its own.
FORBID = """
CREATE FUNCTION fees_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a recorded payment is never changed' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER payment_is_immutable
    BEFORE UPDATE OR DELETE ON fees_payment FOR EACH ROW EXECUTE FUNCTION fees_refuse_change();
"""
ALLOW = """
DROP TRIGGER payment_is_immutable ON fees_payment;
DROP FUNCTION fees_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("fees", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
