"""What a person hears of a second sum for one receipt that no acquirer took.

The subject is the place of a line, or, where the cash desk took the sum, its payment.
"""

from datetime import timedelta

from accounts.recipients import recipient_of
from notifications.events import Event, Recipient
from notifications.models import Topic
from payments.messages.about import about
from payments.messages.online import (
    ONE_PAYMENT,
    PAID_TWICE,
    next_of_second,
    sample_of_second,
)
from payments.messages.posted import still_counts
from payments.models import Placement, ReceiptStatus, TillPayment


def _place(pk: int) -> Placement:
    return Placement.objects.select_related("application").get(pk=pk)


def _owner(pk: int) -> Recipient:
    return recipient_of(_place(pk).application.person_id)


def _again(pk: int) -> dict:
    return _once(pk) | {"next": next_of_second(may_go_back=False)}


def _once(pk: int) -> dict:
    place = _place(pk)
    return about(place.application, place.amount)


SECOND_POSTED = Event(
    code="payments.second_posted",
    topic=Topic.MONEY,
    label=PAID_TWICE.label,
    template=PAID_TWICE.template,
    recipient=_owner,
    context=_again,
    sample=sample_of_second,
    still_true=still_counts,
)

SECOND_WAS_ONE = Event(
    code="payments.second_was_one",
    topic=Topic.MONEY,
    label=ONE_PAYMENT.label,
    template=ONE_PAYMENT.template,
    recipient=_owner,
    context=_once,
    still_true=still_counts,
    lifetime=timedelta(days=7),
)


# --- the cash desk took it


def _cash(pk: int) -> TillPayment:
    return TillPayment.objects.select_related("receipt__application").get(pk=pk)


def _payer(pk: int) -> Recipient:
    return recipient_of(_cash(pk).receipt.person_id)


def _cash_once(pk: int) -> dict:
    taken = _cash(pk)
    return about(taken.receipt.application, taken.amount)


def _cash_again(pk: int) -> dict:
    may_go_back = TillPayment.objects.unposted().filter(pk=pk).exists()
    return _cash_once(pk) | {"next": next_of_second(may_go_back=may_go_back)}


def _is_beside_a_line(pk: int) -> bool:
    """Believed still, and its receipt is paid by other money."""
    paid = Placement.objects.matched().filter(receipt__till_payments=pk).exclude(till_payment=pk)
    standing = TillPayment.objects.standing().filter(receipt__status=ReceiptStatus.POSTED, pk=pk)
    return standing.exists() and paid.exists()


CASH_TWICE = Event(
    code="payments.cash_twice",
    topic=Topic.MONEY,
    label=PAID_TWICE.label,
    template=PAID_TWICE.template,
    recipient=_payer,
    context=_cash_again,
    sample=sample_of_second,
    still_true=_is_beside_a_line,
)

CASH_WAS_ONE = Event(
    code="payments.cash_was_one",
    topic=Topic.MONEY,
    label=ONE_PAYMENT.label,
    template=ONE_PAYMENT.template,
    recipient=_payer,
    context=_cash_once,
    still_true=lambda pk: (
        not _is_beside_a_line(pk) and TillPayment.objects.standing().filter(pk=pk).exists()
    ),
    lifetime=timedelta(days=7),
)
