"""Triggers that hold the graphs of `payments.steps` for whoever writes."""

import pgtrigger

CHARGE_STEPS = """
SELECT application_id INTO NEW.application_id FROM payments_receipt WHERE id = NEW.receipt_id;
IF TG_OP = 'INSERT' THEN
    IF NEW.status IN ('new', 'pending') THEN
        PERFORM 1 FROM patents_application WHERE id = NEW.application_id FOR NO KEY UPDATE;
        IF EXISTS (
            SELECT FROM payments_tillpayment AS taken WHERE taken.receipt_id = NEW.receipt_id
            AND NOT EXISTS (SELECT FROM payments_tillpayment WHERE corrects_id = taken.id)
        ) THEN
            RAISE EXCEPTION 'receipt %: the till took its money', NEW.receipt_id
                USING ERRCODE = 'unique_violation';
        END IF;
    END IF;
    RETURN NEW;
END IF;
IF (NEW.receipt_id, NEW.amount, NEW.idempotence_key, NEW.method)
    IS DISTINCT FROM (OLD.receipt_id, OLD.amount, OLD.idempotence_key, OLD.method)
    OR NEW.provider_id IS DISTINCT FROM OLD.provider_id AND OLD.provider_id IS NOT NULL THEN
    RAISE EXCEPTION 'charge %: what it is about never changes', OLD.id
        USING ERRCODE = 'integrity_constraint_violation';
END IF;
IF NEW.status = OLD.status
    OR (OLD.status, NEW.status) IN (
        ('new', 'pending'), ('new', 'canceled'), ('pending', 'succeeded'), ('pending', 'canceled'))
    OR (OLD.status, NEW.status) = ('succeeded', 'refunded') AND EXISTS (
        SELECT FROM payments_refund WHERE charge_id = OLD.id AND status = 'succeeded')
    OR NEW.correction_id IS DISTINCT FROM OLD.correction_id AND EXISTS (
        SELECT FROM payments_chargecorrection
        WHERE id = NEW.correction_id AND charge_id = OLD.id
            AND before = OLD.status AND after = NEW.status)
THEN
    RETURN NEW;
END IF;
RAISE EXCEPTION 'charge %: no step leads from % to %', OLD.id, OLD.status, NEW.status
    USING ERRCODE = 'integrity_constraint_violation';
"""

REFUND_STEPS = """
IF (NEW.charge_id, NEW.amount, NEW.idempotence_key)
    IS DISTINCT FROM (OLD.charge_id, OLD.amount, OLD.idempotence_key)
    OR NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (
        ('new', 'pending'), ('new', 'succeeded'), ('new', 'canceled'),
        ('pending', 'succeeded'), ('pending', 'canceled'))
THEN
    RAISE EXCEPTION 'refund %: no step leads from % to %', OLD.id, OLD.status, NEW.status
        USING ERRCODE = 'integrity_constraint_violation';
END IF;
RETURN NEW;
"""

WRITTEN_ONCE = """
RAISE EXCEPTION 'a correction of %, once written, stays', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
"""


# A correction that stays with its receipt takes no money anew. The lock of the application makes a
# page that is being opened and cash that is being recorded wait for each other.
NO_PAGE_OPEN = """
IF NEW.receipt_id IS NULL OR EXISTS (
    SELECT FROM payments_tillpayment AS former
    WHERE former.id = NEW.corrects_id AND former.receipt_id = NEW.receipt_id
) THEN
    RETURN NEW;
END IF;
PERFORM 1 FROM patents_application
    WHERE id = (SELECT application_id FROM payments_receipt WHERE id = NEW.receipt_id)
    FOR NO KEY UPDATE;
IF EXISTS (
    SELECT FROM payments_charge AS charge
    JOIN payments_receipt AS receipt ON receipt.id = NEW.receipt_id
    WHERE charge.receipt_id = receipt.id AND charge.status = 'succeeded'
        OR charge.application_id = receipt.application_id AND charge.left_at IS NULL
            AND charge.status IN ('new', 'pending')
) THEN
    RAISE EXCEPTION 'receipt %: its money is taken online, or may be', NEW.receipt_id
        USING ERRCODE = 'unique_violation';
END IF;
RETURN NEW;
"""


