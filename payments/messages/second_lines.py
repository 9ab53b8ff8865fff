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
    said_of_next,
    sample_of_second,
)
from payments.messages.places import owner, places, sum_alone, told_together
from payments.messages.posted import still_counts, that_count
from payments.models import Placement, ReceiptStatus, TillPayment


def _again(place: Placement) -> dict:
    return sum_alone(place) | {"next": said_of_next(may_go_back=False)}


SECOND_POSTED = Event(
    code="payments.second_posted",
    topic=Topic.MONEY,
    label=PAID_TWICE.label,
    template=PAID_TWICE.template,
    recipient=owner,
    context=lambda pk: _again(places().get(pk=pk)),
    sample=sample_of_second,
    still_true=still_counts,
    many=told_together(_again, that_count),
)

SECOND_WAS_ONE = Event(
    code="payments.second_was_one",
    topic=Topic.MONEY,
    label=ONE_PAYMENT.label,
    template=ONE_PAYMENT.template,
    recipient=owner,
    context=lambda pk: sum_alone(places().get(pk=pk)),
    still_true=still_counts,
    many=told_together(sum_alone, that_count),
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
