"""A held statement that is not ours: two of the staff annul it, and its lines count nowhere.

It says nothing of other files any more, and the days that waited for it wait no longer. A line that
a believed file shows, too, is decided by that file.
"""

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Approval, ApprovalKind, User
from accounts.services import approvals
from common import clock
from common.batches import batches
from common.formats import short_day
from payments.matching import Part
from payments.models import Place, Placement, Statement
from payments.services.importing import completeness
from payments.services.importing.released import NotHeld
from payments.services.ledger.books import Books
from payments.services.ledger.locks import hold_accounts

PERMISSION = "payments.add_statement"
AT_ONCE = 2000


def ask(*, statement: Statement, actor: User, reason: str) -> Approval:
    """Say that a held statement is not ours; another one of the staff decides. Asked twice it is
    one question. Raises NotHeld, ReasonMissing."""
    _require_held(statement.pk)
    asked, _is_new = approvals.ask(
        kind=ApprovalKind.STATEMENT,
        person=None,
        facts={"statement": statement.pk},
        actor=actor,
        reason=reason,
    )
    return asked


@transaction.atomic
def carry_out(approval: Approval, actor: User) -> None:
    statement = _require_held(approval.facts["statement"])
    hold_accounts([statement.account.number])
    # A release, too, takes only what is held still: one of the two wins.
    why = {"annulled_at": clock.now(), "annulled_by": actor, "annul_reason": approval.reason}
    if not Statement.objects.held().filter(pk=statement.pk).update(**why):
        raise NotHeld
    reason = _("The statement is not ours: %s") % approval.reason
    for some in batches(list(_lines(statement)), AT_ONCE):
        _put_aside(some, reason)
    completeness.recompute_for(statement)


def _require_held(pk: int) -> Statement:
    found = Statement.objects.held().select_related("account").filter(pk=pk).first()
    if found is None:
        raise NotHeld
    return found


def _lines(statement: Statement) -> QuerySet[int]:
    """Places that wait for this statement alone."""
    waiting = Placement.objects.held().filter(line__statement=statement)
    return waiting.order_by("pk").values_list("pk", flat=True)


def _put_aside(keys: list[int], reason: str) -> None:
    """By the rules and not by a person: a file that is ours may show the same line."""
    books = Books()
    for row in Placement.objects.filter(pk__in=keys).select_related("line").order_by("pk"):
        books.instead(row, [Part(row.amount, Place.SET_ASIDE, reason)])
    books.write()


def _said(approval: Approval) -> dict:
    it = Statement.objects.get(pk=approval.facts["statement"])
    text = _("%(file)s, %(first)s to %(last)s, lines: %(lines)d. It is not ours") % {
        "file": it.file_name,
        "first": short_day(it.first_day),
        "last": short_day(it.last_day),
        "lines": it.line_count,
    }
    return {"text": text, "page": reverse("admin:payments_statement_change", args=[it.pk])}


approvals.register(ApprovalKind.STATEMENT, approvals.Deed(carry_out, _said, PERMISSION))
