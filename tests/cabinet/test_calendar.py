"""The calendar file: what a phone takes in, with alarms 10, 3 and 1 days before."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from icalendar import Calendar

from common.clock import MOSCOW
from tests.factories import ApplicationFactory, InnFactory, PatentFactory, PlacementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid(client):
    """Issued 15 April 2026, one month posted: pay by 14 May."""
    application = ApplicationFactory(status="issued", ready_on=date(2026, 1, 12))
    InnFactory(person=application.person)
    PatentFactory(application=application, issued_on=date(2026, 4, 15))
    PlacementFactory(application=application)
    client.force_login(application.person.user)
    return client


def events(client):
    answer = client.get("/cabinet/calendar.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    return {
        event["UID"].split("-")[0]: event for event in Calendar.from_ical(answer.content).events
    }


@time_machine.travel("2026-05-04 09:00:00+03:00", tick=False)
def test_every_day_on_which_something_is_to_be_done_stands_in_it(paid):
    found = events(paid)

    starts = {key: event.DTSTART.astimezone(MOSCOW) for key, event in found.items()}
    assert starts == {
        "pay": datetime(2026, 5, 14, 10, tzinfo=MOSCOW),
        "registration": datetime(2026, 5, 8, 10, tzinfo=MOSCOW),
        "contract": datetime(2026, 6, 14, 10, tzinfo=MOSCOW),
        "reissue": datetime(2027, 3, 31, 10, tzinfo=MOSCOW),
    }


@time_machine.travel("2026-05-04 09:00:00+03:00", tick=False)
def test_each_event_rings_ten_days_three_days_and_one_day_before(paid):
    for event in events(paid).values():
        rings = [alarm.TRIGGER for alarm in event.walk("VALARM")]
        assert rings == [timedelta(days=-10), timedelta(days=-3), timedelta(days=-1)]


@time_machine.travel("2026-05-04 09:00:00+03:00", tick=False)
def test_the_words_say_what_to_do_and_by_when(paid):
    summary = str(events(paid)["pay"]["SUMMARY"]).replace("\u00a0", " ")

    assert summary == "Патент: заплатите 10 000 ₽ до 14 мая 2026 включительно"


@time_machine.travel("2026-05-04 09:00:00+03:00", tick=False)
def test_taken_twice_it_is_the_same_event(paid):
    assert events(paid)["pay"]["UID"] == events(paid)["pay"]["UID"]


@time_machine.travel("2026-05-16 09:00:00+03:00", tick=False)
def test_while_a_payment_is_not_visible_the_calendar_asks_for_no_money(paid):
    assert set(events(paid)) == {"contract", "reissue"}


def is_offered(client) -> bool:
    return (
        reverse("cabinet:calendar") in client.get(reverse("cabinet:obligations")).content.decode()
    )


@pytest.mark.parametrize("day", ["2026-05-04", "2026-05-16"])
def test_the_page_offers_the_calendar_with_days_in_it(paid, day):
    with time_machine.travel(f"{day} 09:00:00+03:00", tick=False):
        assert is_offered(paid)
        assert events(paid)


@time_machine.travel("2026-02-04 09:00:00+03:00", tick=False)
def test_an_empty_calendar_is_not_offered(client):
    client.force_login(ApplicationFactory().person.user)

    assert not is_offered(client)
    assert events(client) == {}


def test_staff_have_no_calendar(client, admin_user):
    client.force_login(admin_user)

    assert client.get(reverse("cabinet:calendar")).status_code == 404


# --- the payments of the whole year


def payments(client):
    answer = client.get("/cabinet/payments.ics")
    assert 'filename="payments.ics"' in answer["Content-Disposition"]
    return Calendar.from_ical(answer.content).events


@time_machine.travel("2026-05-04 09:00:00+03:00", tick=False)
def test_every_payment_to_the_end_of_the_year_is_in_the_calendar_of_payments(paid):
    days = [event.DTSTART.astimezone(MOSCOW).date() for event in payments(paid)]

    assert (len(days), days[0], days[-1]) == (11, date(2026, 5, 14), date(2027, 3, 14))


@time_machine.travel("2026-05-04 09:00:00+03:00", tick=False)
def test_each_payment_rings_ten_days_three_days_and_one_day_before(paid):
    for event in payments(paid):
        rings = [alarm.TRIGGER for alarm in event.walk("VALARM")]
        assert rings == [timedelta(days=-10), timedelta(days=-3), timedelta(days=-1)]


@time_machine.travel("2026-05-04 09:00:00+03:00", tick=False)
def test_a_payment_of_the_next_year_names_no_sum_while_nobody_knows_it(paid):
    first, *_others, last = [str(one["SUMMARY"]).replace("\xa0", " ") for one in payments(paid)]

    assert first == "Патент: заплатите 10 000 ₽ до 14 мая 2026 включительно"
    assert last == "Патент: заплатите до 14 марта 2027 включительно"


@time_machine.travel("2026-05-04 09:00:00+03:00", tick=False)
def test_both_files_hold_the_next_payment_as_the_same_event(paid):
    assert payments(paid)[0]["UID"] == events(paid)["pay"]["UID"]


@time_machine.travel("2026-05-16 09:00:00+03:00", tick=False)
def test_while_a_payment_is_not_visible_the_calendar_of_payments_is_empty(paid):
    assert payments(paid) == []
