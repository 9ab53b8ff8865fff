"""Statements stop for nine days: one alarm, one banner, and never a wrong word."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from accounts.models import Person, TimelineEntry
from common.clock import today
from desk.crowd.copies import make_copies
from desk.crowd.sample import make_sample
from notifications.models import Message
from patents.workdays import subtract_working_days
from payments.due import REISSUES, REMINDERS
from payments.facts import QUESTION, facts_said, standing_of
from payments.models import Account, Claim, Notice, NoticeKind, Requisites, Trace
from payments.services.claims.traces import start_traces
from payments.services.importing.completeness import own_account
from payments.services.importing.silence import watch_statements
from payments.services.notices import telling
from payments.standing import State, standing
from payments.tasks import watch_statements as the_task
from tests.factories import (
    AccountFactory,
    ApplicationFactory,
    LineFactory,
    PatentFactory,
    PlacementFactory,
    StaffFactory,
    statements_through,
)

pytestmark = pytest.mark.django_db
TOLD_NOBODY = {State.LAPSED, State.TRACING}
LAST = date(2026, 2, 10)  # what statements show


@pytest.fixture
def silent(february_20):
    """On 20 February statements are complete through the 10th, as they were nine days ago."""
    return statements_through(LAST)


# --- the alarm


def test_staff_get_one_alarm_however_often_one_looks(silent, caplog):
    assert [watch_statements() for _hour in range(3)] == [1, 0, 0]
    assert caplog.messages == [f"statements of account {silent.pk} are silent since 2026-02-10"]


def test_a_silence_after_another_is_an_alarm_of_its_own(silent, february_20):
    watch_statements()
    statements_through(date(2026, 2, 12))

    assert watch_statements() == 1


def test_statements_of_some_days_ago_are_no_silence(february_20, settings):
    days = settings.STATEMENTS_SILENT_DAYS
    statements_through(subtract_working_days(date(2026, 2, 20), days))

    assert watch_statements() == 0


# The Treasury works through 30 December and from 12 January on: thirteen days without statements.
LAST_OF_THE_YEAR = date(2025, 12, 30)


def statements_of_december() -> None:
    opened = {"counted_through": date(2025, 11, 30), "complete_through": date(2025, 11, 30)}
    statements_through(LAST_OF_THE_YEAR, AccountFactory(**opened).number)


@pytest.mark.parametrize(("day", "alarms"), [(9, 0), (12, 0), (14, 0), (15, 0), (16, 1), (19, 1)])
def test_the_holidays_of_january_are_no_silence(day, alarms):
    with time_machine.travel(datetime(2026, 1, day, 9, tzinfo=UTC)):
        statements_of_december()

        assert watch_statements() == alarms


def test_nine_silent_days_of_january_are_no_complete_days_all_the_same():
    """No alarm yet, and whoever was covered through 4 January is told nothing wrong."""
    statements_of_december()
    course = {"status": "issued", "accepted_on": date(2025, 11, 20), "ready_on": date(2025, 12, 3)}
    patent = PatentFactory(application=ApplicationFactory(**course), issued_on=date(2025, 12, 5))
    line = LineFactory(posted_on=date(2025, 12, 8))
    PlacementFactory(line=line, application=patent.application, paid_on=date(2025, 12, 4))
    with time_machine.travel(datetime(2026, 1, 14, 9, tzinfo=UTC)):
        standing = standing_of(patent.application.person)

        assert (watch_statements(), standing.state) == (0, State.UNSEEN)
        assert standing.complete_through == LAST_OF_THE_YEAR


def test_an_account_of_former_requisites_may_be_silent(silent):
    Requisites.objects.update(account="40101810045250010041")

    assert watch_statements() == 0


def test_the_task_watches(silent, caplog):
    the_task()

    assert len(caplog.messages) == 1


def test_the_silence_stands_on_the_start_page_of_the_staff(silent, client):
    client.force_login(StaffFactory())
    with translation.override("en"):
        client.cookies["django_language"] = "en"
        page = client.get(reverse("admin:index")).content.decode()

    assert "No statements of the Treasury for a long time" in page
    assert reverse("admin:payments_account_changelist") in page


# --- the banner


def home(client, person) -> str:
    client.force_login(person.user)
    return client.get(reverse("cabinet:home")).content.decode()


def test_home_says_how_far_the_data_reach_and_asks_for_nothing(silent, application, client):
    page = home(client, application.person)

    assert page.count("data-silent") == 1
    assert "10\xa0февраля" in page or "10 февраля" in page


def test_the_banner_goes_when_the_statements_come(silent, application, client):
    home(client, application.person)
    statements_through(date(2026, 2, 19))

    assert "data-silent" not in home(client, application.person)


# --- a thousand people, and some of them where each is told something


@pytest.fixture
def thousand(february_20):
    return unposted(february_20, copies=19)


@pytest.fixture
def some(february_20):
    return unposted(february_20, copies=3)


def unposted(february_20, *, copies: int) -> list[Person]:
    """Whose money was not posted: for all of them the last month is over, and days 7 are, too."""
    make_sample(50, date(2026, 2, 20))
    make_copies(copies, 50)
    Claim.objects.all().delete()
    own_account(Requisites.objects.on(LAST, "77").get().account)
    february_20.move_to(datetime(2026, 9, 1, 9, tzinfo=UTC))
    return list(Person.objects.order_by("pk"))


def said_of(people) -> set[State]:
    """By the question that `standing_of` asks, of all of them at once."""
    day = today()
    answers = QUESTION.ask_of_each("person", [person.pk for person in people], day=day)
    return {standing(facts_said(answer, day), day).state for answer in answers}


def words() -> tuple[int, int]:
    return Message.objects.count(), TimelineEntry.objects.count()


def test_a_thousand_people_hear_nothing_wrong_while_statements_are_silent(thousand, caplog):
    Account.objects.update(counted_through=LAST, complete_through=LAST)
    before = words()

    assert len(thousand) == 1000
    assert (start_traces(), watch_statements(), watch_statements()) == (0, 1, 0)
    assert not said_of(thousand) & TOLD_NOBODY
    assert telling.tell_every_hour() == 0
    assert (words(), Trace.objects.count()) == (before, 0)
    assert len(caplog.messages) == 1


def test_in_the_evenings_of_the_silence_reminders_alone_are_said(some, february_20):
    """Of days to come, never of days that are over; and the hours between them say nothing."""
    Account.objects.update(counted_through=LAST, complete_through=LAST)
    for day in range(1, 4):
        february_20.move_to(datetime(2026, 2, 18 + day, 15, 5, tzinfo=UTC))
        telling.remind_in_the_evening()
        february_20.move_to(datetime(2026, 2, 18 + day, 17, 5, tzinfo=UTC))
        assert telling.tell_every_hour() == 0

    said = set(Notice.objects.values_list("kind", flat=True))
    assert said <= set(REMINDERS) | set(REISSUES)
    assert said & set(REMINDERS)


def test_the_twin_when_statements_speak(some):
    """Had the check of completeness gone, all of the thousand would have read it."""
    Account.objects.update(complete_through=date(2026, 8, 31))

    assert State.LAPSED in said_of(some)
    assert telling.tell_every_hour() > 0
    assert Notice.objects.filter(kind=NoticeKind.LAPSED).exists()
