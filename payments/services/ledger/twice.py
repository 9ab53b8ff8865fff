"""Money that came twice: one receipt, or its months, paid online and otherwise, too.

Nothing that was taken is left aside: what came second is kept with its mark, pays the next months
when nobody asks for it back, and two of the staff give it back when somebody does.
"""

from collections.abc import Collection
from contextlib import suppress

from django.db.models import Q, QuerySet

from accounts.services import record
from common.clock import moscow_day
from notifications.services import queue
from patents.models import Application
from payments import timeline
from payments.errors import ReceiptTooLong
from payments.messages import ONE_PAYMENT, PAID_TWICE
from payments.models import Charge, ChargeStatus, Placement, Receipt, ReceiptStatus, TillPayment
from payments.models.payer_banks import by_own_bank
from payments.periods import months_to_buy
from payments.reference import display


def is_second(charge: Charge) -> bool:
    """Whether this charge cannot be its receipt's one: other money is there, or asked for."""
    others = charge.receipt.charges.live().filter(is_second=False).exclude(pk=charge.pk)
    return others.exists() or _is_paid_apart_from_charges(charge)


def came_twice(charge: Charge) -> bool:
    """Whether other money was taken for what this charge paid; an open page took nothing yet."""
    taken = charge.receipt.charges.filter(status=ChargeStatus.SUCCEEDED).exclude(pk=charge.pk)
    return taken.exists() or _is_paid_apart_from_charges(charge)


def count_anew(application: Application) -> list[Charge]:
    """A second sum whose first one is gone is the only one: its receipt is paid by it, and it
    holds months of the year again, so that nobody is sold them. Returns what is second no more.

    The caller holds the application.
    """
    only = []
    seconds = Charge.objects.filter(
        application=application, is_second=True, status=ChargeStatus.SUCCEEDED
    )
    for charge in seconds.select_related("receipt").order_by("captured_at", "pk"):
        if not is_second(charge):
            charge.is_second = False
            _hold_months(charge)
            charge.save(update_fields=["is_second", "first_month", "last_month"])
            only.append(charge)
    return only


def it_was_one(application: Application) -> None:
    """The line that had paid a receipt is counted no more: who was told of a second payment hears
    that the one online is the only one. The caller holds the application."""
    for charge in count_anew(application):
        facts = facts_of(charge)
        told = record(person=charge.receipt.person, kind=timeline.ONE_PAYMENT, facts=facts)
        queue(ONE_PAYMENT, charge.pk, key=f"one-payment:{charge.pk}:{told.pk}")


def _hold_months(charge: Charge) -> None:
    """None where no such months are free, or where the Treasury's line counts them already."""
    if not Charge.objects.unposted().filter(pk=charge.pk).exists():
        return
    with suppress(ReceiptTooLong):
        count = charge.receipt.months
        held = months_to_buy(charge.application, count, counted=count)
        charge.first_month, charge.last_month = held


def mark_left_behind(charge_ids: Collection[int]) -> None:
    """A bank's own line settled the receipts of these charges: what they took came for them once
    more. The caller holds the applications.
    """
    if not charge_ids:
        return
    charges = Charge.objects.filter(
        pk__in=charge_ids, status=ChargeStatus.SUCCEEDED, is_second=False
    )
    for charge in charges.select_related("receipt__person").order_by("pk"):
        charge.is_second, charge.first_month, charge.last_month = True, None, None
        charge.save(update_fields=["is_second", "first_month", "last_month"])
        facts = facts_of(charge)
        told = record(person=charge.receipt.person, kind=timeline.TAKEN_AGAIN, facts=facts)
        queue(PAID_TWICE, charge.pk, key=f"paid-twice:{charge.pk}:{told.pk}")


def facts_of(charge: Charge) -> dict:
    """Of taken money, for the history of its person."""
    return {
        "amount": charge.amount,
        "paid_on": moscow_day(charge.captured_at),
        "receipt": display(charge.receipt.reference),
    }


def lines_of_its_own(charge: Charge) -> QuerySet[Placement]:
    """Posted money of its receipt, taken by nobody we know, in a line that proves no other bank:
    the line was faster than the acquirer's word, and is this charge's own."""
    rows = Placement.objects.matched().filter(receipt=charge.receipt_id, amount=charge.amount)
    rows = rows.exclude(pk__in=rows.joint())
    nobodys = rows.filter(charge=None, till_payment=None).exclude(by_own_bank("line__"))
    return nobodys.filter(line__posted_on__gte=moscow_day(charge.captured_at))


def _is_paid_apart_from_charges(charge: Charge) -> bool:
    at_till = TillPayment.objects.standing().filter(_for_it(charge))
    return at_till.exists() or _is_posted_by_others(charge, charge.receipt)


def _for_it(charge: Charge) -> Q:
    """Cash for its receipt, or, once its page was left for the cash desk, for its months."""
    same = Q(receipt=charge.receipt_id)
    if charge.left_at is None:
        return same
    its_months = Q(receipt__application=charge.application_id, recorded_at__gte=charge.left_at)
    return same | its_months


def _is_posted_by_others(charge: Charge, receipt: Receipt) -> bool:
    if receipt.status != ReceiptStatus.POSTED or lines_of_its_own(charge).exists():
        return False
    return not Placement.objects.matched().filter(receipt=receipt, charge=charge).exists()
