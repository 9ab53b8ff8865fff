"""Who looked at whose data is written once: the database itself refuses to change or remove it.

TRUNCATE has no rows and fires nothing here: another trigger refuses it, see the model.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION journal_look_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'who looked at whose data is never changed or deleted'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER journal_look_append_only BEFORE UPDATE OR DELETE ON journal_look
    FOR EACH ROW EXECUTE FUNCTION journal_look_is_append_only();
"""
BACK = """
DROP TRIGGER journal_look_append_only ON journal_look;
DROP FUNCTION journal_look_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
