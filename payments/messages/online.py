"""What a person hears of money paid by card; the subject is the charge."""

from datetime import timedelta

from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from accounts.recipients import recipient_of
from common.clock import moscow_day
from notifications.events import Event, Recipient
from notifications.models import Topic
from payments.messages.about import about
from payments.models import (
    Charge,
    ChargeStatus,
)
from payments.standing import TRANSIT_DAYS


def _payer(charge_id: int) -> Recipient:
    people = Charge.objects.values_list("receipt__person_id", flat=True)
    return recipient_of(people.get(pk=charge_id))


def _taken(charge_id: int) -> dict:
    charge = Charge.objects.select_related("receipt__application").get(pk=charge_id)
    paid_on = moscow_day(charge.captured_at)
    return about(charge.receipt.application, charge.amount, paid_on + timedelta(days=TRANSIT_DAYS))


PAYMENT_TAKEN = Event(
    code="payments.taken",
    topic=Topic.MONEY,
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
    return _taken(charge_id) | {"next": next_of_second(may_go_back=may_go_back)}


def next_of_second(*, may_go_back: bool) -> str:
    if may_go_back:
        return gettext("It pays the next month or goes back. Tell the centre.")
    return gettext("The Treasury has it: it pays the next month.")


said_of_next = lazy(next_of_second, str)  # in the language of whoever is told


def sample_of_second() -> dict:
    both = [next_of_second(may_go_back=answer) for answer in (True, False)]
    return {"next": max(both, key=len)}


PAID_TWICE = Event(
    code="payments.paid_twice",
    topic=Topic.MONEY,
    label=_("paid a second time"),
    template=_(
        "You paid twice: %(amount)s came again (application ...%(tail)s). The money is safe. "
        "%(next)s"
    ),
    recipient=_payer,
    context=_taken_again,
    sample=sample_of_second,
    still_true=lambda pk: Charge.objects.beside_second_money().filter(pk=pk).exists(),
)

ONE_PAYMENT = Event(
    code="payments.one_payment",
    topic=Topic.MONEY,
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
