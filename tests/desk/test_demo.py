"""The demo people stand where the README promises, on whatever day the portal is started."""

from datetime import date, datetime, time

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.models import LoginKind, LoginName
from common.clock import MOSCOW
from desk.demo.make import make_demo
from desk.demo.people import PEOPLE
from payments.facts import standing_of

pytestmark = pytest.mark.django_db
START = date(2026, 11, 22)


def start_on(day: date) -> list[str]:
    with time_machine.travel(datetime.combine(day, time(12), tzinfo=MOSCOW), tick=False):
        return make_demo()


def standings_on(day: date) -> dict[str, str]:
    return {who.login: standing_of(person(who.login), day).state.value for who in PEOPLE}


def person(login: str):
    return LoginName.objects.get(kind=LoginKind.APPLICATION, value=login).user.person


PROMISED = {
    "1381161": "valid",
    "1381162": "ready",
    "1381163": "in-transit",
    "1381164": "lapsed",
    "1381165": "unseen",
    "1381166": "valid",
}


@pytest.mark.parametrize(
    "day",
    [
        START,
        date(2026, 3, 1),
        date(2026, 3, 31),
        date(2026, 4, 2),
        date(2026, 1, 3),
        date(2024, 3, 3),
        date(2026, 12, 31),
    ],
)
def test_promises_hold_on_the_first_start(day):
    start_on(day)

    assert standings_on(day) == PROMISED


def test_demo_people_live_in_the_local_mode_only(settings):
    settings.LOCAL = False

    with pytest.raises(CommandError):
        call_command("demo_data")
