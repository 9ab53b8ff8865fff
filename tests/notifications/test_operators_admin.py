"""Pages of the operators and of the sums."""

from decimal import Decimal

import pytest
import time_machine
from django.contrib import admin
from django.urls import reverse
from django.utils import translation

from common import clock
from notifications.models import Operator, OperatorMinute, Spent
from notifications.operators_admin import SpentAdmin
from notifications.services import spending
from tests.factories import StaffFactory

OPERATORS = reverse("admin:notifications_operator_changelist")
SUMS = reverse("admin:notifications_spent_changelist")


@pytest.fixture
def inside(client, db):
    client.force_login(StaffFactory())
    client.cookies["django_language"] = "en"
    with time_machine.travel("2026-03-02 15:20 +0300", tick=False):
        yield client


def test_page_says_of_each_operator_how_it_is_and_what_it_did(inside):
    Operator.objects.create(name="smsaero", weight=0, refused_at=clock.now())
    Operator.objects.create(name="smsru", weight=70)
    OperatorMinute.objects.create(
        provider="smsru", minute=clock.now(), sent=1234, errors=17, slow=5
    )

    text = inside.get(OPERATORS).content.decode()

    assert "it refuses our account" in text
    assert "gets less" in text
    assert all(f">{count}<" in text for count in (1234, 17, 5, 0))


def test_page_of_sums_tells_the_hour_the_day_and_their_limits(inside, settings):
    settings.SMS_LIMIT_HOUR = {**settings.SMS_LIMIT_HOUR, "codes": "700"}
    settings.SMS_LIMIT_DAY = {**settings.SMS_LIMIT_DAY, "codes": "9000"}
    for hour, sum_ in [(0, "10.00"), (14, "20.50"), (15, "1.25")]:
        at = clock.now().replace(minute=0) + (hour - 15) * spending.HOUR
        Spent.objects.create(hour=at, purpose="codes", sms=1, segments=2, roubles=Decimal(sum_))

    text = " ".join(inside.get(SUMS).content.decode().split()).replace("\xa0", " ")

    assert "codes and passwords" in text
    assert text.count("31.75 ₽") == 3
    assert "700 ₽" in text
    assert "9 000 ₽" in text


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_as_many_questions_whatever_their_length(
    inside, count, django_assert_num_queries
):
    for number in range(count):
        at = clock.now().replace(minute=0) - number * spending.HOUR
        Spent.objects.create(hour=at, purpose="codes")
        Operator.objects.create(name=f"sms{number}")

    with django_assert_num_queries(LIST_QUERIES):
        inside.get(OPERATORS)
    with django_assert_num_queries(LIST_QUERIES + 2):  # days of the hierarchy
        inside.get(SUMS)


LIST_QUERIES = 5  # session, user, count, page, sums


def test_staff_are_told_of_a_refused_account_and_of_an_empty_purse(inside, settings):
    settings.SMS_LIMIT_HOUR = {**settings.SMS_LIMIT_HOUR, "notices": "5"}
    Operator.objects.create(name="smsaero", refused_at=clock.now())
    Spent.objects.create(hour=clock.now().replace(minute=0), purpose="notices", roubles=4)

    text = inside.get(reverse("admin:index")).content.decode()

    assert "SMS operators that refuse our account: 1</a>" in text
    assert "SMS wait: their sum is used up: 1</a>" in text


@pytest.mark.parametrize(
    ("hour", "day", "said"),
    [("100", "100", ""), ("8", "100", "next hour"), ("8", "8", "next day")],
)
def test_page_of_sums_says_where_the_brake_holds_messages(inside, settings, hour, day, said):
    settings.SMS_PRICE = Decimal("5.50")
    settings.SMS_LIMIT_HOUR = settings.SMS_LIMIT_HOUR | {"codes": hour}
    settings.SMS_LIMIT_DAY = settings.SMS_LIMIT_DAY | {"codes": day}
    at = clock.now().replace(minute=0, second=0, microsecond=0)
    Spent.objects.create(hour=at, purpose="codes", sms=1, segments=1, roubles=Decimal("5.50"))

    with translation.override("en"):
        row = Spent.objects.get()
        row.day_sum = row.roubles
        assert SpentAdmin(Spent, admin.site).brake(row).endswith(said)
    assert inside.get(reverse("admin:notifications_spent_changelist")).status_code == 200


def test_no_brake_holds_while_there_is_money(inside):
    row = Spent(purpose="codes", roubles=Decimal(5))
    row.day_sum = row.roubles

    assert SpentAdmin(Spent, admin.site).brake(row) == ""
