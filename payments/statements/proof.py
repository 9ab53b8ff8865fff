"""What a file says of the sums on an account, held against its lines."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from patents.workdays import is_working
from payments.statements.errors import Refused
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
class Names:
    """What a format calls its balances and totals: a refusal names them so."""

    before: str
    after: str
    came: str
    sent: str


@dataclass(frozen=True, slots=True)
class Part:
    """A section about some days of an account, both ends included. None: it does not say.

    `refused` makes a refusal at the line where the section says the sum of that name.
    """

    first_day: date
    last_day: date
    refused: Callable[[str, str], Refused]
    before: Decimal | None = None
    after: Decimal | None = None
    came: Decimal | None = None
    sent: Decimal | None = None


def sums_agree(parts: list[Part], turnover: Turnover, names: Names) -> bool:
    """Whether given balances are bridged by the lines; Refused when anything given differs."""
    ordered = _in_order(parts)
    _must_equal(names.came, ordered, [part.came for part in ordered], turnover.came)
    _must_equal(names.sent, ordered, [part.sent for part in ordered], turnover.sent)
    for part in ordered:
        _must_add_up(part, names)
    if not ordered or any(None in (part.before, part.after) for part in ordered):
        return False
    for part, following in pairwise(ordered):
        _must_follow(part, following, names)
    _must_lead(ordered, turnover, names)
    return True


def balances(parts: list[Part]) -> tuple[Decimal | None, Decimal | None]:
    """Before the first section and after the last; None where they are not given."""
    ordered = _in_order(parts)
    return (ordered[0].before, ordered[-1].after) if ordered else (None, None)


def _in_order(parts: list[Part]) -> list[Part]:
    return sorted(parts, key=lambda part: (part.first_day, part.last_day))


def _must_equal(key: str, parts: list[Part], given: list[Decimal | None], counted: Decimal) -> None:
    """A total may be missing; where every section has one, it is right to the kopeck."""
    if not given or None in given or sum(given) == counted:
        return
    why = _("%(key)s is %(given)s, but the payments of the file make %(counted)s. Is it cut off?")
    raise parts[-1].refused(key, why % {"key": key, "given": sum(given), "counted": counted})


def _must_add_up(part: Part, names: Names) -> None:
    """Two sections with faults that make up for each other would pass as a whole."""
    if None in (part.before, part.after, part.came, part.sent):
        return
    made = part.before + part.came - part.sent
    if made != part.after:
        why = _("%(key)s is %(given)s, but the other sums of the section make %(counted)s.")
        words = why % {"key": names.after, "given": part.after, "counted": made}
        raise part.refused(names.after, words)


def _must_follow(part: Part, following: Part, names: Names) -> None:
    if part.after != following.before:
        why = _("%(key)s is %(given)s, but the section before ends with %(counted)s.")
        words = why % {"key": names.before, "given": following.before, "counted": part.after}
        raise following.refused(names.before, words)


def _must_lead(ordered: list[Part], turnover: Turnover, names: Names) -> None:
    made = ordered[0].before + turnover.came - turnover.sent
    if made != ordered[-1].after:
        why = _("%(key)s is %(given)s, but the payments of the file lead to %(counted)s.")
        words = why % {"key": names.after, "given": ordered[-1].after, "counted": made}
        raise ordered[-1].refused(names.after, words)


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
