"""A record of the cash desk put right by two: one asks, another agrees, a new entry is made.

The former entry stays as it was written; from now on the new one says what is true of the cheque.
"""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Approval, ApprovalKind, User
from accounts.services import approvals, record
from common import clock
from common.formats import roubles, short_day
from notifications.services import queue
from patents.models import Application
from payments import timeline
from payments.errors import TillNothingWrong, TillPosted, TillSettled
from payments.messages import TILL_CORRECTED
from payments.models import Receipt, TillPayment
from payments.reference import display
from payments.room import months_left, require_length, require_open, require_price, require_unpaid
from payments.services.ledger import twice
from payments.services.ledger.first_days import restate_without
from payments.services.online.open_pages import require_no_page
from payments.services.online.walls import said_by
from payments.services.tills import till_lines, tills

PERMISSION = "payments.change_tillpayment"


@transaction.atomic
def ask(
    *,
    taken: TillPayment,
    receipt: Receipt | None,
    taken_on: date,
    actor: User,
    reason: str,
) -> Approval:
    """Ask for the money to be `receipt`'s, or nobody's, taken on `taken_on`; asked twice, once.

    Raises ReasonMissing, and what the decision itself would refuse.
    """
    _require_possible(taken, receipt, taken_on)
    asked, _is_new = approvals.ask(
        kind=ApprovalKind.TILL,
        person=taken.receipt.person,
        facts={
            "taken": taken.pk,
            "receipt": receipt.pk if receipt else None,
            "taken_on": taken_on.isoformat(),
        },
        actor=actor,
        reason=reason,
    )
    return asked


def carry_out(approval: Approval, actor: User) -> TillPayment:
    """Raises a Refusal where the world has moved on since it was asked."""
    taken, receipt, taken_on = _asked_for(approval)
    _lock(taken, receipt)
    _require_possible(taken, receipt, taken_on)
    return _replace(taken, receipt, taken_on, approval, actor)


def refuse_day(approval: Approval, actor: User) -> None:
    """A second one does not agree with the day of a cheque that was recorded later: then the day
    of the record counts."""
    taken, receipt, taken_on = _asked_for(approval)
    _lock(taken, receipt)
    standing = TillPayment.objects.standing().filter(pk=taken.pk, asks_day=True)
    if standing.exists() and (receipt, taken_on) == (taken.receipt, taken.taken_on):
        _replace(taken, receipt, clock.moscow_day(taken.recorded_at), approval, actor)


def _replace(
    taken: TillPayment, receipt: Receipt | None, taken_on: date, approval: Approval, actor: User
) -> TillPayment:
    with said_by(lambda: _require_possible(taken, receipt, taken_on)):
        right = TillPayment.objects.create(
            till=taken.till,
            cheque_number=taken.cheque_number,
            fiscal_sign=taken.fiscal_sign,
            taken_on=taken_on,
            receipt=receipt,
            amount=receipt.amount if receipt else 0,
            corrects=taken,
            approval=approval,
            recorded_by=actor,
        )
    lines = till_lines.follow(taken, right)
    if taken.asks_day and (receipt, taken_on) == (taken.receipt, taken.taken_on):
        _confirm(right, actor)
    else:
        _take_back(taken, right, actor)
        if receipt:
            tills.tell_of(right, actor)
    till_lines.decide_anew(lines)
    if receipt:
        transaction.on_commit(lambda: tills.decide_waiting_lines(right), robust=True)
    return right


def _confirm(right: TillPayment, actor: User) -> None:
    facts = {
        "amount": right.amount,
        "paid_on": right.taken_on,
        "cheque": right.cheque_number,
    }
    person = right.receipt.person
    record(person=person, kind=timeline.TILL_DAY_CONFIRMED, facts=facts, actor=actor)


def wanted(approval: Approval) -> dict:
    """The question in words, for who decides."""
    taken, receipt, taken_on = _asked_for(approval)
    known = _("%(till)s, cheque %(cheque)s of %(day)s, %(amount)s: %(person)s.") % {
        "till": taken.till,
        "cheque": taken.cheque_number,
        "day": short_day(taken.taken_on),
        "amount": roubles(taken.amount),
        "person": taken.receipt.person,
    }
    return {"text": f"{known} {_right(receipt, taken_on)}"}


def _right(receipt: Receipt | None, taken_on: date) -> str:
    if receipt is None:
        return _("Right is: no money was taken.")
    return _("Right is: receipt %(receipt)s, %(person)s, %(amount)s, taken on %(day)s.") % {
        "receipt": display(receipt.reference),
        "person": receipt.person,
        "amount": roubles(receipt.amount),
        "day": short_day(taken_on),
    }


def _asked_for(approval: Approval) -> tuple[TillPayment, Receipt | None, date]:
    facts = approval.facts
    taken = TillPayment.objects.for_list().get(pk=facts["taken"])
    receipt = None
    if facts["receipt"]:
        receipt = Receipt.objects.for_list().get(pk=facts["receipt"])
    return taken, receipt, date.fromisoformat(facts["taken_on"])


def _lock(taken: TillPayment, receipt: Receipt | None) -> None:
    """The account of its line, applications, receipts: as everywhere, each in one order."""
    till_lines.hold(taken)
    papers = [taken.receipt, *filter(None, [receipt])]
    rows = Application.objects.filter(pk__in={paper.application_id for paper in papers})
    ordered = rows.order_by("person_id", "pk").select_for_update(of=("self",))
    list(ordered.values_list("pk", flat=True))
    receipts = Receipt.objects.filter(pk__in={paper.pk for paper in papers}).order_by("pk")
    list(receipts.select_for_update(of=("self",)).values_list("pk", flat=True))


def _require_possible(taken: TillPayment, receipt: Receipt | None, taken_on: date) -> None:
    if not TillPayment.objects.standing().filter(pk=taken.pk).exists():
        raise TillSettled
    if till_lines.is_posted(taken) and receipt != taken.receipt:
        raise TillPosted
    till_lines.require_movable(taken)
    if receipt is not None:
        _require_right(taken, receipt, taken_on)


def _require_right(taken: TillPayment, receipt: Receipt, taken_on: date) -> None:
    is_said = (receipt.pk, taken_on) == (taken.receipt_id, taken.taken_on) and not taken.asks_day
    if is_said or taken_on > clock.today():
        raise TillNothingWrong
    require_open(receipt.application, taken_on)
    require_price(receipt, taken_on)
    if receipt.pk != taken.receipt_id:
        require_unpaid(receipt)
        require_no_page(receipt.application)
        require_length(receipt, _room(taken, receipt))


def _room(taken: TillPayment, receipt: Receipt) -> int:
    """The wrong entry takes no months from the right one."""
    same = taken.receipt.application_id == receipt.application_id
    return months_left(receipt.application) + (taken.months if same else 0)


def _take_back(taken: TillPayment, right: TillPayment, actor: User) -> None:
    """The money was another's, or of another day: what followed from the former entry is undone."""
    application = taken.receipt.application
    restate_without(application=application, day=taken.taken_on)
    twice.count_anew(application)
    facts = {
        "amount": taken.amount,
        "paid_on": taken.taken_on,
        "cheque": taken.cheque_number,
    }
    person = taken.receipt.person
    record(person=person, kind=timeline.TILL_CORRECTED, facts=facts, actor=actor)
    queue(TILL_CORRECTED, right.pk, key=f"till-corrected:{right.pk}")


approvals.register(ApprovalKind.TILL, approvals.Deed(carry_out, wanted, PERMISSION, refuse_day))
