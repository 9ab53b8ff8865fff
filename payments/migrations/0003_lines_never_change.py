"""What the database itself holds about the lines of statements.

A line is kept exactly as sent: only its texts may be wiped, once, leaving their hash.

At the end of a transaction all the money of a line has a place. A deferred trigger is of rows; one a
line would be asked a million times by an import, so a statement that writes lines leaves one row
(the trigger `places_asked_for`), which is asked for all of them and goes.
"""

from django.db import migrations

HASH = """
CREATE FUNCTION statement_line_texts_hash(line payments_statementline) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        line.payer_name, line.payer_account, line.payer_inn, line.purpose, line.raw
    )::text, 'UTF8')), 'hex')
$$;
"""
# Whatever column the table gets later is guarded, too: what may change is named.
GUARD = """
CREATE FUNCTION statement_line_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wiped text[] := ARRAY[
        'payer_name', 'payer_account', 'payer_inn', 'purpose', 'raw', 'texts_hash', 'wiped_at'];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.wiped_at IS NULL AND NEW.wiped_at IS NOT NULL
            AND NEW.texts_hash = statement_line_texts_hash(OLD)
            AND NEW.payer_name = '' AND NEW.raw = '{}'
            AND NEW.payer_account IN (
                OLD.payer_account, rpad(left(OLD.payer_account, 5), length(OLD.payer_account), '0'))
            AND NEW.payer_inn IN (OLD.payer_inn, '')
            AND NEW.purpose ~ '^(MMC[0-9A-Z]{8}( |$))*$'
            AND to_jsonb(NEW) - wiped = to_jsonb(OLD) - wiped
            AND NOT EXISTS (SELECT FROM payments_placement
                WHERE line_id = OLD.id AND closed_at IS NULL AND place = 'queue')
        THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a statement line is never changed or deleted'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER statement_line_append_only BEFORE UPDATE OR DELETE ON payments_statementline
    FOR EACH ROW EXECUTE FUNCTION statement_line_is_append_only();
"""
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
BACK = """
DROP TABLE payments_newlines;
DROP FUNCTION lines_have_places();
DROP TRIGGER statement_line_append_only ON payments_statementline;
DROP FUNCTION statement_line_is_append_only();
DROP FUNCTION statement_line_texts_hash(payments_statementline);
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0002_tariffs_and_requisites")]
    operations = [migrations.RunSQL(HASH + GUARD + NEW_LINES, BACK)]
