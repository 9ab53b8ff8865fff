"""What two of the staff decide together about money taken online; registered when Django starts."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Approval, ApprovalKind, User
from accounts.services import approvals
from common.clock import moscow_day
from common.formats import roubles, short_day
from payments.models import Charge, ChargeStatus
from payments.reference import display
from payments.services.online import charge_corrections, endings, refunds


def _page(charge: Charge) -> str:
    return reverse("admin:payments_charge_change", args=[charge.pk])


def _charge(approval: Approval) -> Charge:
    return Charge.objects.select_related("receipt").get(pk=approval.facts["charge"])


def _refund(approval: Approval) -> dict:
    charge = _charge(approval)
    text = _("%(amount)s, paid on %(day)s, receipt %(receipt)s") % {
        "amount": roubles(charge.amount),
        "day": short_day(moscow_day(charge.captured_at)) if charge.captured_at else "—",
        "receipt": display(charge.receipt.reference),
    }
    return {"text": text, "page": _page(charge)}


def _correction(approval: Approval) -> dict:
    charge = _charge(approval)
    if "deed" in approval.facts:
        number = display(charge.receipt.reference)
        return {"text": f"{number}: {endings.wanted(approval)}", "page": _page(charge)}
    text = _("receipt %(receipt)s: “%(before)s” becomes “%(after)s”") % {
        "receipt": display(charge.receipt.reference),
        "before": charge.get_status_display(),
        "after": ChargeStatus(approval.facts["after"]).label,
    }
    return {"text": text, "page": _page(charge)}


def _put_right(approval: Approval, actor: User) -> None:
    deed = endings.carry_out if "deed" in approval.facts else charge_corrections.grant
    deed(approval, actor)


approvals.register(ApprovalKind.REFUND, approvals.Deed(refunds.grant, _refund, refunds.PERMISSION))
approvals.register(
    ApprovalKind.CHARGE,
    approvals.Deed(_put_right, _correction, refunds.PERMISSION),
)