# Each line is looked for by itself: joined as the planner likes, a slice of an import would read
# all lines and places there are (1.4 s with 300,000 of them, 20 ms so).
MORE_THAN_THE_LINE = """
    SELECT FROM (SELECT DISTINCT line_id FROM opened) AS one
    CROSS JOIN LATERAL (
        SELECT sum(amount) AS placed FROM payments_placement
        WHERE line_id = one.line_id AND closed_at IS NULL
    ) AS places
    CROSS JOIN LATERAL (
        SELECT amount FROM payments_statementline WHERE id = one.line_id OFFSET 0
    ) AS line
    WHERE placed > line.amount
"""
# Asked once for all the places that one command opens. By EXECUTE, so that it is planned each time:
# a plan made while the tables were empty would read all of them at each slice of an import.
NEVER_MORE = f"""
DECLARE held boolean;
BEGIN
    EXECUTE $question$ SELECT EXISTS ({MORE_THAN_THE_LINE}) $question$ INTO held;
    IF held THEN
        RAISE EXCEPTION 'the places of a line hold more than its sum'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END;
"""

# By the key of the part on both sides of the `or`: asked by `last.id`, all places would be read for
# each one that is closed.
LOST_A_PART = """
    SELECT FROM payments_placement AS part
    JOIN payments_placement AS last ON last.id = part.completed_by_id
    WHERE (part.id = NEW.id OR part.completed_by_id = NEW.id) AND part.closed_at IS NULL AND (
        last.closed_at IS NOT NULL OR last.completed_by_id IS NOT NULL
        OR last.application_id <> part.application_id OR last.paid_on < part.paid_on)
"""
# Asked at the end of the transaction: money moves by closing one place and opening another.
STILL_WHOLE = f"""
IF (
    SELECT line.amount <> coalesce(sum(place.amount), 0) FROM payments_statementline AS line
    LEFT JOIN payments_placement AS place ON place.line_id = line.id AND place.closed_at IS NULL
    WHERE line.id = NEW.line_id GROUP BY line.id
) THEN
    RAISE EXCEPTION 'line %: a part of its money has no place', NEW.line_id
        USING ERRCODE = 'integrity_constraint_violation';
END IF;
IF EXISTS ({LOST_A_PART}) THEN
    RAISE EXCEPTION 'place %: its months have lost a part', NEW.id
        USING ERRCODE = 'integrity_constraint_violation';
END IF;
RETURN NULL;
"""

# What a statement wrote is asked for once, at the end of the transaction, by a row that stands for
# all its lines (`payments_newlines`, migration 0015): a question a line would cost an import most.
ASKED_FOR = """
INSERT INTO payments_newlines (first_id, last_id)
SELECT min(id), max(id) FROM written HAVING count(*) > 0;
RETURN NULL;
"""

SUM_STAYS = """
RAISE EXCEPTION 'place %: it never changes; close it and open another', OLD.id
    USING ERRCODE = 'integrity_constraint_violation';
"""


def places_asked_for() -> pgtrigger.Trigger:
    """No line without places for all of its money, whoever writes it."""
    return pgtrigger.Trigger(
        name="places_asked_for",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="written"),
        func=ASKED_FOR,
    )


def sum_stays() -> pgtrigger.Trigger:
    """A correction is a new entry, never an edit."""
    return pgtrigger.Trigger(
        name="sum_stays",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("line_id", "place", "amount"),
        condition=pgtrigger.Condition(
            "((NEW.line_id, NEW.place, NEW.amount) IS DISTINCT FROM"
            " (OLD.line_id, OLD.place, OLD.amount))"
        ),
        func=SUM_STAYS,
    )


def never_deleted() -> pgtrigger.Trigger:
    """What was once believed stays readable."""
    return pgtrigger.Trigger(
        name="never_deleted", when=pgtrigger.Before, operation=pgtrigger.Delete, func=SUM_STAYS
    )


def never_more_than_the_line() -> pgtrigger.Trigger:
    """No kopeck of a line in two places, whoever writes."""
    return pgtrigger.Trigger(
        name="never_more_than_the_line",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="opened"),
        func=NEVER_MORE,
    )


def places_of_lines_hold() -> pgtrigger.Trigger:
    """A place is closed only where others take its money, and a part only with its months."""
    return pgtrigger.Trigger(
        name="places_of_lines_hold",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        timing=pgtrigger.Deferred,
        condition=pgtrigger.Condition(
            "NEW.closed_at IS NOT NULL OR NEW.completed_by_id IS NOT NULL"
        ),
        func=STILL_WHOLE,
    )


def no_page_open() -> pgtrigger.Trigger:
    """No cash for what is paid online or may be paid on an open page of the application."""
    return pgtrigger.Trigger(
        name="no_page_open",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=NO_PAGE_OPEN,
    )


def charge_steps() -> pgtrigger.Trigger:
    """Also fills in the application, which is the receipt's, and opens no page for what the till
    took. Money that the acquirer did take is written down whatever the till took."""
    return pgtrigger.Trigger(
        name="known_steps",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=CHARGE_STEPS,
    )


def refund_steps() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="known_steps", when=pgtrigger.Before, operation=pgtrigger.Update, func=REFUND_STEPS
    )


def written_once() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="written_once",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=WRITTEN_ONCE,
    )
