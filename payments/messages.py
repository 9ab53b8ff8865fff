"""What the payments tell a person. Texts are short: two SMS segments at most, no links."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from accounts.models import Person
from accounts.recipients import recipient_of
from common.clock import moscow_day
from common.formats import roubles, short_day
from notifications.events import Event, Recipient
from payments.facts import standing_of
from payments.models import (
    Charge,
    ChargeStatus,
    Claim,
    ClaimStatus,
    Placement,
    QueueReason,
    Receipt,
    ReceiptStatus,
    Refund,
    RefundStatus,
    TillPayment,
    Trace,
)
from payments.reference import display
from payments.standing import TRANSIT_DAYS


def _about(application, amount: Decimal, day: date | None = None) -> dict:
    """The words most messages need: whose application, how many roubles, of or by which day."""
    said = {"tail": application.number[-3:], "amount": roubles(amount, space=" ")}
    return said if day is None else said | {"day": short_day(day)}


def _payer(charge_id: int) -> Recipient:
    people = Charge.objects.values_list("receipt__person_id", flat=True)
    return recipient_of(people.get(pk=charge_id))


def _taken(charge_id: int) -> dict:
    charge = Charge.objects.select_related("receipt__application").get(pk=charge_id)
    paid_on = moscow_day(charge.captured_at)
    return _about(charge.receipt.application, charge.amount, paid_on + timedelta(days=TRANSIT_DAYS))


PAYMENT_TAKEN = Event(
    code="payments.taken",
    label=_("paid by card, on its way"),
    template=_(
        "We received %(amount)s (application ...%(tail)s). The money goes to the Treasury, "
        "until %(day)s. Do not pay a second time."
    ),
    recipient=_payer,
    context=_taken,
    # Once it is posted, that message says more.
    still_true=lambda pk: Charge.objects.unposted().filter(pk=pk).exists(),
)


def _taken_again(charge_id: int) -> dict:
    """The acquirer gives back only what it has not sent to the Treasury."""
    paper = Charge.objects.values("receipt").get(pk=charge_id)["receipt"]
    may_go_back = Charge.objects.unposted().filter(receipt=paper, is_second=True).exists()
    if may_go_back:
        then = gettext("It pays the next month or goes back. Tell the centre.")
    else:
        then = gettext("The Treasury has it: it pays the next month.")
    return _taken(charge_id) | {"next": then}


PAID_TWICE = Event(
    code="payments.paid_twice",
    label=_("paid a second time"),
    template=_(
        "You paid twice: %(amount)s came again (application ...%(tail)s). The money is safe. "
        "%(next)s"
    ),
    recipient=_payer,
    context=_taken_again,
    still_true=lambda pk: Charge.objects.beside_second_money().filter(pk=pk).exists(),
)

ONE_PAYMENT = Event(
    code="payments.one_payment",
    label=_("it was one payment, not two"),
    template=_(
        "You paid once: %(amount)s (application ...%(tail)s). We wrote of a second payment: it is "
        "not counted any more. You need to do nothing."
    ),
    recipient=_payer,
    context=_taken,
    still_true=lambda pk: Charge.objects.filter(
        pk=pk, status=ChargeStatus.SUCCEEDED, is_second=False
    ).exists(),
    lifetime=timedelta(days=7),
)


# --- what the statements did not show in seven days; the subject is the search


def _trace(trace_id: int) -> Trace:
    return Trace.objects.select_related("application").get(pk=trace_id)


def _searched(trace_id: int) -> dict:
    trace = _trace(trace_id)
    return _about(trace.application, trace.amount, trace.paid_on)


PAYMENT_TRACED = Event(
    code="payments.traced",
    label=_("we are looking for the payment"),
    template=_(
        "We are looking for your payment of %(day)s: %(amount)s (application ...%(tail)s). "
        "You need to do nothing. Do not pay a second time."
    ),
    recipient=lambda pk: recipient_of(_trace(pk).application.person_id),
    context=_searched,
    # Once the money is found, that message says more.
    still_true=lambda pk: Trace.objects.open().filter(pk=pk).exists(),
    lifetime=timedelta(days=7),
)


# --- the cash desk of the centre


def _till_payer(payment_id: int) -> Recipient:
    people = TillPayment.objects.values_list("receipt__person_id", flat=True)
    return recipient_of(people.get(pk=payment_id))


def _at_till(payment_id: int) -> dict:
    taken = TillPayment.objects.select_related("receipt__application").get(pk=payment_id)
    return _about(
        taken.receipt.application, taken.amount, taken.taken_on + timedelta(days=TRANSIT_DAYS)
    )


TILL_TAKEN = Event(
    code="payments.till_taken",
    label=_("paid at the cash desk, on its way"),
    template=_(
        "The cash desk took %(amount)s (application ...%(tail)s). It reaches the Treasury "
        "by %(day)s. Do not pay a second time. Keep the cheque."
    ),
    recipient=_till_payer,
    context=_at_till,
    still_true=lambda pk: TillPayment.objects.unposted().filter(pk=pk).exists(),
)


def _till_former(entry_id: int) -> Recipient:
    people = TillPayment.objects.values_list("corrects__receipt__person_id", flat=True)
    return recipient_of(people.get(pk=entry_id))


def _till_was(entry_id: int) -> dict:
    entry = TillPayment.objects.select_related("corrects__receipt__application").get(pk=entry_id)
    former = entry.corrects
    return _about(former.receipt.application, former.amount, former.taken_on)


TILL_CORRECTED = Event(
    code="payments.till_corrected",
    label=_("a record of the cash desk is corrected"),
    template=_(
        "We corrected a record of the cash desk: %(amount)s of %(day)s (application ...%(tail)s). "
        "Look into the cabinet or call the hotline."
    ),
    recipient=_till_former,
    context=_till_was,
    lifetime=timedelta(days=7),
)


def _refund_owner(refund_id: int) -> Recipient:
    people = Refund.objects.values_list("charge__receipt__person_id", flat=True)
    return recipient_of(people.get(pk=refund_id))


def _refund(refund_id: int) -> dict:
    refund = Refund.objects.select_related("charge__application").get(pk=refund_id)
    return _about(refund.charge.application, refund.amount)


PAYMENT_REFUNDED = Event(
    code="payments.refunded",
    label=_("an online payment is given back"),
    template=_(
        "We gave %(amount)s back to you (application ...%(tail)s). It comes where you paid from. "
        "The months of this payment are not paid now."
    ),
    recipient=_refund_owner,
    context=_refund,
    still_true=lambda pk: Refund.objects.filter(pk=pk, status=RefundStatus.SUCCEEDED).exists(),
    lifetime=timedelta(days=7),
)


SECOND_REFUNDED = Event(
    code="payments.second_refunded",
    label=_("money that came twice is given back"),
    template=_(
        "We gave %(amount)s back to you (application ...%(tail)s). It comes where you paid from. "
        "You had paid it twice: the other payment stays."
    ),
    recipient=_refund_owner,
    context=_refund,
    still_true=PAYMENT_REFUNDED.still_true,
    lifetime=timedelta(days=7),
)


# --- what the statements showed; the subject is the place of the money


def _placement(placement_id: int) -> Placement:
    rows = Placement.objects.select_related("application", "line")
    return rows.get(pk=placement_id)


def _owner(placement_id: int) -> Recipient:
    people = Placement.objects.values_list("application__person_id", flat=True)
    return recipient_of(people.get(pk=placement_id))


def _posted(placement_id: int) -> dict:
    place = _placement(placement_id)
    return _about(place.application, _with_its_parts(place))


def _with_its_parts(place: Placement) -> Decimal:
    parts = Placement.objects.matched().filter(completed_by=place)
    return place.amount + sum(parts.values_list("amount", flat=True))


def _posted_for_patent(placement_id: int) -> dict:
    place = _placement(placement_id)
    standing = standing_of(Person.objects.get(pk=place.application.person_id))
    return _posted(placement_id) | {"day": short_day(standing.covered_through)}


def _posted_and_patent(placement_id: int) -> bool:
    """Whether the case that the person hears of is the patent this money prolongs."""
    if not _still_matched(placement_id):
        return False
    place = _placement(placement_id)
    standing = standing_of(Person.objects.get(pk=place.application.person_id))
    return standing.case.application.number == place.application.number


def _still_matched(placement_id: int) -> bool:
    return Placement.objects.matched().filter(pk=placement_id).exists()


def _day_still_unknown(placement_id: int) -> bool:
    # Whose cash waits for a second member of the staff has nothing to show: the cheque is here.
    waiting = Placement.objects.queued().filter(
        queue_reason=QueueReason.DAY_UNKNOWN, till_payment=None
    )
    return waiting.filter(pk=placement_id).exists()


PAYMENT_POSTED = Event(
    code="payments.posted",
    label=_("the payment is posted"),
    template=_(
        "Payment received: %(amount)s (application ...%(tail)s). "
        "The patent is paid through %(day)s."
    ),
    recipient=_owner,
    context=_posted_for_patent,
    still_true=_posted_and_patent,
    lifetime=timedelta(days=7),
)

FIRST_PAYMENT_POSTED = Event(
    code="payments.posted_before_issue",
    label=_("the payment is posted, the patent not issued yet"),
    template=_(
        "Payment received: %(amount)s (application ...%(tail)s). "
        "It counts from the day the patent is issued."
    ),
    recipient=_owner,
    context=_posted,
    still_true=_still_matched,
    lifetime=timedelta(days=7),
)

DAY_OF_PAYMENT_UNKNOWN = Event(
    code="payments.day_unknown",
    label=_("posted, the day of payment is unknown"),
    template=_(
        "We received %(amount)s (application ...%(tail)s) but not the day you paid. "
        "Please show the cheque at the centre."
    ),
    recipient=_owner,
    context=_posted,
    still_true=_day_still_unknown,
    lifetime=timedelta(days=14),
)


# --- what staff decided about a shown cheque


def _shower(claim_id: int) -> Recipient:
    people = Claim.objects.values_list("application__person_id", flat=True)
    return recipient_of(people.get(pk=claim_id))


def _cheque(claim_id: int) -> dict:
    claim = Claim.objects.select_related("application").get(pk=claim_id)
    return _about(claim.application, claim.amount, claim.day)


def _claim_is(status: ClaimStatus):
    return lambda pk: Claim.objects.filter(pk=pk, status=status).exists()


CHEQUE_CONFIRMED = Event(
    code="payments.cheque_confirmed",
    label=_("the cheque is confirmed"),
    template=_(
        "We checked your cheque: %(amount)s paid on %(day)s (application ...%(tail)s). "
        "We are looking for the money. Do not pay a second time."
    ),
    recipient=_shower,
    context=_cheque,
    # Once the money is found, that message says more.
    still_true=_claim_is(ClaimStatus.CONFIRMED),
)

CHEQUE_REJECTED = Event(
    code="payments.cheque_rejected",
    label=_("the cheque is not accepted"),
    template=_(
        "We could not accept your cheque of %(day)s (application ...%(tail)s). "
        "The reason is in the cabinet. Questions? Call the hotline."
    ),
    recipient=_shower,
    context=_cheque,
    still_true=_claim_is(ClaimStatus.REJECTED),
    lifetime=timedelta(days=7),
)


# --- a paper that is not to be paid any more


def _holder(receipt_id: int) -> Recipient:
    people = Receipt.objects.values_list("person_id", flat=True)
    return recipient_of(people.get(pk=receipt_id))


def _cancelled(receipt_id: int) -> dict:
    receipt = Receipt.objects.select_related("application").get(pk=receipt_id)
    return {
        "tail": receipt.application.number[-3:],
        "receipt": display(receipt.reference),
    }


RECEIPT_CANCELLED = Event(
    code="payments.receipt_cancelled",
    label=_("the receipt is cancelled"),
    template=_(
        "Receipt %(receipt)s (application ...%(tail)s) is cancelled. Do not pay it. "
        "Already paid? Do not pay again. The reason is in the cabinet."
    ),
    recipient=_holder,
    context=_cancelled,
    still_true=lambda pk: Receipt.objects.filter(pk=pk, status=ReceiptStatus.CANCELLED).exists(),
    lifetime=timedelta(days=7),
)
