from django.db import migrations

# Acts and hand-overs are evidence: only ever added to.
FORBID = """
CREATE FUNCTION results_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the evidence of a result is only ever added to' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER act_is_immutable
    BEFORE UPDATE OR DELETE ON results_act FOR EACH ROW EXECUTE FUNCTION results_refuse_change();
CREATE TRIGGER hand_over_is_immutable
    BEFORE UPDATE OR DELETE ON results_handover FOR EACH ROW EXECUTE FUNCTION results_refuse_change();
"""
ALLOW = """
DROP TRIGGER hand_over_is_immutable ON results_handover;
DROP TRIGGER act_is_immutable ON results_act;
DROP FUNCTION results_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("results", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
