"""Money of an online payment goes back the way it came, when two of the staff decided so.

Asked → granted → told to the acquirer under one key → given back or not. Living until the acquirer
says that it is given back; what the Treasury has posted is no more the acquirer's to give.
"""

import logging
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Approval, ApprovalKind, User
from accounts.services import approvals, record
from common import clock
from common.formats import day_year
from notifications.services import queue
from payments import gateway, steps, timeline
from payments.errors import GatewayRefused, GatewayUnavailable, NotRefundable
from payments.messages import PAYMENT_REFUNDED, SECOND_REFUNDED
from payments.models import Charge, ChargeStatus, Placement, Refund, RefundStatus
from payments.reference import display
from payments.services.ledger import twice
from payments.services.ledger.first_days import restate_without
from payments.services.online.charge_answers import locked

logger = logging.getLogger(__name__)

PERMISSION = "payments.add_refund"
OPEN_STATES = {RefundStatus.NEW, RefundStatus.PENDING}
SWEEP_AT_ONCE = 50
KEY_LIFE = timedelta(hours=23)
POSTED = gettext_noop("The Treasury has received this money in the meantime.")
REFUSED = gettext_noop("The acquirer does not give this money back.")
SAID_NO = gettext_noop("The acquirer tried and could not give the money back.")


def why_not(charge: Charge) -> str:
    """Why the acquirer cannot give this money back; empty when it can."""
    if charge.status == ChargeStatus.REFUNDED:
        return _("This money is already given back.")
    if charge.status != ChargeStatus.SUCCEEDED:
        return _("No money was taken by this payment. There is nothing to give back.")
    if charge.refunds.open().exists():
        return _("This money is being given back already.")
    return _why_posted(charge)


def _why_posted(charge: Charge) -> str:
    place = Placement.objects.current().filter(charge=charge).select_related("line").first()
    if place is None:
        return ""
    return _(
        "The Treasury received this money on %(day)s. The acquirer cannot give it back any more: "
        "the tax office returns it by the person's request."
    ) % {"day": day_year(place.line.posted_on)}


def ask_refund(*, charge: Charge, actor: User, reason: str) -> Approval:
    """Ask for a refund; another one of the staff decides. Raises NotRefundable, ReasonMissing."""
    _require_refundable(charge)
    asked, _is_new = approvals.ask(
        kind=ApprovalKind.REFUND,
        person=charge.receipt.person,
        facts={"charge": charge.pk},
        actor=actor,
        reason=reason,
    )
    return asked


def _require_refundable(charge: Charge) -> None:
    if refusal := why_not(charge):
        raise NotRefundable(refusal)


def grant(approval: Approval, actor: User) -> Refund:
    """What a granted decision does. The acquirer is told after the commit, or by the sweep."""
    charge = locked(approval.facts["charge"])
    _require_refundable(charge)
    refund = Refund.objects.create(
        charge=charge, approval=approval, amount=charge.amount, idempotence_key=uuid4()
    )
    transaction.on_commit(lambda: _send_later(refund.pk), robust=True)
    return refund


def _send_later(refund_id: int) -> None:
    from payments.tasks import send_refund

    send_refund.delay(refund_id)


# --- with the acquirer


def send_refund(refund_id: int) -> Refund:
    """Tell the acquirer, or ask it again; told twice under one key it gives back once.

    Raises GatewayUnavailable: what became of it is unknown, the sweep asks again.
    """
    refund = _unless_posted(refund_id)
    if refund.status not in OPEN_STATES:
        return refund
    try:
        return _hear(refund.pk, _asked(refund))
    except GatewayRefused:
        logger.warning("refund %s: the acquirer refuses", refund.pk)
        return end(refund.pk, RefundStatus.CANCELED, REFUSED)


def _asked(refund: Refund) -> gateway.Refund:
    acquirer, payment_id = gateway.current(), refund.charge.provider_id
    if refund.provider_id:
        return acquirer.find_refund(refund.provider_id)
    if clock.now() - refund.created_at > KEY_LIFE:
        made = [one for one in acquirer.refunds_of(payment_id) if one.status != "canceled"]
        if made:
            return made[0]
    return acquirer.refund(payment_id, refund.amount, str(refund.idempotence_key))


