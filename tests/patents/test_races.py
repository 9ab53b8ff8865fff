"""Two operators at one moment; each guard has a twin that shows the race without it."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection

from accounts.models import Country
from common.errors import Refusal
from notifications.models import Message
from patents import services
from patents.models import Application, Inn
from patents.services import rows, steps
from tests.factories import ApplicationFactory, PersonFactory

INN = "775100004210"
EARLY, LATE = date(2026, 1, 5), date(2026, 1, 9)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def countries(transactional_db):
    Country.objects.get_or_create(code="UZB", defaults={"name": "Uzbekistan"})


def at_once(*jobs):
    """What each job came to: "done" or the name of its refusal."""
    barrier, outcomes = Barrier(len(jobs)), []

    def run(job):
        barrier.wait()
        try:
            job()
            outcomes.append("done")
        except Refusal as refusal:
            outcomes.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def entering(person):
    return lambda: services.enter_inn(person=person, value=INN, on=date(2026, 1, 5))


def test_one_inn_entered_for_two_people_at_once_belongs_to_one():
    outcomes = at_once(*[entering(PersonFactory()) for _ in range(3)])

    assert outcomes == ["InnTaken", "InnTaken", "done"]
    assert (Inn.objects.count(), Message.objects.count()) == (1, 1)


@pytest.fixture
def inns_without_guard():
    [guard] = [c for c in Inn._meta.constraints if c.name == "inn_of_one_person"]
    with connection.schema_editor() as editor:
        editor.remove_constraint(Inn, guard)
    yield
    Inn.objects.all().delete()
    with connection.schema_editor() as editor:
        editor.add_constraint(Inn, guard)


def test_without_the_constraint_one_inn_belongs_to_three(inns_without_guard):
    outcomes = at_once(*[entering(PersonFactory()) for _ in range(3)])

    assert outcomes == ["done"] * 3
    assert Inn.objects.filter(value=INN).count() == 3


def test_two_clicks_on_ready_are_one_step_and_one_message():
    application = ApplicationFactory(status="in_review")
    click = lambda: services.mark_ready(application=application, ready_on=EARLY)  # noqa: E731

    outcomes = at_once(click, click)

    assert outcomes == ["StepNotPossible", "done"]
    assert Message.objects.count() == 1
    assert application.person.timeline.count() == 1


def test_without_the_lock_two_clicks_write_two_lines(unlocked):
    application = ApplicationFactory(status="in_review")
    click = lambda: services.mark_ready(application=application, ready_on=EARLY)  # noqa: E731

    outcomes = at_once(click, click)

    assert outcomes == ["done", "done"]
    assert application.person.timeline.count() == 2


@pytest.fixture
def unlocked(monkeypatch):
    """Both read before either writes, as two requests do when nothing holds the row."""
    both_have_read = Barrier(2)

    def read(application):
        found = Application.objects.select_related("person").get(pk=application.pk)
        both_have_read.wait(timeout=10)
        return found

    monkeypatch.setattr(rows, "locked", read)


def paying(application, day):
    return lambda: services.set_first_paid(application=application, paid_on=day)


def test_the_earliest_day_stays_whoever_comes_first():
    for _ in range(3):
        application = ApplicationFactory()

        at_once(*[paying(application, day) for day in (LATE, EARLY, LATE)])

        application.refresh_from_db()
        assert application.first_paid_on == EARLY


def test_without_the_lock_a_later_day_takes_the_place_of_the_earliest(monkeypatch):
    application = ApplicationFactory()
    others = [paying(application, EARLY)]

    def read(application):
        found = Application.objects.get(pk=application.pk)
        if others:
            at_once(others.pop())  # written between our look and our writing
        return found

    monkeypatch.setattr(steps, "locked", read)
    at_once(paying(application, LATE))

    application.refresh_from_db()
    assert application.first_paid_on == LATE
