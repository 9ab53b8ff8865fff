"""What is known of one person on one day; properties say it for every reader alike."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from payments import coverage
from payments.standing.counting import Transit, deadline, is_traced
from payments.standing.facts import Case, LateMoney, Money
from payments.standing.states import (
    NOTICE_DAYS,
    OVER,
    TRANSIT_DAYS,
    BoxState,
    Channel,
    State,
    ThirdParty,
)


@dataclass(frozen=True, slots=True)
class Box:
    number: int
    first: date
    last: date
    state: BoxState


@dataclass(frozen=True)
class Standing:
    """Everything that sentences, pages and queues say about one person on one day.

    All days are inclusive. Months, days and boxes count posted and living money together
    unless the name says otherwise; without an issued patent they count the months paid ahead.
    """

    state: State
    today: date
    case: Case | None
    complete_through: date | None
    monthly: Decimal
    issued_on: date | None = None
    months: int = 0
    months_alone: int = 0  # what posted money would cover if the living money were not there
    proven_through: date | None = None  # without cheques that staff have not confirmed
    months_by_our_word: int = 0  # with money in time by a former day of issue only
    last_in_time: date | None = None  # for the next payment, by any day of issue that we named
    paid: tuple[Money, ...] = ()
    late: tuple[LateMoney, ...] = ()
    living: tuple[Money, ...] = ()
    transit: Transit | None = None
    reminded: bool = True  # by some way that the person did not switch off
    news_by_sms: bool = True  # of the application and the patent; else in the cabinet only
    money_by_sms: bool = True

    @property
    def months_posted(self) -> int:
        each_month = [money for money in self.paid for _month in range(money.months)]
        return sum(money.posted(self.today) for money in each_month[: self.months])

    @property
    def months_living(self) -> int:
        return self.months - self.months_posted

    @property
    def posted_through(self) -> date | None:
        """The last day covered if the living money were not there."""
        return self.issued_on and coverage.covered_through(self.issued_on, self.months_alone)

    @property
    def covered_through(self) -> date | None:
        """The last covered day; before the first month the day before issue."""
        return self.issued_on and coverage.covered_through(self.issued_on, self.months)

    last_covered = covered_through

    @property
    def year_end(self) -> date | None:
        return self.issued_on and coverage.year_end(self.issued_on)

    @property
    def days_to_year_end(self) -> int | None:
        return self.year_end and (self.year_end - self.today).days

    @property
    def pay_by(self) -> date | None:
        """The day that reminders name; None before issue and when the year is paid."""
        if self.issued_on is None or self.months == coverage.MONTHS_IN_YEAR:
            return None
        return coverage.pay_by(self.issued_on, self.months)

    @property
    def pay_until(self) -> date | None:
        """The day to write on a page: on the extra day of a short month, that day."""
        if self.pay_by is None or self.today <= self.pay_by:
            return self.pay_by
        return max(self.pay_by, self.last_in_time)

    @property
    def remind_on(self) -> date | None:
        return self.pay_by and self.pay_by - timedelta(days=NOTICE_DAYS)

    @property
    def is_payable(self) -> bool:
        """Time to ask for the next month, also while an earlier payment is on its way."""
        return self.pay_by is not None and self.remind_on <= self.today <= self.last_covered

    @property
    def next_through(self) -> date | None:
        """The last day covered after one more month."""
        return self.pay_by and coverage.covered_through(self.issued_on, self.months + 1)

    @property
    def first_payment_missing(self) -> bool:
        """For the staff's worklist: a patent was issued and nothing is known of any month."""
        return self.issued_on is not None and self.months == 0

    @property
    def first_month_is_in_time(self) -> bool:
        """The day of issue: nothing is known of any money, and money paid today still counts."""
        missing = self.state == State.UNSEEN and self.first_payment_missing
        return missing and not self.late and self.today == self.issued_on

    @property
    def is_paid_by_card(self) -> bool:
        """All known money came through us, so nobody gave the person a cheque."""
        return bool(self.paid) and all(money.channel == Channel.CHARGE for money in self.paid)

    @property
    def lapse_known_by(self) -> date | None:
        """The day through which statements must be complete before `lapsed` may be said."""
        if self.issued_on is None:
            return None
        last = self.last_in_time if self.months else self.last_covered
        return last + timedelta(days=TRANSIT_DAYS)

    @property
    def undecided(self) -> tuple[LateMoney, ...]:
        """Money that waits for staff and may turn out to be paid in time.

        Its day is in time; or it has none, and it was posted within the seven days. Until staff
        decide, nobody can say that a payment made in time did not arrive.
        """
        if self.issued_on is None:
            return ()
        return tuple(money for money in self.late if self._may_be_timely(money))

    @property
    def maybe(self) -> tuple[LateMoney, ...]:
        """Money that waits, may be this person's, and may be in time. It may as well be somebody
        else's, so neither its sum nor its day is said to them."""
        if self.issued_on is None:
            return ()
        found = (money for money in self.case.maybe if money.known(self.today))
        return tuple(money for money in found if self._may_be_timely(money))

    @property
    def halves(self) -> tuple[LateMoney, ...]:
        """Sums that make a month together, and make it in time, some of them on cheques only.

        They cover nothing, but nobody can say that no month was paid.
        """
        if self.issued_on is None:
            return ()
        found = self.case.halves
        return found if all(self._is_timely(money) for money in found) else ()

    @property
    def held(self) -> tuple[LateMoney, ...]:
        """Money in time by a day of issue that we named before, and late by the one that is right.

        Whoever paid it paid by our word: two of the staff decide, and until then it is not late.
        """
        if self.issued_on is None:
            return ()
        last, named = self._last_by_itself, self.last_in_time
        return tuple(m for m in self.late if m.paid_on and last < m.paid_on <= named)

    @property
    def pay_by_after_held(self) -> date | None:
        """The day to name for the next payment, whatever two decide about the money that is held:
        by the day of issue that is right."""
        if self.issued_on is None or self.months_by_our_word == coverage.MONTHS_IN_YEAR:
            return None
        return coverage.pay_by(self.issued_on, self.months_by_our_word)

    @property
    def prolongs_by_itself(self) -> bool:
        """Whether money paid today is in time by the day of issue that is right: nobody decides."""
        return self.issued_on is not None and self.today <= self._last_by_itself

    @property
    def _last_by_itself(self) -> date:
        return deadline(self.issued_on, self.months, self.case.patent.standing)

    @property
    def asked(self) -> tuple[date, ...]:
        """Days in time on which a payment was begun online and the acquirer keeps silent about it.

        It may have been taken: until the acquirer or two of the staff say otherwise, nobody can
        say that the person did not pay.
        """
        if self.issued_on is None:
            return ()
        last = min(self.today, self.last_in_time)
        return tuple(day for day in self.case.asked if day <= last)

    def _is_timely(self, money: LateMoney) -> bool:
        return money.known(self.today) and money.paid_on <= self.last_in_time

    def _may_be_timely(self, money: LateMoney) -> bool:
        if money.paid_on:
            return money.paid_on <= self.last_in_time
        return money.posted_on is not None and money.posted_on <= self.lapse_known_by

    @cached_property
    def boxes(self) -> tuple[Box, ...]:
        """The twelve months of the year; empty without an issued patent."""
        return boxes_of(self) if self.issued_on else ()

    @property
    def third_party(self) -> ThirdParty:
        return _third_party(self)