@transaction.atomic
def _unless_posted(refund_id: int) -> Refund:
    """Before the acquirer first hears of it, a line may have come."""
    refund = _held(refund_id)
    if refund.status == RefundStatus.NEW and not refund.told_at and _why_posted(refund.charge):
        return _ended(refund, RefundStatus.CANCELED, POSTED)
    if refund.status in OPEN_STATES and not refund.told_at:
        refund.told_at = clock.now()
        refund.save(update_fields=["told_at"])
    return refund


@transaction.atomic
def _hear(refund_id: int, answer: gateway.Refund) -> Refund:
    refund = _held(refund_id)
    if not _is_ours(refund, answer):
        logger.error("refund %s: the acquirer told of another one", refund.pk)
        return refund
    if refund.status == RefundStatus.NEW:
        refund.status = steps.step(steps.REFUND, refund.status, RefundStatus.PENDING)
        refund.provider_id = answer.id
        refund.save(update_fields=["status", "provider_id"])
    if answer.status == "succeeded":
        return _ended(refund, RefundStatus.SUCCEEDED)
    if answer.status == "canceled":
        return _ended(refund, RefundStatus.CANCELED, SAID_NO)
    return refund


def _is_ours(refund: Refund, answer: gateway.Refund) -> bool:
    return (
        answer.payment_id == refund.charge.provider_id
        and answer.amount == refund.amount
        and refund.provider_id in (None, answer.id)
    )


@transaction.atomic
def end(refund_id: int, status: RefundStatus, reason: str) -> Refund:
    return _ended(_held(refund_id), status, reason)


def _ended(refund: Refund, status: RefundStatus, reason: str = "") -> Refund:
    """A final step, once; heard again it is nothing new."""
    if refund.status not in OPEN_STATES:
        return refund
    refund.status = steps.step(steps.REFUND, refund.status, status)
    refund.reason, refund.ended_at = reason, clock.now()
    refund.save(update_fields=["status", "reason", "ended_at"])
    if status == RefundStatus.SUCCEEDED:
        _give_back(refund)
    return refund


def _give_back(refund: Refund) -> None:
    """The money lives no more, and the person is told. Its day is the first paid one no more."""
    charge, stays = refund.charge, twice.came_twice(refund.charge)
    if Placement.objects.matched().filter(charge=charge).exists():
        logger.error("refund %s: the Treasury posted this money, too", refund.pk)
    charge.status = steps.step(steps.CHARGE, charge.status, ChargeStatus.REFUNDED)
    charge.save(update_fields=["status"])
    receipt = charge.receipt
    restate_without(application=receipt.application, day=clock.moscow_day(charge.captured_at))
    twice.count_anew(charge.application)
    facts = {"amount": refund.amount, "receipt": display(receipt.reference)}
    record(person=receipt.person, kind=timeline.REFUNDED, facts=facts)
    word = SECOND_REFUNDED if stays else PAYMENT_REFUNDED
    queue(word, refund.pk, key=f"payment-refunded:{refund.pk}")


def _held(refund_id: int) -> Refund:
    """Application, charge, refund: locked in this order."""
    charge = locked(Refund.objects.values_list("charge_id", flat=True).get(pk=refund_id))
    refund = Refund.objects.select_for_update(of=("self",)).get(pk=refund_id)
    refund.charge = charge
    return refund


def hear_of_payment(provider_id: str) -> None:
    """A webhook spoke of this payment: its open refund is asked about."""
    for refund in Refund.objects.open().filter(charge__provider_id=provider_id):
        send_refund(refund.pk)


def sweep_refunds() -> int:
    """Ask about refunds that have not ended; returns how many were asked about."""
    asked = 0
    for refund_id in (
        Refund.objects.open().order_by("?").values_list("pk", flat=True)[:SWEEP_AT_ONCE]
    ):
        try:
            send_refund(refund_id)
        except GatewayUnavailable:
            logger.warning("the acquirer is away, refund %s waits", refund_id)
            break
        asked += 1
    return asked
