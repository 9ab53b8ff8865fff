"""Days of issue that stood before: kept by the database, whoever moves the day of a patent.

A person pays by the day that we name. When it turns out to be another one, what they paid by the
former day must be known to whoever judges it; a service that forgot to say so would cost a patent.
"""

import pgtrigger

# A patent that is taken back and issued again was named by its former day until then.
KEEP = """
    INSERT INTO patents_formerday (application_id, issued_on, until_at) VALUES (
        OLD.application_id, OLD.issued_on, CASE WHEN TG_OP = 'UPDATE' THEN now() END
    );
    RETURN NULL;
"""
END = """
    UPDATE patents_formerday SET until_at = now(), followed_at = NULL
    WHERE application_id = NEW.application_id AND until_at IS NULL;
    RETURN NULL;
"""
MOVED = """
    OLD.issued_on <> NEW.issued_on
    OR OLD.annulled_on IS NOT NULL AND OLD.annulled_on IS DISTINCT FROM NEW.annulled_on
"""


def kept() -> list[pgtrigger.Trigger]:
    """For patents: each day of issue that another one replaces, and each annulment undone."""
    return [
        pgtrigger.Trigger(
            name="keep_former_day",
            when=pgtrigger.After,
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition(MOVED),
            func=KEEP,
        ),
        pgtrigger.Trigger(
            name="keep_day_of_gone",
            when=pgtrigger.After,
            operation=pgtrigger.Delete,
            func=KEEP,
        ),
        pgtrigger.Trigger(
            name="end_former_day",
            when=pgtrigger.After,
            operation=pgtrigger.Insert,
            func=END,
        ),
    ]
