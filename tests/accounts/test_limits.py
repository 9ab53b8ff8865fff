from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection

from accounts import limits
from accounts.models import RateCounter
from common.clock import MOSCOW

KEY = limits.hashed("1381161")
NIGHT = datetime(2026, 3, 1, 23, 59, 59, tzinfo=MOSCOW)


@pytest.mark.django_db
def test_a_limit_is_reached_and_stays_reached():
    taken = [limits.take("reset", KEY, limits.DAY, 3) for _ in range(5)]

    assert taken == [True, True, True, False, False]
    assert limits.spent("reset", KEY, limits.DAY) == 3


@pytest.mark.django_db
def test_kinds_and_keys_do_not_share_their_counts():
    assert limits.take("reset", KEY, limits.DAY, 1)
    assert limits.take("login", KEY, limits.DAY, 1)
    assert limits.take("reset", limits.hashed("1381162"), limits.DAY, 1)
    assert not limits.take("reset", KEY, limits.DAY, 1)


@pytest.mark.django_db
def test_a_limit_of_nothing_allows_nothing():
    assert not limits.take("reset", KEY, limits.DAY, 0)
    assert not limits.take("reset", KEY, limits.HOUR, 0)


@pytest.mark.django_db
def test_a_day_ends_at_moscows_midnight():
    with time_machine.travel(NIGHT, tick=False):
        assert limits.take("reset", KEY, limits.DAY, 1)
        assert not limits.take("reset", KEY, limits.DAY, 1)
    with time_machine.travel(NIGHT + timedelta(seconds=1), tick=False):
        assert limits.take("reset", KEY, limits.DAY, 1)


@pytest.mark.django_db
def test_an_hour_rolls_and_midnight_changes_nothing_in_it():
    with time_machine.travel(NIGHT, tick=False):
        assert [limits.take("login", KEY, limits.HOUR, 2) for _ in range(3)] == [True, True, False]
    with time_machine.travel(NIGHT + timedelta(minutes=54), tick=False):
        assert limits.spent("login", KEY, limits.QUARTER) == 0
        assert not limits.take("login", KEY, limits.HOUR, 2)
    with time_machine.travel(NIGHT + timedelta(minutes=56), tick=False):
        assert limits.take("login", KEY, limits.HOUR, 2)


@pytest.mark.django_db
def test_what_is_given_back_can_be_taken_again():
    limits.take("login", KEY, limits.HOUR, 1)

    limits.give_back("login", KEY, limits.HOUR)
    limits.give_back("login", KEY, limits.HOUR)

    assert limits.spent("login", KEY, limits.HOUR) == 0
    assert limits.take("login", KEY, limits.HOUR, 1)


@pytest.mark.django_db
def test_counting_without_a_limit_tells_how_many():
    assert [limits.note("shown", KEY, limits.DAY) for _ in range(3)] == [1, 2, 3]


@pytest.mark.django_db
def test_a_number_cannot_be_read_back_from_the_table(settings):
    settings.SECRET_KEY = "another"

    assert limits.hashed("1381161") != KEY
    assert limits.hashed("a", "b") != limits.hashed("ab")


@pytest.mark.django_db
def test_windows_long_over_are_forgotten():
    with time_machine.travel(NIGHT, tick=False):
        limits.note("login", KEY, limits.HOUR)
    with time_machine.travel(NIGHT + timedelta(days=4), tick=False):
        limits.note("login", KEY, limits.HOUR)
        assert limits.sweep() == 1
    assert RateCounter.objects.count() == 1


def _sixteen_at_once(what) -> int:
    def one(_n):
        try:
            return what()
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        return sum(pool.map(one, range(16)))


@pytest.mark.django_db(transaction=True)
def test_sixteen_at_once_share_three():
    assert _sixteen_at_once(lambda: limits.take("reset", KEY, limits.DAY, 3)) == 3


@pytest.mark.django_db(transaction=True)
def test_reading_before_counting_lets_too_many_in():
    """The twin: the same with a count that is read first."""
    from threading import Barrier

    together = Barrier(16)

    def read_then_count() -> bool:
        free = limits.spent("reset", KEY, limits.DAY) < 3
        together.wait()
        if free:
            limits.note("reset", KEY, limits.DAY)
        return free

    assert _sixteen_at_once(read_then_count) > 3
