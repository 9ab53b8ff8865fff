"""Posted money that the tax office gave back: written down when two of the staff say so.

Only the tax office returns what the Treasury has; a person's credit is what it may return.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Approval, ApprovalKind, User
from accounts.services import approvals, record
from common.errors import Refusal
from common.formats import day_year, roubles
from notifications.services import queue
from payments import timeline
from payments.matching import Part
from payments.messages import PAYMENT_RETURNED
from payments.models import Place, Placement
from payments.services.ledger.books import Books
from payments.services.ledger.locks import hold_accounts

PERMISSION = "payments.change_placement"


class NoCredit(Refusal):
    message = _("This money is no credit of a person now. Nothing of it can be given back.")


def ask_return(*, placement: Placement, actor: User, reason: str) -> Approval:
    """Say that a credit was given back; another one of the staff decides.

    Asked twice it is one question. Raises NoCredit, ReasonMissing.
    """
    _require_credit(placement.pk)
    asked, _is_new = approvals.ask(
        kind=ApprovalKind.RETURN,
        person=placement.application.person,
        facts={"placement": placement.pk},
        actor=actor,
        reason=reason,
    )
    return asked


@transaction.atomic
def carry_out(approval: Approval, actor: User) -> None:
    """What a granted decision does: the money leaves the person's credit."""
    line = _require_credit(approval.facts["placement"]).line
    hold_accounts([line.account.number])
    row = _require_credit(approval.facts["placement"])
    books = Books(actor)
    books.instead(row, [_returned(row, approval.reason)])
    [move] = books.moves
    books.write()
    queue(PAYMENT_RETURNED, move.pk, key=f"payment-returned:{move.pk}")
    facts = {"amount": row.amount, "paid_on": row.paid_on, "reason": approval.reason}
    record(person=row.application.person, kind=timeline.RETURNED, facts=facts, actor=actor)


def _require_credit(pk: int) -> Placement:
    rows = Placement.objects.credit().select_related("line__account", "application__person")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NoCredit
    return row


def _returned(row: Placement, reason: str) -> Part:
    return Part(
        row.amount,
        Place.RETURNED,
        reason,
        application_id=row.application_id,
        receipt_id=row.receipt_id,
        charge_id=row.charge_id,
        till_payment_id=row.till_payment_id,
        paid_on=row.paid_on,
    )


def _said(approval: Approval) -> dict:
    row = Placement.objects.get(pk=approval.facts["placement"])
    return {"text": f"{roubles(row.amount)}, {day_year(row.paid_on)}"}


approvals.register(ApprovalKind.RETURN, approvals.Deed(carry_out, _said, PERMISSION))
