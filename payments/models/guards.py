"""Triggers that hold the graphs of `payments.steps` for whoever writes."""

import pgtrigger

CHARGE_STEPS = """
SELECT application_id INTO NEW.application_id FROM payments_receipt WHERE id = NEW.receipt_id;
IF TG_OP = 'INSERT' THEN
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


def charge_steps() -> pgtrigger.Trigger:
    """Also fills in the application, which is the receipt's."""
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
