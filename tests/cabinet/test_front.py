"""Home: at most four questions whatever the history, its main block kept, each new fact at once."""

import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from redis.exceptions import ConnectionError as CacheAway

from accounts.models import Person, SignIn, TimelineEntry, User
from cabinet import front
from common import kept
from common.clock import MOSCOW
from patents.models import Source
from payments.models import Account, Claim, QueueReason
from tests.cabinet.home import HOME, NOON, main_of, page_of, to_mend
from tests.factories import (
    PASSWORD,
    ApplicationFactory,
    ChargeFactory,
    InnFactory,
    PatentFactory,
    PlacementFactory,
    ReceiptFactory,
    StaffFactory,
)

pytestmark = pytest.mark.django_db
QUESTIONS = 3  # session, the account with its person, the facts


@pytest.fixture
def rendered(monkeypatch):
    """How often a main block was rendered."""
    seen, render = [], front._rendered
    monkeypatch.setattr(front, "_rendered", lambda *said: seen.append(said) or render(*said))
    return seen


# Questions.


def rich_history(patent) -> None:
    application = patent.application
    for month in range(12):
        old = ApplicationFactory(person=application.person, refused=True)
        receipt = ReceiptFactory(application=old)
        charge = ChargeFactory(receipt=receipt)
        PlacementFactory(application=old, receipt=receipt, charge=charge)
        PlacementFactory(application=application, queued=True, queue_reason=QueueReason.LATE)
        ChargeFactory(receipt=ReceiptFactory(application=application))
        TimelineEntry.objects.create(person=application.person, kind="password_changed")
        Claim.objects.create(
            application=application, months=1, amount=month + 1, paid_on=date(2026, 2, 1)
        )


@pytest.mark.parametrize("rich", [False, True])
@pytest.mark.parametrize("visit", ["first", "again"])
def test_home_asks_at_most_four_questions_whatever_the_history(mine, patent, rich, visit):
    if rich:
        rich_history(patent)
    if visit == "again":
        main_of(mine)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        main_of(mine)

    assert len(asked) == QUESTIONS


def test_a_click_that_moves_the_end_of_the_session_asks_four(client, patent):
    """Once a minute the session is touched, by one question more."""
    person = patent.application.person
    with time_machine.travel(NOON, tick=False):
        typed = {"username": patent.application.number, "password": PASSWORD}
        assert client.post(reverse("accounts:login"), typed).status_code == 302
    assert SignIn.objects.get(user=person.user).seen_at == NOON
    later = NOON + timedelta(minutes=5)

    with CaptureQueriesContext(connection) as asked:
        main_of(client, later)

    assert len(asked) == QUESTIONS + 1
    assert SignIn.objects.get(user=person.user).seen_at == later


# The kept block.


def test_the_main_block_is_rendered_once_for_the_same_facts(mine, rendered):
    assert main_of(mine) == main_of(mine)
    assert len(rendered) == 1


def test_what_is_kept_is_what_is_rendered(mine, settings):
    kept_page = [main_of(mine) for _visit in range(2)][1]

    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

    assert main_of(mine) == kept_page


def test_nobody_gets_the_block_of_somebody_else(mine, client, patent):
    main_of(mine)
    other = PatentFactory(issued_on=date(2026, 1, 15)).application.person
    Person.objects.filter(pk=other.pk).update(last_name="Рахимов")
    client.force_login(other.user)

    page = main_of(client)

    assert "Рахимов" in page
    assert patent.number not in page


def test_midnight_in_moscow_is_a_new_day_of_the_page(mine):
    last_second = datetime(2026, 2, 14, 23, 59, 59, tzinfo=MOSCOW)

    evening, night = main_of(mine, last_second), main_of(mine, last_second + timedelta(seconds=1))

    assert 'data-state="due"' in evening
    assert 'data-state="unseen"' in night


def test_the_block_speaks_the_language_of_the_request(mine):
    russian = main_of(mine)

    mine.cookies["django_language"] = "en"

    assert "We do not see your payment yet" in main_of(mine)
    assert "We do not see your payment yet" not in russian


def test_another_release_renders_anew(mine, rendered, monkeypatch):
    main_of(mine)

    monkeypatch.setattr(front, "fingerprint", lambda: "the next release")
    main_of(mine)

    assert len(rendered) == 2


