"""The cash desk: money that staff of the centre took from the person's hands.

It lives from that moment, as a charge does, and the Treasury's line settles it. An entry is never
changed; what was recorded wrongly is corrected by two (`till_corrections`).
"""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import ApprovalKind, User
from accounts.services import approvals, record
from accounts.services.people import hold_still
from common import clock
from common.formats import short_day
from notifications.services import queue
from patents.models import Application
from patents.services import set_first_paid
from payments import timeline
from payments.errors import (
    ChequeKnown,
    TillClosed,
    TillSumDiffers,
)
from payments.messages import TILL_TAKEN
from payments.models import Receipt, Till, TillPayment
from payments.reference import display
from payments.room import require_payable, require_unpaid
from payments.services.ledger import by_inn
from payments.services.online.open_pages import ask_about_open_pages, leave_pages, require_no_page
from payments.services.online.walls import said_by


def take(
    *,
    receipt: Receipt,
    till: Till,
    cheque_number: str,
    amount: Decimal,
    actor: User,
    fiscal_sign: str = "",
    page_left: bool = False,
    taken_on: date | None = None,
) -> TillPayment:
    """Record today's money of a receipt; the same cheque said again gives the same entry.

    `taken_on`: the day on the cheque, where it is an earlier one. Then two of the staff confirm
    the day; until they do, it is neither in time nor late by one person's word.
    `page_left`: the person says that they will not pay on the payment page that is open.
    Raises a Refusal: the sum is another, the cheque is another receipt's, the till is closed, the
    receipt is paid or takes no money, a payment page is open. No transaction may be open: the
    acquirer is asked first.
    """
    ask_about_open_pages(person=receipt.person, close=page_left)
    cheque = {"till": till, "cheque_number": cheque_number.strip(), "fiscal_sign": fiscal_sign}
    cheque |= {"taken_on": taken_on or clock.today()}
    taken = _recorded(receipt, amount, actor, page_left, cheque)
    decide_waiting_lines(taken)
    return taken


@transaction.atomic(durable=True)
def _recorded(
    receipt: Receipt, amount: Decimal, actor: User, page_left: bool, cheque: dict
) -> TillPayment:
    hold_still(receipt.person_id)  # whoever decides about its day holds the person first
    application, receipt = locked(receipt)
    same = _same_cheque(**cheque)
    if same is not None:
        return _known(same, receipt)
    _require_open_till(cheque["till"])
    require_fits(receipt, amount, cheque["taken_on"])
    if page_left:
        leave_pages(application=application, actor=actor)
    require_no_page(application)
    with said_by(lambda: _require_free(receipt)):
        taken = TillPayment.objects.create(
            receipt=receipt,
            amount=amount,
            asks_day=cheque["taken_on"] < clock.today(),
            recorded_by=actor,
            **cheque,
        )
    tell_of(taken, actor)
    if taken.asks_day:
        _ask_for_the_day(taken, actor)
    return taken


def _require_free(receipt: Receipt) -> None:
    require_unpaid(receipt)
    require_no_page(receipt.application)


def _ask_for_the_day(taken: TillPayment, actor: User) -> None:
    """The question is open from the first moment: nobody has to remember it."""
    reason = _("The cheque is of %(day)s. It was recorded on %(today)s.")
    approvals.ask(
        kind=ApprovalKind.TILL,
        person=taken.receipt.person,
        facts={
            "taken": taken.pk,
            "receipt": taken.receipt_id,
            "taken_on": taken.taken_on.isoformat(),
        },
        actor=actor,
        reason=reason % {"day": short_day(taken.taken_on), "today": short_day(clock.today())},
    )


def locked(receipt: Receipt) -> tuple[Application, Receipt]:
    """Application before receipt, as everywhere: who locks in one order never waits in a ring."""
    applications = Application.objects.select_for_update(of=("self",)).select_related("patent")
    application = applications.get(pk=receipt.application_id)
    receipts = Receipt.objects.select_for_update(of=("self",)).select_related("person")
    return application, receipts.get(pk=receipt.pk)


def _require_open_till(till: Till) -> None:
    if not Till.objects.open().filter(pk=till.pk).exists():
        raise TillClosed


def _same_cheque(
    till: Till, taken_on: date, cheque_number: str, **_sign: str
) -> TillPayment | None:
    # The lock makes two clicks wait for each other; the constraint would give the second a 500.
    Till.objects.select_for_update(of=("self",), no_key=True).get(pk=till.pk)
    cheques = TillPayment.objects.filter(till=till, taken_on=taken_on, cheque_number=cheque_number)
    return cheques.filter(corrects__isnull=True).first()


def _known(same: TillPayment, receipt: Receipt) -> TillPayment:
    if same.receipt_id != receipt.pk or not TillPayment.objects.standing().filter(pk=same.pk):
        raise ChequeKnown
    return same


def require_fits(receipt: Receipt, amount: Decimal, on: date) -> None:
    """Refuse money that this paper could not take on the day, each with its sentence."""
    require_payable(receipt, on)
    if amount != receipt.amount:
        raise TillSumDiffers(receipt.amount)


def tell_of(taken: TillPayment, actor: User) -> None:
    """The person reads it in the history and gets the message."""
    receipt = taken.receipt
    set_first_paid(application=receipt.application, paid_on=taken.taken_on)
    facts = {
        "amount": taken.amount,
        "paid_on": taken.taken_on,
        "receipt": display(receipt.reference),
        "cheque": taken.cheque_number,
    }
    kind = timeline.TILL_DAY_ASKED if taken.asks_day else timeline.TILL_TAKEN
    record(person=receipt.person, kind=kind, facts=facts, actor=actor)
    queue(TILL_TAKEN, taken.pk, key=f"till-taken:{taken.pk}")


def decide_waiting_lines(taken: TillPayment) -> None:
    """The Treasury may have been faster than our record: its line then waits for a day.

    After our own commit, because the ledger's locks come before every row's.
    """
    by_inn.find(taken)