def boxes_of(it: Standing) -> tuple[Box, ...]:
    paid = _paid_boxes(it)
    boxes = []
    for number in range(1, coverage.MONTHS_IN_YEAR + 1):
        first, last = coverage.month_bounds(it.issued_on, number)
        state = paid[number - 1] if number <= len(paid) else _unpaid_box(it, number, first)
        boxes.append(Box(number, first, last, state))
    return tuple(boxes)


def _paid_boxes(it: Standing) -> list[BoxState]:
    states = [_money_box(it, money) for money in it.paid for _month in range(money.months)]
    return states[: it.months]


def _money_box(it: Standing, money: Money) -> BoxState:
    if money.posted(it.today):
        return BoxState.POSTED
    traced = is_traced(money, it.complete_through, it.today)
    return BoxState.TRACING if traced else BoxState.IN_TRANSIT


def _unpaid_box(it: Standing, number: int, first: date) -> BoxState:
    if it.state in OVER:
        return BoxState.LAPSED
    if first <= it.today:
        return BoxState.UNSEEN
    next_to_pay = number == it.months + 1
    return BoxState.DUE if next_to_pay and it.is_payable else BoxState.LATER


def _third_party(it: Standing) -> ThirdParty:
    """Living money vouches for today only where the centre or the acquirer has seen it."""
    if it.issued_on is None:
        return ThirdParty.NO_PATENT
    if it.state in OVER:
        return ThirdParty.ENDED
    if it.state in {State.VALID, State.DUE}:
        return ThirdParty.VALID
    if it.today > it.proven_through:
        return ThirdParty.CHECKED
    # A cheque shown early must not make a month that the Treasury has look doubtful.
    return ThirdParty.IN_TRANSIT if any(m.confirmed for m in it.living) else ThirdParty.VALID
