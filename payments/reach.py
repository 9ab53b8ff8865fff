"""How far the statements of an account reach, and why no further: for the staff."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Approval
from common.clock import today
from payments.models import Account, AccountHistory, Placement, Statement
from payments.services.importing.completeness import Derived, decisions, derived, over_by
from payments.statements.joints import Joint, Whole
from payments.statements.model import ONE_DAY

CHANGES_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Side:
    """A file beside a broken joint, with its balance there."""

    statement: Statement
    balance: Decimal


@dataclass(frozen=True, slots=True)
class BrokenJoint:
    """`file` is one of its files, for its address; `word` what two of the staff said of it last."""

    day: date
    sender: str
    file: int
    ending: list[Side]
    beginning: list[Side]
    word: Approval | None = None


@dataclass(frozen=True, slots=True)
class Change:
    at: datetime
    through: date
    broken_on: date | None


@dataclass(frozen=True, slots=True)
class Reach:
    """`missing` is the first day that nothing proves; None when yesterday is known."""

    through: date
    since: datetime | None
    statement: Statement | None
    missing: date | None
    why: str
    joints: list[BrokenJoint]
    accepted: list[BrokenJoint]
    changes: list[Change]


def of(account: Account) -> Reach:
    found, changes = derived(account), _changes(account)
    missing = account.complete_through + ONE_DAY
    missing = missing if missing < today() else None
    return Reach(
        through=account.complete_through,
        since=_since(account.complete_through, changes),
        statement=_that_proves(account).order_by("finished_at", "pk").first(),
        missing=missing,
        why=_why_missing(account, missing, found) if missing else "",
        joints=_with_files(account, found.joints),
        accepted=_with_files(account, found.accepted),
        changes=changes[:CHANGES_SHOWN],
    )


def _changes(account: Account) -> list[Change]:
    """The newest first. An opening that moved, or another balance, is a change as well."""
    rows = AccountHistory.objects.filter(pgh_obj_id=account.pk).order_by("-pgh_id")
    columns = ("pgh_created_at", "complete_through", "broken_on")
    return [Change(*row) for row in rows.values_list(*columns)]


def _since(through: date, changes: list[Change]) -> datetime | None:
    """When the day that holds now was reached the last time."""
    since = None
    for one in changes:
        if one.through != through:
            break
        since = one.at
    return since


def _that_proves(account: Account) -> QuerySet[Statement]:
    day = account.complete_through
    return Statement.objects.finished().filter(account=account).whole_on(day, day)


def _why_missing(account: Account, day: date, found: Derived) -> str:
    if found.joints:
        return _("Balances of the files do not follow each other, see below.")
    if why := _waited_for(account, day):
        return why
    files = Statement.objects.filter(account=account).whole_on(day, day)
    if any(over_by(file.imported_at) < day for file in files.finished()):
        return _("Its statement came before the day was over. Ask for a new one.")
    if files.exists():
        return _("The import of its statement was broken off: send the file again.")
    return _("No statement of the whole day has come.")


def _waited_for(account: Account, day: date) -> str:
    """Why the days of an account wait that its files prove: a file of any kind, or a sum."""
    files = Statement.objects.waited_for().filter(account=account, first_day__lte=day)
    if files.held().exists():
        return _("Its statement is held: look at it and release it.")
    if files.exists():
        return _("A statement was released and its lines are being posted. Wait.")
    sums = Placement.objects.unweighed().filter(line__account=account, line__posted_on__lte=day)
    if count := sums.count():
        words = _(
            "Sums whose people the portal still looks for: %d. It takes a minute. If this stays, "
            "tell the administrator."
        )
        return words % count
    return ""


def joint_of(account: Account, file: int) -> tuple[BrokenJoint | None, bool]:
    """The broken joint at whose morning or evening a file stands, and whether it is accepted."""
    found = derived(account)
    for joint in (*found.joints, *found.accepted):
        if joint.ending[0].pk == file:
            [shown] = _with_files(account, [joint])
            return shown, joint in found.accepted
    return None, False


def _with_files(account: Account, joints: list[Joint]) -> list[BrokenJoint]:
    if not joints:
        return []
    said = {(it.facts["sender"], it.facts["day"]): it for it in _said(account)}
    kept = Statement.objects.in_bulk([one.pk for joint in joints for one in joint.files])

    def sides(files: tuple[Whole, ...], name: str) -> list[Side]:
        return [Side(kept[one.pk], getattr(one, name)) for one in files]

    return [
        BrokenJoint(
            it.day,
            it.sender,
            it.ending[0].pk,
            sides(it.ending, "after"),
            sides(it.beginning, "before"),
            said.get((it.sender, it.day.isoformat())),
        )
        for it in joints
    ]


def _said(account: Account) -> QuerySet[Approval]:
    return decisions(account).select_related("asked_by", "decided_by")
