"""One password tried on many accounts from many places: no axis feels it, the breaker does."""

import logging
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts import throttle
from accounts.models import RateCounter
from common import clock
from tests.factories import PASSWORD

LOGIN = reverse("accounts:login")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def three_a_minute(settings):
    settings.LOGIN_FAILURES_A_MINUTE = 3


def enter(client, number="1381161", password=PASSWORD, **more):
    return client.post(LOGIN, {"username": number, "password": password, **more})


def sprayed(times: int) -> None:
    """Each try at another number and from another address."""
    for n in range(times):
        enter(Client(REMOTE_ADDR=f"198.51.100.{n}"), f"90000{n:02}", "wrong")


def asked(answer) -> bool:
    return "captcha" in answer.context["form"].fields


def test_too_many_failures_of_all_ask_every_new_device_for_the_picture(person, picture, hashes):
    sprayed(4)
    hashes.clear()
    new = Client(REMOTE_ADDR="203.0.113.7")

    assert asked(new.get(LOGIN))
    assert asked(enter(new))
    assert hashes == []
    assert enter(new, **picture()).status_code == 302


def test_what_fails_in_the_limits_asks_nobody(person):
    sprayed(3)

    assert enter(Client(REMOTE_ADDR="203.0.113.7")).status_code == 302


def test_without_the_breaker_nobody_would_be_asked(person, settings):
    """The twin: neither axis feels the spray."""
    settings.LOGIN_FAILURES_A_MINUTE = 10**6
    sprayed(30)

    assert not asked(Client(REMOTE_ADDR="203.0.113.7").get(LOGIN))


def test_a_device_that_the_account_has_used_is_not_asked(client, person):
    enter(client)
    client.post(reverse("accounts:logout"))
    sprayed(4)

    assert not asked(client.get(LOGIN))
    assert enter(client).status_code == 302


def test_a_device_of_one_account_is_asked_for_another(client, person):
    enter(client)
    client.post(reverse("accounts:logout"))
    sprayed(4)

    assert asked(enter(client, "2381999", "wrong"))


def test_a_calm_quarter_of_an_hour_ends_it(person):
    sprayed(4)

    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False):
        assert enter(Client(REMOTE_ADDR="203.0.113.7")).status_code == 302


def test_failures_of_an_hour_are_no_failures_of_a_minute(person):
    start = clock.now()
    for minute in range(6):
        with time_machine.travel(start + timedelta(minutes=minute), tick=False):
            enter(Client(REMOTE_ADDR=f"198.51.100.{minute}"), f"910000{minute}", "wrong")

    assert not RateCounter.objects.filter(kind=throttle.BREAKER).exists()


def test_one_line_in_the_log_tells_us_and_names_nobody(person, caplog):
    with caplog.at_level(logging.ERROR, "accounts.throttle"):
        sprayed(3)
        enter(Client(REMOTE_ADDR="203.0.113.7"), password="wrong")

    [line] = caplog.records
    assert line.in_a_minute == 4
    assert "1381161" not in str(line.__dict__)


def test_known_and_unknown_numbers_open_the_breaker_alike(person):
    enter(Client(), "1381161", "wrong")
    enter(Client(), "2381999", "wrong")

    assert RateCounter.objects.get(kind=throttle.FAILED).count == 2
