"""What a standing is a function of; `payments.facts` reads it from the database."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from payments.standing.states import TRANSIT_DAYS, Channel


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
    parts: tuple[tuple[Decimal, date], ...] = ()  # sums with their days, where it came apart

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
    """Money that waits in the staff queue: it is named and covers nothing.

    Without a `paid_on` the day is unknown and the person is asked for the cheque, unless the money
    is `doubted`: it waits for something else, such as which of two files is right.
    """

    amount: Decimal
    paid_on: date | None = None
    posted_on: date | None = None
    channel: Channel = Channel.BANK
    doubted: bool = False

    @property
    def asks_day(self) -> bool:
        return self.paid_on is None and not self.doubted

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
class FormerDay:
    """A day of issue that stood in our records, until another one took its place on a day.

    `stands`: what two of the staff decided about money paid by it; None while nobody has.
    """

    issued_on: date
    until: date = date.max
    stands: bool | None = None


@dataclass(frozen=True, slots=True)
class PatentFacts:
    series: str
    number: str
    issued_on: date
    annulled_on: date | None = None
    annulled_reason: str = ""
    former: tuple[FormerDay, ...] = ()

    @property
    def standing(self) -> tuple[FormerDay, ...]:
        """Former days by which money is in time: two of the staff said so."""
        return tuple(day for day in self.former if day.stands)

    @property
    def named(self) -> tuple[FormerDay, ...]:
        """Former days by which money is, or may turn out to be, in time."""
        return tuple(day for day in self.former if day.stands is not False)


@dataclass(frozen=True, slots=True)
class Case:
    """One application, the patent that came of it, and the money of both.

    `late` holds lines of the staff queue only; what `money` holds too late is found here. `maybe`
    are others of that queue which may turn out to be this person's. `asked` are the days on which
    online payments were begun whose end the acquirer has not told. `halves` are sums, some of them
    on cheques only, none of which is a month and which make one together.
    """

    application: ApplicationFacts | None = None
    patent: PatentFacts | None = None
    money: tuple[Money, ...] = ()
    late: tuple[LateMoney, ...] = ()
    asked: tuple[date, ...] = ()
    maybe: tuple[LateMoney, ...] = ()
    halves: tuple[LateMoney, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    cases: tuple[Case, ...] = ()  # in the order in which they were accepted
    complete_through: date | None = None  # earliest of the accounts this person waits for
    monthly: Decimal = Decimal(0)  # the tariff of today
    reminded: bool = True  # the person did not switch reminders off
