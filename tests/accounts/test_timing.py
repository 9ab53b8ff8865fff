"""The time of an answer does not tell which numbers exist: 200 pairs with the real hasher."""

from time import perf_counter

import pytest
from django.test import Client
from django.urls import reverse

from accounts import backends, services, throttle
from tests.factories import PASSWORD, ApplicationFactory, PersonFactory, PhoneFactory

LOGIN, NUMBER = reverse("accounts:login"), reverse("accounts:forgot_number")
PAIRS = 200
TELLS = 0.68  # of pairs told apart rightly; half is chance, one in a million by chance at 200

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]


@pytest.fixture
def real_hasher(settings):
    settings.PASSWORD_HASHERS = ["accounts.hashers.Argon2id"]
    assert settings.PASSWORD_HASHERS


@pytest.fixture
def no_throttle(monkeypatch):
    for name in ["FREE_TRIES", "TRIES_AN_HOUR", "FREE_TRIES_OF_A_SOURCE"]:
        monkeypatch.setattr(throttle, name, 10**6)


@pytest.fixture
def numbers(db, real_hasher, no_throttle):
    """A number for each thing that must not be told apart."""
    known, closed, passwordless = (PersonFactory() for _ in range(3))
    known.user.set_password(PASSWORD)
    known.user.save()
    ApplicationFactory(person=known, number="1381161")
    ApplicationFactory(person=closed, number="1381162")
    closed.user.set_password(PASSWORD)
    closed.user.is_active = False
    closed.user.save()
    passwordless.user.set_unusable_password()
    passwordless.user.save()
    ApplicationFactory(person=passwordless, number="1381163")
    waiting = PersonFactory()
    ApplicationFactory(person=waiting, number="1381164")
    services.issue_password(person=waiting, tell=False)
    return {
        "known": "1381161",
        "closed": "1381162",
        "passwordless": "1381163",
        "must change": "1381164",
        "unknown": "9999999",
    }


def _seconds(client, data, page=LOGIN) -> float:
    start = perf_counter()
    answer = client.post(page, data)
    took = perf_counter() - start
    assert answer.status_code in {200, 302}
    return took


def told_apart(one: list[float], other: list[float]) -> float:
    """How often a guess from two times is right: 0.5 is chance, 1 is always."""
    slower = sum((a > b) + (a == b) / 2 for a in one for b in other) / (len(one) * len(other))
    return max(slower, 1 - slower)


def _pairs(one: dict, other: dict) -> float:
    client = Client()
    for data in (one, other):
        _seconds(client, data)
    times = [(_seconds(client, one), _seconds(client, other)) for _ in range(PAIRS)]
    return told_apart(*map(list, zip(*times, strict=True)))


@pytest.mark.parametrize("who", ["closed", "passwordless", "must change", "unknown"])
@pytest.mark.parametrize("password", ["wrong wrong", "hk7m-x4rd-93wt"])
def test_the_time_of_a_refusal_is_the_same_for_all(numbers, who, password):
    one, other = ({"username": numbers[name], "password": password} for name in ["known", who])

    assert _pairs(one, other) < TELLS


def test_without_the_hash_for_the_unknown_the_time_tells(numbers, monkeypatch):
    """The twin: an answer without a hash is told apart each time."""

    def quick(self, request, username=None, password=None, **kwargs):
        user = self._by_number(username)
        return user if user and user.check_password(password) else None

    monkeypatch.setattr(backends.LoginNameBackend, "authenticate", quick)
    one, other = (
        {"username": numbers[name], "password": "wrong wrong"} for name in ["known", "unknown"]
    )

    assert _pairs(one, other) > 0.95


def test_the_time_of_a_forgotten_number_does_not_tell_which_phones_are_known(
    numbers, picture, monkeypatch
):
    from accounts.services import numbers as told

    monkeypatch.setattr(told, "A_DAY", 10**6)
    monkeypatch.setattr(told, "AN_HOUR_FROM_ONE_PLACE", 10**6)
    PhoneFactory(number="+79161234567", person__user=None)
    client, times = Client(), []
    for _ in range(PAIRS):
        pair = []
        for phone in ["89161234567", "89161234568"]:
            drawn = {"phone": phone, **picture()}
            pair.append(_seconds(client, drawn, NUMBER))
        times.append(pair)

    assert told_apart(*map(list, zip(*times, strict=True))) < TELLS
