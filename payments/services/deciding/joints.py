"""Balances that do not follow each other: two of the staff say that both files are right.

The sender may never form such a file anew: a balance was put right by hand, or an account began
afresh. The word is about the files that were there; one more file, and it is a question again.
"""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Approval, ApprovalKind, User
from accounts.services import approvals
from common.errors import Refusal
from common.formats import short_day
from payments.models import Account
from payments.services.importing.completeness import about_joint, derived, recompute
from payments.services.ledger.locks import hold_accounts
from payments.statements.joints import Joint

PERMISSION = "payments.add_statement"


class NoSuchJoint(Refusal):
    message = gettext_lazy(
        "The balances of that day were looked at meanwhile, or other files came."
    )


def ask(
    *, account: Account, day: date, sender: str, accepted: bool, actor: User, reason: str
) -> Approval:
    """Say that both sides of a broken joint are right, or, where two accepted it, that they are
    not; another one of the staff decides. Asked twice it is one question.

    Raises NoSuchJoint, ReasonMissing.
    """
    found = derived(account)
    joint = _found(found.joints if accepted else found.accepted, day, sender)
    asked, _is_new = approvals.ask(
        kind=ApprovalKind.JOINT,
        person=None,
        facts=about_joint(account, joint, accepted=accepted),
        actor=actor,
        reason=reason,
    )
    return asked


def _found(joints: list[Joint], day: date, sender: str) -> Joint:
    for one in joints:
        if (one.day, one.sender) == (day, sender):
            return one
    raise NoSuchJoint


@transaction.atomic
def carry_out(approval: Approval, actor: User) -> None:
    """The decision is the word itself, and is granted by now. Raises NoSuchJoint where it speaks of
    other files than those that are there."""
    facts = approval.facts
    hold_accounts([facts["account"]])
    account = Account.objects.get(number=facts["account"])
    found = derived(account)
    wanted = found.accepted if facts["accepted"] else found.joints
    joint = _found(wanted, date.fromisoformat(facts["day"]), facts["sender"])
    if sorted(joint.keys) != facts["files"]:
        raise NoSuchJoint
    recompute(account)


def _said(approval: Approval) -> dict:
    facts = approval.facts
    values = {
        "account": facts["account"],
        "day": short_day(date.fromisoformat(facts["day"])),
        "files": len(facts["files"]),
    }
    text = (
        _("%(account)s: after %(day)s the balances may differ, all %(files)d files are right")
        if facts["accepted"]
        else _("%(account)s: after %(day)s the balances are in doubt again, files: %(files)d")
    )
    account = Account.objects.get(number=facts["account"])
    page = reverse("admin:payments_account_change", args=[account.pk])
    return {"text": text % values, "page": page}


approvals.register(ApprovalKind.JOINT, approvals.Deed(carry_out, _said, PERMISSION))
