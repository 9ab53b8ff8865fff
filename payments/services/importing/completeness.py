"""Treasury accounts and how far their statements are complete: derived from the files each time."""

import logging
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Min, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Approval, ApprovalKind
from common.clock import moscow_day
from common.errors import Refusal
from payments.models import Account, Placement, Requisites, Statement
from payments.opening.known import moves_over_lines
from payments.services.ledger.locks import hold_accounts
from payments.statements.completeness import complete_through
from payments.statements.joints import Joint, Whole, Word, broken, is_accepted, trusted
from payments.statements.model import ONE_DAY

logger = logging.getLogger(__name__)
COLUMNS = (
    *("sender", "first_day", "last_day", "whole_through", "imported_at"),
    *("balance_before", "balance_after"),
)


class OpeningBehindLines(Refusal):
    message = _("Lines of these days are counted already. The opening cannot be moved over them.")


@transaction.atomic
def open_account(*, number: str, counted_through: date) -> Account:
    """Completeness of this account starts after the day; lines up to it count as known before.

    Asked again it moves the opening, unless lines would change their meaning.
    """
    hold_accounts([number])
    account = Account.objects.filter(number=number).first()
    if account is None:
        return Account.objects.create(
            number=number, counted_through=counted_through, complete_through=counted_through
        )
    if account.counted_through != counted_through:
        _move_opening(account, counted_through)
    return account


def _move_opening(account: Account, counted_through: date) -> None:
    if moves_over_lines(account.number, counted_through):
        raise OpeningBehindLines
    account.counted_through = counted_through
    recompute(account)


def own_account(number: str) -> Account | None:
    """Our account of this number. One whose opening nobody has said yet begins with its
    requisites, so that nothing is complete and nothing is taken as counted before."""
    account = Account.objects.filter(number=number).first()
    first = Requisites.objects.filter(account=number).order_by("valid_from").first()
    if account or first is None:
        return account
    return open_account(number=number, counted_through=first.valid_from - ONE_DAY)


def recompute_for(statement: Statement) -> None:
    """Of its account, read anew: the opening may have moved since the statement was begun. The
    caller holds the account."""
    recompute(Account.objects.get(pk=statement.account_id))


def recompute(account: Account) -> None:
    """What finished statements prove. The caller holds the account."""
    before, found = account.broken_on, derived(account)
    account.complete_through, account.broken_on = found.through, found.broken_on
    account.save(update_fields=["counted_through", "complete_through", "broken_on"])
    if found.broken_on not in {None, before}:
        said = ("balances of account %s do not follow each other after %s", account.pk)
        transaction.on_commit(lambda: logger.error(*said, found.broken_on))


def _before_held(account: Account) -> date:
    """While nobody has said whether a held file is ours, and then until its lines are posted, its
    days wait, whatever others show: nobody may hear that a payment in it did not come."""
    held = Statement.objects.waited_for().filter(account=account)
    first = held.order_by("first_day").values_list("first_day", flat=True).first()
    return date.max if first is None else first - ONE_DAY


def _before_unweighed(account: Account) -> date:
    """While nobody has looked whose a sum may be, its day waits: it may be anybody's."""
    waiting = Placement.objects.unweighed().filter(line__account=account)
    first = waiting.aggregate(day=Min("line__posted_on"))["day"]
    return date.max if first is None else first - ONE_DAY


@dataclass(frozen=True, slots=True)
class Derived:
    """`joints` are the broken ones at which completeness stands still; `accepted` are broken, too,
    and two of the staff said that it may go on."""

    through: date
    joints: list[Joint]
    accepted: list[Joint]

    @property
    def broken_on(self) -> date | None:
        return self.joints[0].day if self.joints else None


def derived(account: Account) -> Derived:
    """By all finished statements together, in whatever order they came."""
    files = [_whole(row) for row in _whole_files(account)]
    found, words = broken(files), _words(account)
    joints = [joint for joint in found if not is_accepted(joint, words)]
    days = (one.days for one in trusted(files, joints))
    through = complete_through(account.counted_through, days)
    through = min(through, _before_held(account), _before_unweighed(account))
    through = max(account.counted_through, through)
    accepted = [joint for joint in found if joint not in joints]
    return Derived(through, [joint for joint in joints if joint.day >= through], accepted)


def about_joint(account: Account, joint: Joint, *, accepted: bool) -> dict:
    """What a decision of two about a broken joint keeps; `_words` reads it."""
    return {
        "account": account.number,
        "sender": joint.sender,
        "day": joint.day.isoformat(),
        "files": sorted(joint.keys),
        "accepted": accepted,
    }


def decisions(account: Account) -> QuerySet[Approval]:
    """Granted ones about its joints, the last at the end."""
    granted = Approval.objects.filter(kind=ApprovalKind.JOINT, granted=True)
    return granted.filter(facts__account=account.number).order_by("decided_at", "pk")


def _words(account: Account) -> list[Word]:
    return [
        Word(it["sender"], date.fromisoformat(it["day"]), frozenset(it["files"]), it["accepted"])
        for it in decisions(account).values_list("facts", flat=True)
    ]


def _whole_files(account: Account) -> QuerySet[Statement]:
    found = Statement.objects.finished().filter(account=account, whole_through__isnull=False)
    return found.only(*COLUMNS).order_by("pk")


def _whole(file: Statement) -> Whole:
    """Of a file that came before its days were over only those before it count, whatever clock
    its sender has. What it shows is the sender's whole day all the same: pieces do not add to it.
    """
    last = min(file.whole_through, over_by(file.imported_at))
    after = file.balance_after if last == file.last_day else None
    return Whole(file.pk, file.sender, file.first_day, last, file.balance_before, after)


def over_by(came_at: datetime) -> date:
    """The last day that was over by our own clock."""
    return moscow_day(came_at) - ONE_DAY
