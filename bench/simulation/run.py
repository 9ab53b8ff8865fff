"""Day after day: what we take, the files that come, the staff, and what the portal then says."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date, datetime, time
from decimal import Decimal
from unittest import mock

import time_machine
from django.db import connection
from django.db.models import Exists, OuterRef, Sum

from bench.simulation import asked, notices, paper, telling
from bench.simulation.clerk import Hands, staff
from bench.simulation.feed import Feed, File
from bench.simulation.figures import Figures
from bench.simulation.judging import (
    BY_THE_HOUR,
    BY_THE_LINE,
    NEWS,
    Agenda,
    Judge,
    Withdrawals,
    told_since,
    touched_since,
)
from bench.simulation.oracle import DAY, Said
from bench.simulation.people import READ_WITHIN, START, UNKNOWN, Payment, everybody
from bench.simulation.telling import Told
from bench.simulation.world import World
from common.clock import MOSCOW
from notifications.services import promises
from payments.messages import LAPSED
from payments.models import Place, Placement, SamePayment, StatementLine
from payments.services.audit import audit
from payments.services.claims.traces import start_traces
from payments.services.importing.statements import import_statement
from payments.services.online.credits import count_what_is_over

MORNING, EVENING = time(9), time(18)
MEASURED = {1, 3, 12, 20}  # days after the start
IN_SIGHT = [Place.MATCHED, Place.CREDIT, Place.QUEUE, Place.RETURNED]
Rule = Callable[[], AbstractContextManager]


class Simulation:
    """`without`: rules of the portal by name, each taken away from what it says of the same world
    on the same day; `figures` are those of the portal as it is. `every_day` asks everybody."""

    def __init__(
        self,
        people: int,
        days: int,
        seed: int,
        start: date = START,
        every_day: bool = False,
        without: Mapping[str, Rule] = {},
    ):
        self.every_day = every_day
        self.start, self.people = start, list(everybody(people, start, days, seed))
        payments = [payment for one in self.people for payment in one.payments]
        self.feed = Feed(payments, days, start, seed)
        self.notices = notices.Notices(payments, seed)
        self.truths = {one.number: one.truth for one in self.people}
        self.rules = {"": nullcontext, **without}
        self.judges = {name: Judge(self.truths) for name in self.rules}
        self.told = {name: Told(self.truths) for name in self.rules}
        self.agenda, self.withdrawals = Agenda(self.people), Withdrawals(self.truths)
        self.arrived: set[int] = set()
        self.gone: dict[int, int] = {}  # what the bank took back, and whose it was
        self.figures = Figures(
            people=people,
            days=days,
            payments=len(payments),
            unknown=round(sum(one.way in UNKNOWN for one in payments) / len(payments), 3),
        )

    def run(self, heard: Callable[[date], None] = lambda day: None) -> Figures:
        pair = staff()
        with _at(self.start) as clock, _quiet():
            self.world = World(self.people, self.start, pair[0].pk)
            self.hands = Hands(self.people, pair)
            for day in self._days():
                clock.move_to(datetime.combine(day, MORNING, MOSCOW))
                self._live(day)
                clock.move_to(datetime.combine(day, EVENING, MOSCOW))
                telling.tell_in_the_evening()
                _measure(day, self.start)
                heard(day)
            self._sum_up()
        return self.figures

    def _days(self) -> Iterator[date]:
        # The last name is read some days after its line.
        last = max([*self.feed.coming, *self.notices.coming]) + (READ_WITHIN + 1) * DAY
        return (self.start + one * DAY for one in range((last - self.start).days + 1))

    def _live(self, day: date) -> None:
        since = datetime.combine(day, MORNING, MOSCOW)
        self.world.morning(day)
        by_cheque = self.hands.show_cheques(day)
        for file in self.feed.files_of(day):
            self._take(file, day)
        self._hear(day)
        read = self.hands.read_names(day)
        self.hands.let_go(day)
        count_what_is_over()
        start_traces()
        self._tell(day)
        back, told = told_since(since, BY_THE_LINE), told_since(since, NEWS)
        sorry = told_since(since, BY_THE_HOUR)
        words = self._ask(day, touched_since(since) | by_cheque)
        ended = {number for number, said in words.items() if said.ends}
        ways = {"by_hand": (back | sorry) & read, "withdrawn": back, "by_cheque": by_cheque}
        ways |= {"overtaken": told, "by_the_hour": sorry}
        self.withdrawals.look(day, self.judges[""].shown, ended, ways)

    def _take(self, file: File, day: date) -> None:
        content = paper.content_of(self.feed, file)
        result = import_statement(content=content, name=f"{file.name}.txt")
        self.hands.release_held()
        self.figures.files += 1
        self.figures.lines += result.lines
        for posted_on, lines in self.feed.lines(file):
            self._come(lines, day)
            if file.is_whole:
                self._leave(self.feed.returned.get(posted_on, []), day)
        self._tell(day)

    def _hear(self, day: date) -> None:
        told = self.notices.coming.get(day)
        if told:
            content = notices.content_of(told, day)
            import_statement(content=content, name=f"notices-{day}.xml")
            self.hands.release_held()
            self.figures.notices += len(told)
            self._come(told, day)

    def _tell(self, day: date) -> None:
        """What is said of days that are over: by each set of rules, and none but ours remains.
        Of a rule that is missing until it is seen what comes of it: to live on costs the most."""
        for name, without in self.rules.items():
            if name and self.told[name].late[LAPSED.code]:
                continue
            with without(), telling.undone() if name else nullcontext():
                telling.tell_of_the_day()
                self.told[name].hear(day, set(self.gone.values()))

    def _come(self, lines: list[Payment], day: date) -> None:
        for one in lines:
            if one.number in self.arrived:
                continue
            self.arrived.add(one.number)
            if one.by_hand:
                self.hands.come(one, day)
            elif one.paid:
                one.paid.comes(day)

    def _leave(self, sums: list[Payment], day: date) -> None:
        for one in sums:
            if one.number not in self.gone:
                self.gone[one.number] = one.person
                self.hands.leave(one, day)

    def _ask(self, day: date, touched: set[int]) -> dict[int, Said]:
        """What home says to those on the agenda, by each set of rules."""
        planned, words = self.agenda.of(day), {}
        told = self.truths if self.every_day else planned | touched
        people = sorted(one for one in told if day >= self.truths[one].issued_on)
        answers = list(asked.answers(people, day))
        for name, without in self.rules.items():
            with without():
                words[name] = {number: asked.said(answer, day) for number, answer in answers}
            self.judges[name].hear(day, words[name])
        for number in planned:
            self.agenda.go_on(self.truths[number], number, day)
        self.figures.asked += len(answers)
        return words[""]

    # --- the end

    def _sum_up(self) -> None:
        figures, judge, ends = self.figures, self.judges[""], self.withdrawals.ends
        figures.told_the_opposite = len(judge.told_the_opposite)
        figures.called_valid, figures.states = len(judge.called_valid), judge.states
        figures.others, figures.left = self.withdrawals.others, ends["left"]
        for name in ("withdrawn", "by_hand", "by_cheque", "overtaken", "by_the_hour", "untold"):
            setattr(figures, name, ends[name])
        figures.untold += len(self.withdrawals.open)
        figures.left_out = len(judge.left_out)
        self._sum_up_words()
        self._sum_up_money()

    def _sum_up_words(self) -> None:
        figures, told = self.figures, self.told[""]
        figures.words, figures.wrong_words = told.all, told.late
        figures.told_late, figures.told_lapsed = told.late.total(), len(told.lapses)
        figures.told_undecided = told.undecided.total()
        figures.wrong_to = self.judges[""].wrong + told.wrong
        figures.told_taken_back = told.taken_back()
        figures.told_left = figures.told_lapsed - figures.told_taken_back

    def _sum_up_money(self) -> None:
        figures, found = self.figures, audit()
        payments = (payment for one in self.people for payment in one.payments)
        told = sum(one.amount for one in payments if one.number in self.arrived)
        figures.difference = abs(found.total - sum(found.places.values()))
        figures.faults = len(found.faults)
        pairs = SamePayment.objects.all()
        twice = pairs.aggregate(sum=Sum("notice__amount", default=Decimal(0)))["sum"]
        figures.unpaired = abs(figures.notices - pairs.count())
        figures.lost_or_invented = abs(found.total - twice - Decimal(told))
        figures.queued = Placement.objects.queued().count()
        seen = Placement.objects.current().filter(line=OuterRef("pk"), place__in=IN_SIGHT)
        lines = StatementLine.objects.exclude(pk__in=pairs.values("notice"))
        figures.unplaced = lines.filter(~Exists(seen)).count()


def _measure(day: date, start: date) -> None:
    """The tables grow from nothing: what the database knows of them must follow."""
    if day.day == 1 or (day - start).days in MEASURED:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@contextmanager
def _at(day: date):
    with time_machine.travel(datetime.combine(day, MORNING, MOSCOW), tick=False) as clock:
        yield clock


@contextmanager
def _quiet():
    """Nobody delivers: what is promised stands in its row."""
    with mock.patch.object(promises, "wake_after_commit"):
        yield