def test_without_the_cache_the_page_is_the_same(mine, monkeypatch):
    def away(*arguments):
        raise CacheAway

    with_cache = main_of(mine)
    monkeypatch.setattr(kept, "_quiet_until", 0.0)
    monkeypatch.setattr(kept.cache, "get", away)
    monkeypatch.setattr(kept.cache, "set", away)

    assert main_of(mine) == with_cache


def test_a_cache_that_is_away_is_not_asked_at_each_page(mine, monkeypatch):
    tries = []

    def away(*arguments):
        tries.append(arguments)
        raise CacheAway

    monkeypatch.setattr(kept, "_quiet_until", 0.0)
    monkeypatch.setattr(kept.cache, "get", away)
    main_of(mine)
    main_of(mine)

    assert len(tries) == 1


# What belongs to one visit.


def test_each_visit_has_its_own_token_in_its_forms(mine):
    tokens = [re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page_of(mine)) for _ in "12"]

    assert len(set(tokens[0])) == len(set(tokens[1])) == 1
    assert tokens[0] != tokens[1]


def test_a_form_of_a_kept_page_is_accepted(mine, patent):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = mine.cookies
    main_of(strict)
    [token, *_] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page_of(strict))

    with time_machine.travel(NOON, tick=False):
        left = strict.post(reverse("accounts:logout"), {"csrfmiddlewaretoken": token})

    assert left.status_code == 302


def test_a_message_is_shown_once(mine, rendered):
    main_of(mine)
    add_message(mine, "Пароль изменён.")

    assert "Пароль изменён." in main_of(mine)
    assert "Пароль изменён." not in main_of(mine)


def test_somebody_elses_phone_gets_its_notice_and_no_sums_though_a_page_is_kept(mine):
    due = datetime(2026, 2, 10, 12, tzinfo=MOSCOW)
    own = main_of(mine, due)
    with time_machine.travel(due, tick=False):
        session = mine.session
        session["borrowed"] = True
        session.save()

    borrowed = main_of(mine, due)

    assert "10\u00a0000\u00a0₽" in own
    assert "•••\u00a0₽" in borrowed
    assert "10\u00a0000\u00a0₽" not in borrowed
    assert "sums=shown" in borrowed


def add_message(client, text) -> None:
    """What a page before this one left to be said."""
    storage, response = CookieStorage(RequestFactory().get("/")), HttpResponse()
    storage.add(SUCCESS, text)
    storage.update(response)
    client.cookies.update(response.cookies)


# Sessions die at once, whatever is kept.


def test_a_disabled_account_sees_nothing_though_its_page_is_kept(mine, patent):
    main_of(mine)
    User.objects.filter(pk=patent.application.person.user_id).update(is_active=False)

    with time_machine.travel(NOON, tick=False):
        assert mine.get(HOME).status_code == 302


def test_a_new_password_ends_the_session_though_its_page_is_kept(mine, patent):
    main_of(mine)
    user = patent.application.person.user
    user.set_password("sovsem-drugoy-les-7")
    user.save()

    with time_machine.travel(NOON, tick=False):
        assert mine.get(HOME).status_code == 302


def test_an_ended_session_sees_nothing_though_its_page_is_kept(mine):
    main_of(mine)
    mine.session.delete()

    with time_machine.travel(NOON, tick=False):
        assert mine.get(HOME).status_code == 302


def test_staff_have_no_home(client):
    client.force_login(StaffFactory())

    assert client.get(HOME).status_code == 404


# Whose word it is, the next patent, the calendar.


def said_of(client, at=NOON):
    return " ".join(main_of(client, at).replace("\xa0", " ").split())


def test_home_says_whose_word_the_patent_and_the_inn_are_and_how_old(mine, patent):
    step = patent.application.steps.filter(status="issued")
    step.update(source="ministry", received_at=datetime(2026, 2, 14, 12, 3, tzinfo=MOSCOW))
    InnFactory(
        person=patent.application.person,
        source="file",
        received_at=datetime(2026, 2, 3, 9, 30, tzinfo=MOSCOW),
    )

    page = said_of(mine)

    assert "данные МВД на 12:03, 14 февраля" in page
    assert "данные МВД из файла, получены в 09:30, 3 февраля" in page


