"""What the portal tells because a day came, run as its schedule runs it, and whether it was right.

Each message is judged where it is promised, and goes at once: none is dropped on its way.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from django.db import transaction
from django.db.models import Max

from bench.simulation.oracle import Truth
from common import clock
from notifications.models import Message, MessageStatus
from payments.messages import APOLOGY, FIRST_MISSING, LAPSE_WITHDRAWN, LAPSED, LATE_MONEY
from payments.services.claims.claim_steps import look_at_the_clock
from payments.services.importing.likely import weigh_waiting
from payments.services.notices.telling import remind_in_the_evening, tell_of_days_over

TAKES_AWAY = {"payments.uncounted", "payments.day_fell", "payments.day_checked"}
UNDECIDED = LATE_MONEY.code  # never says that anything is late, so it is counted apart
SAYS_LATE = {LAPSED.code, FIRST_MISSING.code}
TAKEN_BACK = {one.code for one in (LAPSE_WITHDRAWN, APOLOGY)}


class Told:
    """Words to people in time that they are not: of money that could be known (`late`, goal 0), and
    of money that no statement had shown (`unknown`, `lapses`: person → the first such message)."""

    def __init__(self, truths: Mapping[int, Truth]):
        self.truths, self.heard = truths, 0
        self.all: Counter[str] = Counter()
        self.late: Counter[str] = Counter()
        self.undecided: Counter[str] = Counter()
        self.unknown: Counter[str] = Counter()
        self.lapses: dict[int, int] = {}
        self.wrong: list[str] = []

    def hear(self, day: date, paid_back: Collection[int]) -> None:
        """What is new since the last time; `paid_back`: whose money the bank took back."""
        rows = Message.objects.filter(pk__gt=self.heard).order_by("pk")
        for pk, event, person in rows.values_list("pk", "event", "person_id"):
            self.heard = pk
            self.all[event] += 1
            if event in TAKES_AWAY and person not in paid_back:
                self._late(event, person, day)
            elif event in {*SAYS_LATE, UNDECIDED} and self.truths[person].is_in_time(day):
                self._wrong(pk, event, person, day)

    def _wrong(self, pk: int, event: str, person: int, day: date) -> None:
        if not self.truths[person].is_hidden(day):
            if event == UNDECIDED:
                self.undecided[event] += 1
            else:
                self._late(event, person, day)
            return
        self.unknown[event] += 1
        if event == LAPSED.code:
            self.lapses.setdefault(person, pk)

    def _late(self, event: str, person: int, day: date) -> None:
        self.late[event] += 1
        self.wrong.append(f"{event} to {person} on {day}")

    def taken_back(self) -> int:
        """To how many of `lapses` it was said that the words were wrong."""
        rows = Message.objects.filter(event__in=TAKEN_BACK, person_id__in=self.lapses)
        last = dict(rows.values_list("person_id").annotate(last=Max("pk")))
        return sum(last.get(person, 0) > pk for person, pk in self.lapses.items())


def tell_of_the_day() -> None:
    """What the schedule asks for by the minute and by the hour."""
    weigh_waiting()
    look_at_the_clock()
    tell_of_days_over()
    deliver()


def tell_in_the_evening() -> None:
    remind_in_the_evening()
    deliver()


def deliver() -> None:
    """As the workers would, the operator apart: what was told is taken back otherwise than what
    still waits."""
    waiting = Message.objects.filter(status=MessageStatus.QUEUED)
    waiting.update(status=MessageStatus.SENT, text="…", secret="", sent_at=clock.now())


@contextmanager
def undone() -> Iterator[None]:
    """What is written within is not there afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
