"""What does not end by itself: two of the staff end it, by the acquirer's own paper.

A charge or a refund that the acquirer says nothing of for a day; and money that came twice, once
it is known what becomes of it. Asked for under `ApprovalKind.CHARGE`, with the deed in the facts.
"""

from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Approval, ApprovalKind, User
from accounts.services import approvals, record
from common import clock
from common.formats import day_year
from payments import steps, timeline
from payments.errors import NotCorrectable
from payments.models import Charge, ChargeStatus, Refund, RefundStatus
from payments.reference import display
from payments.services.ledger import twice
from payments.services.online import refunds
from payments.services.online.charge_answers import (
    decide_waiting_line,
    locked,
    mark_second,
    tell_of,
)

CHARGE, REFUND, SETTLE = "end charge", "end refund", "settle"
BY_STAFF = gettext_noop("Two of the staff ended it by the acquirer's paper.")
NOON = time(12)


# --- a charge


def ask_end(*, charge: Charge, taken_on: date | None, actor: User, reason: str) -> Approval:
    """Ask to end a charge that does not end: taken on this day, or, with None, never.

    Raises NotCorrectable, ReasonMissing.
    """
    _require_endless(charge, taken_on)
    facts = {"deed": CHARGE, "taken_on": taken_on and taken_on.isoformat()}
    return _ask(charge, facts, actor, reason)


def _require_endless(charge: Charge, taken_on: date | None) -> None:
    if not Charge.objects.endless().filter(pk=charge.pk).exists():
        raise NotCorrectable(_("This payment has ended, or is younger than a day. Ask the bank."))
    if taken_on is None:
        return
    if charge.status == ChargeStatus.NEW:
        raise NotCorrectable(_("The acquirer does not know this payment: no money was taken."))
    if not clock.moscow_day(charge.created_at) <= taken_on <= clock.today():
        raise NotCorrectable(_("The payment was not open on this day. Look again."))


def end_charge(approval: Approval, actor: User) -> None:
    charge, day = locked(approval.facts["charge"]), _day(approval)
    _require_endless(charge, day)
    charge.order = {}
    if day is None:
        _never_taken(charge, actor)
    else:
        _taken(charge, day)
    transaction.on_commit(lambda: decide_waiting_line(charge), robust=True)


def _never_taken(charge: Charge, actor: User) -> None:
    charge.status = steps.step(steps.CHARGE, charge.status, ChargeStatus.CANCELED)
    charge.reason = BY_STAFF
    charge.save(update_fields=["status", "reason", "order"])
    twice.count_anew(charge.application)
    facts = {"amount": charge.amount, "receipt": display(charge.receipt.reference)}
    record(person=charge.receipt.person, kind=timeline.NOT_TAKEN, facts=facts, actor=actor)


def _taken(charge: Charge, day: date) -> None:
    charge.status = steps.step(steps.CHARGE, charge.status, ChargeStatus.SUCCEEDED)
    charge.captured_at = datetime.combine(day, NOON, clock.MOSCOW)
    mark_second(charge)
    charge.save()
    tell_of(charge)


def _day(approval: Approval) -> date | None:
    said = approval.facts["taken_on"]
    return date.fromisoformat(said) if said else None


# --- a refund


def ask_end_refund(*, refund: Refund, given: bool, actor: User, reason: str) -> Approval:
    """Ask to end a refund that does not end: the money was given back, or was not.

    Raises NotCorrectable, ReasonMissing.
    """
    _require_endless_refund(refund.pk)
    after = RefundStatus.SUCCEEDED if given else RefundStatus.CANCELED
    facts = {"deed": REFUND, "refund": refund.pk, "after": after.value}
    return _ask(refund.charge, facts, actor, reason)


def _require_endless_refund(pk: int) -> None:
    if not Refund.objects.endless().filter(pk=pk).exists():
        raise NotCorrectable(_("This refund has ended, or is younger than a day."))


def end_refund(approval: Approval, actor: User) -> None:
    pk, after = approval.facts["refund"], RefundStatus(approval.facts["after"])
    _require_endless_refund(pk)
    refunds.end(pk, after, BY_STAFF if after == RefundStatus.CANCELED else "")


# --- money that came twice


def ask_settled(*, charge: Charge, actor: User, reason: str) -> Approval:
    """Ask to close the question of money that came twice: the reason says what became of it.

    Raises NotCorrectable, ReasonMissing.
    """
    _require_open_question(charge)
    return _ask(charge, {"deed": SETTLE}, actor, reason)


def _require_open_question(charge: Charge) -> None:
    one = Charge.objects.filter(pk=charge.pk)
    if not (one.paid_twice().exists() or one.posted_though_refunded().exists()):
        raise NotCorrectable(_("Nothing is to be decided about this payment."))


def settle(approval: Approval, actor: User) -> None:
    charge = locked(approval.facts["charge"])
    _require_open_question(charge)
    charge.settled_at = clock.now()
    charge.save(update_fields=["settled_at"])
    if charge.status == ChargeStatus.SUCCEEDED:
        facts = {"amount": charge.amount, "receipt": display(charge.receipt.reference)}
        record(person=charge.receipt.person, kind=timeline.KEPT, facts=facts, actor=actor)


# --- for who decides


def wanted(approval: Approval) -> str:
    """The question in words."""
    deed = approval.facts["deed"]
    if deed == SETTLE:
        return _("the money that came twice is settled as the reason says")
    if deed == REFUND:
        given = approval.facts["after"] == RefundStatus.SUCCEEDED
        return _("the refund ends: given back") if given else _("the refund ends: not given back")
    day = _day(approval)
    if day is None:
        return _("the payment ends: no money was taken")
    return _("the payment ends: the money was taken on %s") % day_year(day)


def carry_out(approval: Approval, actor: User) -> None:
    deeds = {CHARGE: end_charge, REFUND: end_refund, SETTLE: settle}
    deeds[approval.facts["deed"]](approval, actor)


def _ask(charge: Charge, facts: dict, actor: User, reason: str) -> Approval:
    asked, _is_new = approvals.ask(
        kind=ApprovalKind.CHARGE,
        person=charge.receipt.person,
        facts={"charge": charge.pk} | facts,
        actor=actor,
        reason=reason,
    )
    return asked
