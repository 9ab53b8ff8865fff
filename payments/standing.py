"""Where a person stands: a pure function of facts and of today.

Nothing else in the portal decides whether something is overdue. The promise it keeps: a person
who paid in time is never told that they did not (docs/decisions/002-standing.md).
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from payments import coverage

TRANSIT_DAYS = 7
NOTICE_DAYS = 10


class State(StrEnum):
    """In the order in which they win when several are true."""

    ANNULLED = "annulled"
    EXPIRED = "expired"
    LAPSED = "lapsed"
    TRACING = "tracing"
    IN_TRANSIT = "in-transit"
    UNSEEN = "unseen"
    DUE = "due"
    VALID = "valid"
    READY = "ready"
    PREPARING = "preparing"
    REFUSED = "refused"
    NONE = "none"


class ThirdParty(StrEnum):
    """What a policeman or an employer is told."""

    VALID = "valid"
    IN_TRANSIT = "valid-in-transit"
    CHECKED = "being-checked"
    ENDED = "ended"
    NO_PATENT = "no-patent"


class BoxState(StrEnum):
    POSTED = "posted"
    IN_TRANSIT = "in-transit"
    TRACING = "tracing"
    DUE = "due"
    UNSEEN = "unseen"
    LAPSED = "lapsed"
    LATER = "later"


class Channel(StrEnum):
    """Who took the money. Of `bank` money we know nothing until it is posted."""

    CHARGE = "charge"
    TILL = "till"
    CLAIM = "claim"
    BANK = "bank"


@dataclass(frozen=True, slots=True)
class Money:
    """Whole paid months. Refunded money and closed claims are no facts and are left out.

    Months counted at go-live are money paid and posted on the day of issue.
    """

    amount: Decimal
    months: int
    paid_on: date
    posted_on: date | None = None
    channel: Channel = Channel.CHARGE
    confirmed: bool = True  # False: a cheque that staff have not looked at yet
    by_posting: bool = False  # the order has no day: paid on `paid_on`, its posting, or earlier

    def posted(self, today: date) -> bool:
        return self.posted_on is not None and self.posted_on <= today

    def known(self, today: date) -> bool:
        seen_at_once = self.channel != Channel.BANK and self.paid_on <= today
        return self.months > 0 and (self.posted(today) or seen_at_once)

    def counts_as_proof(self, today: date) -> bool:
        return self.confirmed or self.posted(today)

    @property
    def expected_by(self) -> date:
        return self.paid_on + timedelta(days=TRANSIT_DAYS)


@dataclass(frozen=True, slots=True)
class LateMoney:
    """Money that waits in the staff queue: it is named and changes nothing.

    Without a `paid_on` the day is unknown and the person is asked for the cheque.
    """

    amount: Decimal
    paid_on: date | None = None
    posted_on: date | None = None
    channel: Channel = Channel.BANK

    def known(self, today: date) -> bool:
        return all(day is None or day <= today for day in (self.paid_on, self.posted_on))


@dataclass(frozen=True, slots=True)
class ApplicationFacts:
    number: str
    status: str  # accepted, in_review, ready, issued, refused
    accepted_on: date
    ready_on: date | None = None
    expected_ready_on: date | None = None
    refused_on: date | None = None
    refusal_reason: str = ""


@dataclass(frozen=True, slots=True)
class PatentFacts:
    series: str
    number: str
    issued_on: date
    annulled_on: date | None = None
    annulled_reason: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One application, the patent that came of it, and the money of both.

    `late` holds lines of the staff queue only; what `money` holds too late is found here.
    """

    application: ApplicationFacts | None = None
    patent: PatentFacts | None = None
    money: tuple[Money, ...] = ()
    late: tuple[LateMoney, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    cases: tuple[Case, ...] = ()  # in the order in which they were accepted
    complete_through: date | None = None  # earliest of the accounts this person waits for
    monthly: Decimal = Decimal(0)  # the tariff of today


@dataclass(frozen=True, slots=True)
class Transit:
    """Living money that has been on its way for longest."""

    money: Money
    day_no: int  # 1 to 7, for the seven segments
    traced: bool

    @property
    def expected_by(self) -> date:
        return self.money.expected_by


@dataclass(frozen=True, slots=True)
class Box:
    number: int
    first: date
    last: date
    state: BoxState


@dataclass(frozen=True, slots=True)
class Walk:
    """The money of a case in the order it was paid, divided into in time and late."""

    in_time: tuple[Money, ...] = ()
    late: tuple[Money, ...] = ()
    months: int = 0


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
    paid: tuple[Money, ...] = ()
    late: tuple[LateMoney, ...] = ()
    living: tuple[Money, ...] = ()
    transit: Transit | None = None

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
        return max(self.pay_by, self.last_covered)

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
        return self.last_covered and self.last_covered + timedelta(days=TRANSIT_DAYS)

    @cached_property
    def boxes(self) -> tuple[Box, ...]:
        """The twelve months of the year; empty without an issued patent."""
        return _boxes(self) if self.issued_on else ()

    @property
    def third_party(self) -> ThirdParty:
        return _third_party(self)


def standing(facts: Facts, today: date) -> Standing:
    """Where the person stands today. Never raises, whatever the facts."""
    of_patent = _of_last_patent(facts, today)
    later = _last_application(facts, today, after=of_patent)
    if of_patent and (of_patent.state not in _OVER or later is None):
        return of_patent
    return _of_application(facts, later, today) if later else _nothing(facts, today)


_OVER = frozenset({State.ANNULLED, State.EXPIRED, State.LAPSED})


def _of_last_patent(facts: Facts, today: date) -> Standing | None:
    issued = [case for case in facts.cases if case.patent and case.patent.issued_on <= today]
    if not issued:
        return None
    latest = max(reversed(issued), key=lambda case: case.patent.issued_on)
    return _of_patent(facts, latest, today)


def _last_application(facts: Facts, today: date, *, after: Standing | None) -> Case | None:
    open_cases = [
        case
        for case in facts.cases
        if case.application
        and (case.patent is None or case.patent.issued_on > today)
        and (after is None or case.application.accepted_on >= after.issued_on)
    ]
    return max(reversed(open_cases), key=lambda case: case.application.accepted_on, default=None)


def _nothing(facts: Facts, today: date) -> Standing:
    return Standing(State.NONE, today, None, facts.complete_through, facts.monthly)


def _of_application(facts: Facts, case: Case, today: date) -> Standing:
    known = tuple(sorted((m for m in case.money if m.known(today)), key=_paid_order(today)))
    living = tuple(money for money in known if not money.posted(today))
    return Standing(
        state=_application_state(case.application),
        today=today,
        case=case,
        complete_through=facts.complete_through,
        monthly=facts.monthly,
        months=_capped(sum(money.months for money in known)),
        paid=known,
        living=living,
        transit=_transit(living, facts.complete_through, today),
        late=tuple(late for late in case.late if late.known(today)),
    )


def _application_state(application: ApplicationFacts) -> State:
    if application.status == "refused":
        return State.REFUSED
    # "issued" without a patent: the paper exists, its series and number are not entered yet.
    return State.READY if application.status in {"ready", "issued"} else State.PREPARING


def _of_patent(facts: Facts, case: Case, today: date) -> Standing:
    """The standing of an issued patent."""
    issued_on = case.patent.issued_on
    known = [money for money in case.money if money.known(today)]
    together = walk(issued_on, known, today)
    alone = walk(issued_on, [m for m in known if m.posted(today)], today)
    proven = walk(issued_on, [m for m in known if m.counts_as_proof(today)], today)
    living = tuple(money for money in together.in_time if not money.posted(today))
    transit = _transit(living, facts.complete_through, today)
    draft = Standing(
        state=State.VALID,
        today=today,
        case=case,
        complete_through=facts.complete_through,
        monthly=facts.monthly,
        issued_on=issued_on,
        months=together.months,
        months_alone=alone.months,
        proven_through=coverage.covered_through(issued_on, proven.months),
        paid=together.in_time,
        late=_late(case, together, today),
        living=living,
        transit=transit,
    )
    return replace(draft, state=_patent_state(draft))


def _patent_state(draft: Standing) -> State:
    rules = (
        (State.ANNULLED, _is_annulled),
        (State.EXPIRED, _is_expired),
        (State.LAPSED, _is_lapsed),
        (State.TRACING, _is_tracing),
        (State.IN_TRANSIT, _needs_living_money),
        (State.UNSEEN, _is_uncovered),
        (State.DUE, lambda it: it.is_payable),
    )
    return next((state for state, holds in rules if holds(draft)), State.VALID)


def _is_annulled(draft: Standing) -> bool:
    annulled_on = draft.case.patent.annulled_on
    return annulled_on is not None and annulled_on <= draft.today


def _is_expired(draft: Standing) -> bool:
    return draft.today > draft.year_end


def _is_uncovered(draft: Standing) -> bool:
    return draft.today > draft.last_covered


def _is_lapsed(draft: Standing) -> bool:
    """Only the Treasury's complete silence ends a patent, and never one without a first month.

    The Ministry hands a patent over on a cheque, so a first month that is nowhere to be found
    is a question to staff. Living money has already moved the last covered day.
    """
    return (
        _is_uncovered(draft)
        and draft.months_posted > 0
        and draft.complete_through is not None
        and draft.complete_through >= draft.lapse_known_by
    )


def _needs_living_money(draft: Standing) -> bool:
    """Without the money on its way today would be uncovered, or the next payment near."""
    if not draft.living or draft.months_alone == coverage.MONTHS_IN_YEAR:
        return False
    pay_by = coverage.pay_by(draft.issued_on, draft.months_alone)
    return draft.today >= pay_by - timedelta(NOTICE_DAYS)


def _is_tracing(draft: Standing) -> bool:
    return _needs_living_money(draft) and draft.transit.traced


def _paid_order(today: date):
    """Earlier money first, posted first on one day, so that posting changes no outcome."""
    return lambda money: (
        money.paid_on,
        not money.posted(today),
        money.channel,
        not money.confirmed,
        money.months,
        money.amount,
    )


def walk(issued_on: date, known: list[Money], today: date) -> Walk:
    """Count the money in the order it was paid; each piece in time reaches further."""
    in_time, late, months = [], [], 0
    for money in sorted(known, key=_paid_order(today)):
        if money.paid_on <= deadline(issued_on, months):
            in_time.append(money)
            months = _capped(months + money.months)
        else:
            late.append(money)
    return Walk(tuple(in_time), tuple(late), months)


def deadline(issued_on: date, months: int) -> date:
    """The last day, inclusive, on which the month after so many is paid in time.

    The last day covered before it; for the first month the day of issue.
    """
    return max(issued_on, coverage.covered_through(issued_on, months))


def _capped(months: int) -> int:
    return min(coverage.MONTHS_IN_YEAR, months)


def _late(case: Case, divided: Walk, today: date) -> tuple[LateMoney, ...]:
    found = tuple(_named(money) for money in divided.late)
    return found + tuple(late for late in case.late if late.known(today))


def _named(money: Money) -> LateMoney:
    """The day of posting proves that money was in time, never that it was late."""
    paid_on = None if money.by_posting else money.paid_on
    return LateMoney(money.amount, paid_on, money.posted_on, money.channel)


def _transit(living: tuple[Money, ...], complete: date | None, today: date) -> Transit | None:
    if not living:
        return None
    oldest = min(living, key=lambda money: money.paid_on)
    elapsed = (today - oldest.paid_on).days
    return Transit(oldest, min(TRANSIT_DAYS, max(1, elapsed)), _traced(oldest, complete, today))


def _traced(money: Money, complete: date | None, today: date) -> bool:
    """After day 7, but only when statements reach that far: a stopped feed traces nobody."""
    return today > money.expected_by and complete is not None and complete >= money.expected_by


def _boxes(it: Standing) -> tuple[Box, ...]:
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
    traced = _traced(money, it.complete_through, it.today)
    return BoxState.TRACING if traced else BoxState.IN_TRANSIT


def _unpaid_box(it: Standing, number: int, first: date) -> BoxState:
    if it.state in _OVER:
        return BoxState.LAPSED
    if first <= it.today:
        return BoxState.UNSEEN
    next_to_pay = number == it.months + 1
    return BoxState.DUE if next_to_pay and it.is_payable else BoxState.LATER


def _third_party(it: Standing) -> ThirdParty:
    """Living money vouches for today only where the centre or the acquirer has seen it."""
    if it.issued_on is None:
        return ThirdParty.NO_PATENT
    if it.state in _OVER:
        return ThirdParty.ENDED
    if it.state in {State.VALID, State.DUE}:
        return ThirdParty.VALID
    if it.today > it.proven_through:
        return ThirdParty.CHECKED
    # A cheque shown early must not make a month that the Treasury has look doubtful.
    return ThirdParty.IN_TRANSIT if any(m.confirmed for m in it.living) else ThirdParty.VALID
