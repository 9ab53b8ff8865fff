"""A statement line is kept exactly as sent: the database itself refuses to change one."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION statement_line_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a statement line is never changed or deleted'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER statement_line_append_only BEFORE UPDATE OR DELETE ON payments_statementline
    FOR EACH ROW EXECUTE FUNCTION statement_line_is_append_only();
"""
BACK = """
DROP TRIGGER statement_line_append_only ON payments_statementline;
DROP FUNCTION statement_line_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0002_tariffs_and_requisites")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
