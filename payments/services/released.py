"""A held statement that a person calls right, and the end of every import.

The lines of a held statement are kept, so its file is not needed any more.
"""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common import clock
from common.batches import batches
from common.errors import Refusal
from payments.models import Statement
from payments.services import completeness, posting
from payments.services.locks import alone_with_imports, hold_accounts
from payments.services.posting import Placed
from payments.services.staging import ask

AT_ONCE = 2000
SHOWN = """
SELECT kept.digest, kept.posted_on FROM payments_sighting AS seen
JOIN payments_statementline AS kept ON kept.digest = seen.digest AND kept.occurrence = 1
WHERE seen.statement_id = %s ORDER BY kept.payer_inn, 1
"""
DENIED = """
SELECT DISTINCT kept.digest, kept.posted_on FROM payments_statementline AS kept
WHERE kept.account_id = %s AND kept.posted_on BETWEEN %s AND %s AND NOT EXISTS (
    SELECT FROM payments_sighting AS seen
    WHERE seen.statement_id = %s AND seen.digest = kept.digest
) ORDER BY 1
"""
Digests = list[tuple[str, date]]


class NotHeld(Refusal):
    message = _("This statement is not held: its lines are posted already.")


class ReasonNeeded(Refusal):
    message = _("Say why the statement is right.")


@transaction.atomic
def release(*, statement: Statement, actor: User, reason: str) -> None:
    """Somebody looked at a held statement and calls it right; its lines are posted soon.

    Raises NotHeld, ReasonNeeded.
    """
    if not reason.strip():
        raise ReasonNeeded
    said = {"released_at": clock.now(), "released_by": actor, "release_reason": reason.strip()}
    if not Statement.objects.held().filter(pk=statement.pk).update(**said):
        raise NotHeld
    transaction.on_commit(_hint, robust=True)


def _hint() -> None:
    from payments.tasks import post_released

    post_released.delay()


def post_released() -> int:
    """Post what was released; returns how many statements. Killed, it goes on the next time."""
    found = list(Statement.objects.released().select_related("account").order_by("pk"))
    with translation.override(settings.LANGUAGE_CODE):
        for statement in found:
            with alone_with_imports([statement.account.number]):
                _settle(statement, ask(SHOWN, statement.pk))
                settle_denied(statement)
                finish(statement)
    return len(found)


def settle_denied(statement: Statement) -> Placed:
    """Lines known from other files that this one, being whole, says are not there."""
    return _settle(statement, denied(statement))


def denied(statement: Statement) -> Digests:
    if statement.whole_through is None:
        return []
    days = statement.first_day, statement.whole_through
    return ask(DENIED, statement.account_id, *days, statement.pk)


def _settle(statement: Statement, digests: Digests) -> Placed:
    some = batches(digests, AT_ONCE)
    return sum((posting.settle_again(statement, dict(rows)) for rows in some), Placed())


@transaction.atomic
def finish(statement: Statement) -> None:
    """All lines have their places: now the statement says that its days are complete."""
    hold_accounts([statement.account.number])
    Statement.objects.filter(pk=statement.pk).update(finished_at=clock.now())
    completeness.recompute(statement.account)
