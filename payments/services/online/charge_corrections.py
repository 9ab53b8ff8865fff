"""A final state of an online payment put right by two of the staff, by the acquirer's paper.

Taken money that stands as not paid is no matter for them: asked again, the acquirer says when it
took the money, and the step back is logged by itself.
"""

from django.utils.translation import gettext as _

from accounts.models import Approval, ApprovalKind, User
from accounts.services import approvals, record
from common import clock
from patents.services import set_first_paid
from payments import timeline
from payments.errors import NotCorrectable
from payments.models import Charge, ChargeStatus, Placement
from payments.reference import display
from payments.services.ledger import twice
from payments.services.ledger.first_days import restate_without
from payments.services.online.charge_answers import locked, mark_second, put_right

BY_STAFF = {
    ChargeStatus.SUCCEEDED: ChargeStatus.CANCELED,
    ChargeStatus.REFUNDED: ChargeStatus.SUCCEEDED,
}


def ask_correction(*, charge: Charge, actor: User, reason: str) -> Approval:
    """Ask to put a final state right; another member of the staff decides.

    Raises NotCorrectable, ReasonMissing.
    """
    _require_correctable(charge)
    asked, _is_new = approvals.ask(
        kind=ApprovalKind.CHARGE,
        person=charge.receipt.person,
        facts={"charge": charge.pk, "after": BY_STAFF[charge.status]},
        actor=actor,
        reason=reason,
    )
    return asked


def _require_correctable(charge: Charge) -> None:
    if charge.status not in BY_STAFF:
        raise NotCorrectable(_("This payment has not ended with money taken."))
    if Placement.objects.current().filter(charge=charge).exists():
        raise NotCorrectable(_("The Treasury has received this money: it was taken."))
    if charge.refunds.open().exists():
        raise NotCorrectable(_("This money is being given back already."))


def grant(approval: Approval, actor: User) -> Charge:
    """What a granted decision does."""
    charge = locked(approval.facts["charge"])
    _require_correctable(charge)
    if BY_STAFF[charge.status] != approval.facts["after"]:
        raise NotCorrectable(_("The state has changed since this was asked."))
    put_right(charge, BY_STAFF[charge.status], approval.reason, actor)
    day, application = clock.moscow_day(charge.captured_at), charge.receipt.application
    if charge.status == ChargeStatus.CANCELED:
        charge.captured_at = None
        charge.save()
        restate_without(application=application, day=day)
    else:
        mark_second(charge)
        charge.save()
        set_first_paid(application=application, paid_on=day)
    twice.count_anew(application)
    facts = {"amount": charge.amount, "receipt": display(charge.receipt.reference)}
    kinds = {ChargeStatus.CANCELED: timeline.NOT_TAKEN, ChargeStatus.SUCCEEDED: timeline.NOT_BACK}
    record(person=charge.receipt.person, kind=kinds[charge.status], facts=facts, actor=actor)
    return charge