def test_a_word_received_anew_shows_at_the_next_request(mine, patent, rendered):
    assert "данные МВД на 15:00" not in said_of(mine)
    now = datetime(2026, 2, 17, 15, tzinfo=MOSCOW)

    patent.application.steps.filter(status="issued").update(source="ministry", received_at=now)

    assert "данные МВД на 15:00, 17 февраля" in said_of(mine)


def test_an_annulment_names_its_own_source(mine, patent):
    patent.annulled_on, patent.annulled_reason = date(2026, 2, 10), "решение"
    patent.annulled_source = Source.MINISTRY
    patent.annulled_received_at = datetime(2026, 2, 11, 10, 15, tzinfo=MOSCOW)
    patent.save()

    assert "данные МВД на 10:15, 11 февраля" in said_of(mine)


@pytest.fixture
def in_the_year(patent):
    """All twelve months posted: the year ends on 14 January 2027."""
    for _month in range(11):
        PlacementFactory(application=patent.application)
    Account.objects.update(complete_through=date(2026, 12, 27))
    return patent


@pytest.mark.parametrize(
    ("day", "is_said"),
    [
        (date(2026, 10, 14), False),
        (date(2026, 10, 15), True),
        (date(2026, 12, 22), True),
        (date(2026, 12, 23), False),
    ],
)
def test_from_the_tenth_month_on_one_line_says_the_last_day_to_apply(
    client, in_the_year, day, is_said
):
    at = datetime(day.year, day.month, day.day, 12, tzinfo=MOSCOW)
    with time_machine.travel(at, tick=False):
        client.force_login(in_the_year.application.person.user)

    assert ("Новый патент: подайте до" in said_of(client, at)) == is_said


def test_who_has_applied_reads_no_line_about_the_next_patent(client, in_the_year):
    at = datetime(2026, 11, 15, 12, tzinfo=MOSCOW)
    with time_machine.travel(at, tick=False):
        client.force_login(in_the_year.application.person.user)
        assert "Новый патент: подайте до" in said_of(client, at)
        person = in_the_year.application.person
        ApplicationFactory(person=person, accepted_on=date(2026, 11, 14))

    assert "Новый патент: подайте до" not in said_of(client, at)


def test_an_application_left_behind_by_the_present_patent_hides_no_day_to_apply(
    client, in_the_year
):
    at = datetime(2026, 11, 15, 12, tzinfo=MOSCOW)
    person = in_the_year.application.person
    ApplicationFactory(person=person, accepted_on=date(2026, 1, 14))
    with time_machine.travel(at, tick=False):
        client.force_login(person.user)

    assert "Новый патент: подайте до" in said_of(client, at)


# A paper to mend.


def test_home_says_which_paper_has_to_be_mended_and_how(mine, patent):
    following = ApplicationFactory(person=patent.application.person, accepted_on=date(2026, 2, 16))
    to_mend(following)

    page = said_of(mine)

    assert "Нужно исправить 1 документ." in page
    assert "Миграционная карта" in page
    assert "Цель въезда не «работа»." in page


@pytest.mark.parametrize(("status", "accepted_on"), [("issued", 16), ("accepted", 14)])
def test_papers_of_an_application_that_nobody_waits_for_are_silent(
    mine, patent, status, accepted_on
):
    patent.issued_on = date(2026, 2, 15)
    patent.save()
    person, day = patent.application.person, date(2026, 2, accepted_on)
    to_mend(ApplicationFactory(person=person, status=status, accepted_on=day))

    assert "исправить" not in said_of(mine)


@pytest.mark.parametrize("name", ["cabinet:home", "cabinet:patent"])
def test_the_days_can_be_put_into_the_calendar_from_home_and_from_the_patent(mine, patent, name):
    with time_machine.travel(NOON, tick=False):
        page = mine.get(reverse(name)).content.decode()

    assert f'href="{reverse("cabinet:calendar")}"' in page


def test_without_a_living_patent_there_is_nothing_for_the_calendar(mine, patent):
    patent.annulled_on, patent.annulled_source = date(2026, 2, 10), Source.DESK
    patent.annulled_received_at = NOON
    patent.save()

    assert reverse("cabinet:calendar") not in main_of(mine)
