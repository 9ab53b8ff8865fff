"""A second sum for a receipt that came by the Treasury alone, or was left in the till by a line.

Who paid once must never hear that they paid twice: only what proves that other money had paid the
receipt counts, as in docs/decisions/019.
"""

from collections.abc import Collection

from accounts.services import record
from notifications.models import Message
from notifications.services import queue
from payments import timeline
from payments.messages import CASH_TWICE, CASH_WAS_ONE, SECOND_WAS_ONE
from payments.models import Placement, Receipt, StatementLine, TillPayment
from payments.models.payer_banks import came_by_own_bank
from payments.reference import display

SECOND = "second-posted"  # keys of its messages, with the place


def proven(named: dict[int, int]) -> dict[int, str]:
    """Of places of lines that a person's own bank brought, with the paid receipts that they name:
    those beside other money, with the number of the receipt as people read it."""
    places = Placement.objects.select_related("line").in_bulk(named)
    firsts = Placement.objects.matched().filter(receipt__in=named.values())
    paid = {row.receipt_id: row for row in firsts.select_related("line", "receipt")}
    return {
        pk: display(paid[receipt].receipt.reference)
        for pk, receipt in named.items()
        if receipt in paid and _is_other_money(paid[receipt], places[pk].line)
    }


def _is_other_money(first: Placement, line: StatementLine) -> bool:
    if first.charge_id or first.till_payment_id:
        return True
    return came_by_own_bank(first.line) and not _is_told_anew(first.line, line)


def _is_told_anew(one: StatementLine, other: StatementLine) -> bool:
    """Perhaps one order in the words of two senders. Equal lines are two: files have said so."""
    same = (one.document_number, one.document_date) == (other.document_number, other.document_date)
    return one.digest != other.digest and (same or not other.document_number)


def tell_of_cash(till_payments: Collection[int]) -> None:
    """A bank's own line settled the receipts of this cash: it came for them once more.

    The caller holds the applications.
    """
    taken = TillPayment.objects.standing().filter(pk__in=till_payments)
    for one in taken.select_related("receipt__person").order_by("pk"):
        facts = _facts(one)
        record(person=one.receipt.person, kind=timeline.TAKEN_AGAIN, facts=facts)
        queue(CASH_TWICE, one.pk, key=_key_of(one))


def it_was_one(receipt: Receipt) -> None:
    """The line that had paid a receipt is counted no more: who was told of a second sum beside it
    hears that this sum is the only one. The caller holds the application."""
    for one in TillPayment.objects.standing().filter(receipt=receipt).order_by("pk"):
        if _is_told(_key_of(one)):
            told = record(person=receipt.person, kind=timeline.ONE_PAYMENT, facts=_facts(one))
            queue(CASH_WAS_ONE, one.pk, key=f"cash-was-one:{one.pk}:{told.pk}")
    for row in _seconds(receipt):
        facts = _facts_of(row, receipt)
        told = record(person=receipt.person, kind=timeline.ONE_PAYMENT, facts=facts)
        queue(SECOND_WAS_ONE, row.pk, key=f"second-was-one:{row.pk}:{told.pk}")


def _seconds(receipt: Receipt) -> list[Placement]:
    rows = Placement.objects.matched().filter(
        application__person=receipt.person_id,
        receipt=None,
        line__purpose__contains=receipt.reference,
    )
    return [row for row in rows.order_by("pk") if _is_told(f"{SECOND}:{row.pk}")]


def _is_told(key: str) -> bool:
    return Message.objects.filter(key=key).exists()


def _key_of(cash: TillPayment) -> str:
    return f"cash-twice:{cash.pk}"


def _facts(taken: TillPayment) -> dict:
    number = display(taken.receipt.reference)
    return {"amount": taken.amount, "paid_on": taken.taken_on, "receipt": number}


def _facts_of(row: Placement, receipt: Receipt) -> dict:
    number = display(receipt.reference)
    return {"amount": row.amount, "paid_on": row.paid_on, "receipt": number}
