"""What stands on the day after the first start, and on later ones: one first start for all."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from common import clock
from common.clock import MOSCOW
from desk.demo.neighbours import NEIGHBOURS
from desk.demo.people import PEOPLE
from desk.demo.treasury import _statement
from notifications.models import Channel, Topic
from notifications.services import switched_off
from patents.models import Application, News
from patents.services import annul, issue_patent
from payments import posting_times
from payments.link_states import LinkState
from payments.models import Charge, PayLink, Placement, StatementLine, TillPayment
from payments.services.importing.statements import import_statement
from payments.services.online.credits import count_what_is_over, surplus_of
from payments.services.online.links import LINKS_A_DAY, look_at
from tests.desk.test_demo import PROMISED, START, person, standings_on, start_on

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("first_day"),
    pytest.mark.xdist_group("demo"),  # one worker starts it once
]


VISITORS_ORDER = {
    "Номер": "77",
    "Дата": "21.11.2026",
    "Сумма": "20000.00",
    "ПлательщикСчет": "40817810900000000999",
    "ДатаСписано": "21.11.2026",
    "ПлательщикИНН": "775100004210",
    "ПолучательСчет": "03100643000000018500",
    "ДатаПоступило": "22.11.2026",
    "НазначениеПлатежа": "НДФЛ патент",
}


@pytest.fixture(scope="module")
def first_day(django_db_setup, django_db_blocker):
    """The demo has been started on START; what a test does beyond that is undone after it."""
    all_of_them = transaction.atomic()
    all_of_them._from_testcase = True  # the demo's own durable blocks pass, as in a test
    with django_db_blocker.unblock(), all_of_them:
        start_on(START)
        yield
        transaction.set_rollback(True)


def test_a_second_start_of_the_day_changes_nothing():
    before = (Placement.objects.count(), Charge.objects.count(), Application.objects.count())

    assert start_on(START) == []
    after = (Placement.objects.count(), Charge.objects.count(), Application.objects.count())
    assert after == before


@pytest.mark.parametrize("later", [1, 5, 40])
def test_promises_hold_again_after_days(later):
    day = START + timedelta(days=later)

    start_on(day)

    assert standings_on(day) == PROMISED


def test_what_a_visitor_did_with_the_ready_patent_is_undone_by_life_itself():
    with time_machine.travel(datetime.combine(START, time(13), tzinfo=MOSCOW), tick=False):
        application = person("1381162").applications.get()
        number = "2600000777"
        issue_patent(application=application, series="77", number=number, issued_on=START)

    assert start_on(START) == ["1381162"]
    assert standings_on(START) == PROMISED


def test_what_a_visitor_said_for_the_ministry_is_undone_too():
    application = Application.objects.get(number="1381162")
    with time_machine.travel(datetime.combine(START, time(13), tzinfo=MOSCOW), tick=False):
        patent = issue_patent(
            application=application, series="77", number="2600007777", issued_on=START
        )
        annul(patent=patent, annulled_on=START, reason="нет договора")

    for day in (START, START + timedelta(days=1)):
        start_on(day)
        assert standings_on(day) == PROMISED


def test_the_money_of_yesterdays_story_is_posted():
    charge = Charge.objects.unposted().get()

    start_on(START + timedelta(days=1))

    assert Placement.objects.matched().filter(charge=charge).exists()


def test_passwords_are_as_promised():
    for who in PEOPLE:
        user = person(who.login).user
        assert user.check_password(f"demo-Parol-{who.login}")
        assert user.must_change_password == (who.login == "1381162")


def test_staff_stand_in_their_groups_and_nobody_is_a_superuser():
    staff = User.objects.filter(is_staff=True)
    assert {user.username: [g.name for g in user.groups.all()] for user in staff} == {
        name: [name]
        for name in ("operator", "accountant", "reviewer", "supervisor", "auditor", "hotline")
    }
    assert not staff.filter(is_superuser=True).exists()


def test_every_kopeck_of_the_demo_has_its_place():
    start_on(START + timedelta(days=3))

    call_command("check_ledger")
    assert StatementLine.objects.count() > 4


def test_a_visitors_money_of_yesterday_stays_posted_when_the_demo_completes_the_day():
    content = _statement([VISITORS_ORDER], START, START).replace("00:10:00", "12:00:00")
    content = content.replace("ДатаСоздания=23.11.2026", "ДатаСоздания=22.11.2026")
    import_statement(content=content.encode("cp1251"), name="a piece of the day.txt")
    [before] = Placement.objects.current().filter(line__amount=20000)

    start_on(START + timedelta(days=1))

    [after] = Placement.objects.current().filter(line__amount=20000)
    assert (before.place, after.pk) == ("matched", before.pk)


@pytest.mark.parametrize("later", [0, 9, 40])
def test_the_page_about_the_days_of_posting_has_figures(later, client):
    day = START + timedelta(days=later)
    start_on(day)

    with time_machine.travel(datetime.combine(day, time(12), tzinfo=MOSCOW), tick=False):
        posting_times.count_now()
        times = posting_times.times_now()
        page = client.get(
            reverse("payments:posting_times_for_all"), headers={"accept-language": "en"}
        )

    assert times.is_enough
    assert 1 <= times.median <= times.slow <= 7
    assert "Half of the payments come within" in page.content.decode()


def test_who_only_pays_sends_no_sms_among_which_a_visitor_would_look_for_theirs():
    people = [person(who.login).pk for who in NEIGHBOURS]

    off = switched_off(people, Channel.SMS)

    assert {(pk, Topic.MONEY) for pk in people} <= off
    assert not any(person(who.login).user.has_usable_password() for who in NEIGHBOURS)


def test_the_demo_has_example_news_once_and_they_say_that_they_are_examples():
    for day in (START, START + timedelta(days=1)):
        start_on(day)

    told = News.objects.order_by("occurred_on")
    assert [news.title_ru.startswith("Пример новости") for news in told] == [True, True]
    assert all(news.title_en and news.text_en for news in told)


def test_the_demo_has_a_till_with_money_of_today_a_link_and_money_over():
    for day in (START, START, START + timedelta(days=1)):
        start_on(day)
        counted = person("1381166")
        [taken] = TillPayment.objects.unposted().filter(receipt__person=counted)
        links = PayLink.objects.alive(day).filter(application__person=counted)

        assert taken.taken_on == day
        assert links.latest("pk").application_id == taken.receipt.application_id
        assert surplus_of(counted).amount == taken.amount / 2


def test_the_link_of_the_demo_takes_money_after_the_first_five_minutes_too():
    start_on(START)

    with time_machine.travel(datetime.combine(START, time(13), tzinfo=MOSCOW), tick=False):
        assert count_what_is_over() == 0
        assert look_at(PayLink.objects.get().token).state == LinkState.OPEN


def test_a_visitor_who_withdraws_links_all_day_does_not_stop_the_demo():
    for _link in range(LINKS_A_DAY + 1):
        start_on(START)
        PayLink.objects.update(revoked_at=clock.now())

    assert PayLink.objects.count() == LINKS_A_DAY
