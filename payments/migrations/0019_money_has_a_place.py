"""No line without a place for all of its money at the end of a transaction; no sum edited in place.

A deferred trigger is of rows. One a line would be asked a million times by an import, so a statement
that writes lines leaves one row, which is asked for all of them and goes.
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

NEW_LINES = """
CREATE TABLE payments_newlines (
    id bigint GENERATED ALWAYS AS IDENTITY, first_id bigint NOT NULL, last_id bigint NOT NULL
);
CREATE FUNCTION lines_have_places() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE missing bigint;
BEGIN
    -- Lines that others write meanwhile are not seen, or are seen together with their places.
    -- Planned each time: the tables may have been empty when this connection asked first.
    EXECUTE $question$
        SELECT line.id FROM payments_statementline AS line LEFT JOIN (
            SELECT line_id, sum(amount) AS placed FROM payments_placement
            WHERE line_id BETWEEN $1 AND $2 AND closed_at IS NULL GROUP BY line_id
        ) AS place ON place.line_id = line.id
        WHERE line.id BETWEEN $1 AND $2 AND line.amount IS DISTINCT FROM place.placed LIMIT 1
    $question$ INTO missing USING NEW.first_id, NEW.last_id;
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION 'line %: not all of its money has a place', missing
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    DELETE FROM payments_newlines WHERE id = NEW.id;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER lines_have_places AFTER INSERT ON payments_newlines
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION lines_have_places();
"""
BACK = "DROP TABLE payments_newlines; DROP FUNCTION lines_have_places();"


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0018_clock_of_cheques'),
    ]

    operations = [
        migrations.RunSQL(NEW_LINES, BACK),
        pgtrigger.migrations.AddTrigger(
            model_name='placement',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nRAISE EXCEPTION 'place %: it never changes; close it and open another', OLD.id\n    USING ERRCODE = 'integrity_constraint_violation';\n", hash='f6d7f9d908f621111803be28edaf5e21b4a34305', operation='DELETE', pgid='pgtrigger_never_deleted_37b5b', table='payments_placement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='placement',
            trigger=pgtrigger.compiler.Trigger(name='sum_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((NEW.line_id, NEW.place, NEW.amount) IS DISTINCT FROM (OLD.line_id, OLD.place, OLD.amount))', func="\nRAISE EXCEPTION 'place %: it never changes; close it and open another', OLD.id\n    USING ERRCODE = 'integrity_constraint_violation';\n", hash='0b43960012b6a65f8797103a7ea7f5400b51c0ef', operation='UPDATE OF "line_id", "place", "amount"', pgid='pgtrigger_sum_stays_730ff', table='payments_placement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statementline',
            trigger=pgtrigger.compiler.Trigger(name='places_asked_for', sql=pgtrigger.compiler.UpsertTriggerSql(func='\nINSERT INTO payments_newlines (first_id, last_id)\nSELECT min(id), max(id) FROM written HAVING count(*) > 0;\nRETURN NULL;\n', hash='2954520edef0656a907f9732bc50fd0e9d91b122', level='STATEMENT', operation='INSERT', pgid='pgtrigger_places_asked_for_00aaf', referencing='REFERENCING NEW TABLE AS written ', table='payments_statementline', when='AFTER')),
        ),
    ]
