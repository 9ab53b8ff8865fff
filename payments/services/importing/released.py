"""A held statement that a person calls right, and the end of every import.

The lines of a held statement are kept, so its file is not needed any more.
"""

import logging
from collections.abc import Iterator, Sequence
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common import clock
from common.errors import Refusal
from common.mishaps import log_mishap
from payments.models import Statement
from payments.services.importing import (
    completeness,
    divided,
    likely,
    posting,
    same_charges,
    shared_days,
    told_twice,
)
from payments.services.importing.posting import Placed
from payments.services.importing.staging import ask
from payments.services.ledger.locks import alone_with_imports, hold_accounts

logger = logging.getLogger(__name__)
AT_ONCE = 2000
# So many at a time by their index: a statement has a million, and nobody has counted them yet.
SHOWN = """
WITH kinds AS MATERIALIZED (
    SELECT digest FROM payments_sighting
    WHERE statement_id = %s AND digest > %s ORDER BY digest LIMIT %s
)
SELECT digest, posted_on FROM kinds JOIN payments_statementline USING (digest) WHERE occurrence = 1
"""
DENIED = """
FROM payments_statementline AS kept
WHERE kept.account_id = %s AND kept.posted_on BETWEEN %s AND %s AND NOT EXISTS (
    SELECT FROM payments_sighting AS seen
    WHERE seen.statement_id = %s AND seen.digest = kept.digest
) AND (kept.payment_id = '' OR kept.raw ? 'paymentExecDate') AND kept.id <> ALL(%s)
AND NOT EXISTS (SELECT FROM payments_samepayment AS pair WHERE pair.notice_id = kept.id)
AND NOT EXISTS (SELECT FROM payments_partoforder AS part WHERE part.row_id = kept.id)
"""
DENIED_KINDS = f"""
SELECT DISTINCT kept.digest, kept.posted_on {DENIED} AND kept.digest > %s ORDER BY 1 LIMIT %s
"""
DENIED_MONEY = f"""
SELECT count(*) {DENIED} AND EXISTS (
    SELECT FROM payments_placement AS place
    WHERE place.line_id = kept.id AND place.closed_at IS NULL AND place.place = 'matched'
)
"""


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
        return sum(_is_posted(statement) for statement in found)


def _is_posted(statement: Statement) -> bool:
    """One that fails harms no other; it is tried again with the next run."""
    try:
        return _post(statement)
    except Exception as error:
        log_mishap(logger, f"the released statement {statement.pk} cannot be posted", error)
        return False


def _post(statement: Statement) -> bool:
    """Whether there was anything to do: who waited for another's posting finds nothing left."""
    with alone_with_imports([statement.account.number]):
        if not Statement.objects.released().filter(pk=statement.pk).exists():
            return False
        shared_days.settle_released(statement)
        _find_their_like(statement)
        _settle(statement, SHOWN, statement.pk)
        settle_denied(statement)
        end(statement)
        return True


def _find_their_like(statement: Statement) -> None:
    """Lines that tell of the very payments, and orders of which these are the rows. Each question
    locks its people once: both in one transaction could be part of a ring."""
    for settle in (told_twice.settle_released, divided.settle_released):
        with transaction.atomic():
            hold_accounts([statement.account.number])
            settle(statement.pk)


def settle_denied(statement: Statement, spared: Sequence[int] = ()) -> Placed:
    """Lines known from other files that this one, being whole, says are not there; `spared` are
    notices whose payments it shows."""
    days = _whole_days(statement, spared)
    return _settle(statement, DENIED_KINDS, *days) if days else Placed()


def denied_money(statement: Statement, spared: Sequence[int] = ()) -> int:
    """How many lines count as somebody's months today, and would not any more."""
    days = _whole_days(statement, spared)
    return int(ask(DENIED_MONEY, *days)[0][0]) if days else 0


def _whole_days(statement: Statement, spared: Sequence[int]) -> tuple:
    if statement.whole_through is None:
        return ()
    return (
        statement.account_id,
        statement.first_day,
        statement.whole_through,
        statement.pk,
        list(spared),
    )


def _settle(statement: Statement, command: str, *values) -> Placed:
    some = _digests(command, *values)
    return sum((posting.settle_again(statement, digests) for digests in some), Placed())


def _digests(command: str, *values) -> Iterator[dict[str, date]]:
    """With their days, some at a time."""
    last = ""
    while found := dict(ask(command, *values, last, AT_ONCE)):
        yield found
        last = max(found)


def end(statement: Statement) -> None:
    """Find whose the waiting sums may be, then let the days be complete: never the other way round,
    and a fault in the looking holds up no more than these days."""
    divided.settle_orders(statement)
    try:
        same_charges.settle(statement)
        likely.weigh_lines_of(statement)
    finally:
        finish(statement)


@transaction.atomic
def finish(statement: Statement) -> None:
    """All lines have their places: now the statement says that its days are complete."""
    hold_accounts([statement.account.number])
    Statement.objects.filter(pk=statement.pk).update(finished_at=clock.now())
    completeness.recompute_for(statement)
