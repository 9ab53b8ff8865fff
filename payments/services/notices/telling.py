"""What is said because a day came: once for an application, a kind and a day, whoever says it.

A run that was killed begins anew and meets what it has said; nothing of it is said twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, time

from django.db import connection, transaction

from common import clock
from common.batches import batches
from journal.services import finish_run, start_run, take_up_run
from notifications.events import Event
from notifications.services import queue_many
from patents.models import Application
from payments.due import REISSUES, Due, due
from payments.facts import standings_of
from payments.messages import event_of, has_applied
from payments.services.ledger import locks
from payments.services.ledger.wrong_lapses import take_lapses_back
from payments.services.notices import candidates
from payments.standing import Standing

LOCK = "reminders"
EVENING, LATEST = time(18), time(20, 55)  # of Moscow: no earlier, and nobody is woken
REMINDED = "payments.reminders"
HOURLY = "payments.notices"
AT_ONCE = 500
# Of what was said before nothing is written.
SAID = """
INSERT INTO payments_notice (application_id, kind, day)
SELECT * FROM unnest(%s::bigint[], %s::text[], %s::date[])
ON CONFLICT (application_id, kind, day) DO NOTHING RETURNING id, application_id, kind, day
"""
Words = tuple[Application, Due, Event]


def remind_in_the_evening() -> int | None:
    """Between 18:00 and 20:55 of Moscow, everybody once; returns how many notices are new.

    Asked again in the same evening it looks only at those who may have left a payment page. None
    outside the evening, or while another run is at it.
    """
    if not EVENING <= clock.now().astimezone(clock.MOSCOW).time() < LATEST:
        return None
    if not locks.take(LOCK):
        return None
    try:
        return remind(clock.today())
    finally:
        locks.give_back(LOCK)


def remind(today: date) -> int:
    """The reminders of a day."""
    run = take_up_run(job=REMINDED, period=str(today))
    people = sorted({*candidates.to_remind(today), *candidates.to_apply(today)})
    if run.finished_at:
        return _tell(candidates.at_a_page(people), today)
    said = _tell(people, today)
    finish_run(run)
    return said


def tell_every_hour() -> int | None:
    """Of days that are over, by what statements show; None when the hour is taken."""
    run = start_run(job=HOURLY, period=f"{clock.now():%Y-%m-%dT%H}")
    if run is None:
        return None
    said = tell_of_days_over()
    finish_run(run)
    return said


def tell_of_days_over() -> int:
    """Not visible yet, the term has passed, the first payment is missing; and first of all,
    of whom it has not passed after all."""
    take_lapses_back()
    today = clock.today()
    people = candidates.whose_days_are_over(today)
    return _tell(people, today, known_after=candidates.opened_on())


def _tell(people: Sequence[int], today: date, known_after: date = date.min) -> int:
    return sum(_tell_some(some, today, known_after) for some in batches(people, AT_ONCE))


@transaction.atomic
def _tell_some(people: Iterable[int], today: date, known_after: date) -> int:
    """The notices and their messages, or neither of them."""
    standings = [it for _pk, it in standings_of(list(people), today)]
    words = list(_words([it for it in standings if due(it) and it.lapse_known_by > known_after]))
    new = _written(words)
    by_event = defaultdict(list)
    for application, one, event in words:
        if pk := new.get((application.pk, one.kind, one.day)):
            by_event[event].append((pk, application.person_id, f"notice:{pk}"))
    for event, subjects in by_event.items():
        queue_many(event, subjects)
    return len(new)


def _words(standings: Sequence[Standing]) -> Iterable[Words]:
    """What each of them is to hear, with the application that it is about."""
    numbers = [it.case.application.number for it in standings]
    known = {one.number: one for one in Application.objects.filter(number__in=numbers)}
    for it in standings:
        application = known[it.case.application.number]
        for one in due(it):
            if not (one.kind in REISSUES and has_applied(application)):
                yield application, one, event_of(one.kind, it)


def _written(words: Iterable[Words]) -> dict[tuple[int, str, date], int]:
    """Those that nobody wrote before, with their keys."""
    rows = [(application.pk, one.kind, one.day) for application, one, _event in words]
    if not rows:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(SAID, [list(column) for column in zip(*rows, strict=True)])
        return {(application, kind, day): pk for pk, application, kind, day in cursor.fetchall()}
