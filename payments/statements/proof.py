"""What a file says of the sums on an account, held against its lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from patents.workdays import is_working
from payments.statements.errors import NotAStatement
from payments.statements.model import ONE_DAY

NOTHING = Decimal("0.00")


@dataclass(slots=True)
class Turnover:
    """What came and went by the lines read so far."""

    came: Decimal = NOTHING
    sent: Decimal = NOTHING

    def add(self, amount: Decimal, *, outgoing: bool) -> None:
        if outgoing:
            self.sent += amount
        else:
            self.came += amount


@dataclass(frozen=True, slots=True)
class Part:
    """A section about some days of an account, both ends included. None: it does not say."""

    first_day: date
    last_day: date
    before: Decimal | None = None
    after: Decimal | None = None
    came: Decimal | None = None
    sent: Decimal | None = None


def sums_agree(parts: list[Part], turnover: Turnover, came: str, sent: str) -> bool:
    """Whether given balances are bridged by the lines; NotAStatement when anything given differs.

    `came` and `sent` are what the file calls its totals, for the sentence of a refusal.
    """
    _must_equal(came, [part.came for part in parts], turnover.came)
    _must_equal(sent, [part.sent for part in parts], turnover.sent)
    ordered = sorted(parts, key=lambda part: (part.first_day, part.last_day))
    if not ordered or any(None in (part.before, part.after) for part in ordered):
        return False
    for part, following in zip(ordered, ordered[1:], strict=False):
        if part.after != following.before:
            raise NotAStatement(_("The balances of the sections do not follow each other."))
    if ordered[0].before + turnover.came - turnover.sent != ordered[-1].after:
        raise NotAStatement(
            _("The payments of the file do not lead from its first balance to its last.")
        )
    return True


def balances(parts: list[Part]) -> tuple[Decimal | None, Decimal | None]:
    """Before the first section and after the last; None where they are not given."""
    ordered = sorted(parts, key=lambda part: (part.first_day, part.last_day))
    return (ordered[0].before, ordered[-1].after) if ordered else (None, None)


def _must_equal(key: str, given: list[Decimal | None], counted: Decimal) -> None:
    """A total may be missing; where every section has one, it is right to the kopeck."""
    if not given or None in given or sum(given) == counted:
        return
    raise NotAStatement(
        _("%(key)s is %(given)s, but the payments of the file make %(counted)s. Is it cut off?")
        % {"key": key, "given": sum(given), "counted": counted}
    )


def cover(parts: Iterable[Part], first_day: date, last_day: date) -> bool:
    """Whether the parts leave out nothing but days on which the Treasury does not work.

    Money that came and went on the same left-out day would not show in the balances.
    """
    through = first_day - ONE_DAY
    for part in sorted(parts, key=lambda part: part.first_day):
        if _works_between(through, part.first_day):
            return False
        through = max(through, part.last_day)
    return not _works_between(through, last_day + ONE_DAY)


def _works_between(last: date, following: date) -> bool:
    """Whether a working day lies strictly between the two."""
    day = last + ONE_DAY
    while day < following:
        if is_working(day):
            return True
        day += ONE_DAY
    return False
