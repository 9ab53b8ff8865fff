"""The guard of statement lines lets one thing through: texts are wiped, once, leaving their hash."""

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
CREATE OR REPLACE FUNCTION statement_line_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""
FORMER = """
CREATE OR REPLACE FUNCTION statement_line_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a statement line is never changed or deleted'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
DROP FUNCTION statement_line_texts_hash(payments_statementline);
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0013_texts_of_payers")]
    operations = [migrations.RunSQL(HASH + GUARD, FORMER)]
