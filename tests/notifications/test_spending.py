"""Purses of the SMS: what does not fit waits, codes have their own, no rouble is spent twice."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from threading import Barrier

import pytest
import time_machine
from django.db import OperationalError, transaction
from django.db.models import F

from notifications.models import Lane, NumberCount, Spent
from notifications.services import spending
from notifications.services.counts import Held, Settled, Wanted, hashed
from notifications.services.spending import Shut
from tests.at_once import PATIENCE, at_once, meeting

NOW = datetime(2026, 3, 2, 12, 20, tzinfo=UTC)  # 15:20 in Moscow
NEXT_HOUR = datetime(2026, 3, 2, 13, 0, tzinfo=UTC)
MIDNIGHT = datetime(2026, 3, 2, 21, 0, tzinfo=UTC)
CODES, ANSWERS, NEWS, REMINDERS = "codes", "answers", "notices", "reminders"
_numbers = count(1)


@pytest.fixture(autouse=True)
def purses(settings, db):
    settings.SMS_PRICE = Decimal(5)
    settings.SMS_LIMIT_HOUR = {"codes": "100", "answers": "20", "notices": "20", "reminders": "20"}
    settings.SMS_LIMIT_DAY = {"codes": "100", "answers": "30", "notices": "30", "reminders": "30"}
    settings.SMS_A_DAY_TO_ONE = 20
    settings.SMS_CODES_AN_HOUR_TO_ONE = 5
    with time_machine.travel(NOW, tick=False):
        yield


def some(number, purpose=NEWS, *, segments=1, phone=None, life=timedelta(minutes=10)):
    return [
        Wanted(next(_numbers), purpose, phone or f"+7916{next(_numbers):07d}", segments, NOW + life)
        for _ in range(number)
    ]


def untaken(wanted):
    return [Settled(one, -one.sum, is_untaken=True) for one in wanted]


def test_sums_are_kept_by_hour_and_purpose():
    assert spending.reserve([*some(2, segments=2), *some(3, CODES)]) == {}

    kept = Spent.objects.order_by("purpose").values_list("purpose", "sms", "segments", "roubles")
    assert list(kept) == [("codes", 3, 3, Decimal(15)), ("notices", 2, 4, Decimal(20))]


def test_what_the_hour_cannot_pay_waits_for_the_next_one():
    wanted = some(5)

    assert spending.reserve(wanted) == {wanted[4].pk: Held(NEXT_HOUR)}


def test_what_the_day_cannot_pay_waits_for_midnight_in_moscow():
    spending.reserve(some(4))
    with time_machine.travel(NEXT_HOUR, tick=False):
        wanted = some(3)

        assert spending.reserve(wanted) == {wanted[2].pk: Held(MIDNIGHT)}
    with time_machine.travel(MIDNIGHT, tick=False):
        assert spending.reserve(some(4)) == {}


def test_news_that_emptied_their_purse_stop_no_code():
    spending.reserve(some(10))

    assert spending.reserve(some(2, CODES)) == {}


def test_long_message_that_does_not_fit_lets_a_short_one_pass():
    short, long = some(3), some(1, segments=2)

    assert set(spending.reserve([*short, *long, *some(1)])) == {long[0].pk}


def test_message_that_was_paid_for_is_not_paid_again():
    [one] = some(1)
    spending.reserve([one])
    spending.reserve([one._replace(paid=True)])

    assert Spent.objects.get().roubles == 5


def test_answer_of_the_operator_settles_the_sum():
    wanted = some(2)
    spending.reserve(wanted)
    said = [Settled(one, Decimal("-2.01"), is_untaken=False) for one in wanted]
    spending.settle(said, reserved_at=NOW)

    assert Spent.objects.get().roubles == Decimal("5.98")
    assert [row.sms for row in NumberCount.objects.all()] == [1, 1]


def test_only_what_an_operator_took_is_counted():
    [refused], taken = some(1, segments=2), some(1, segments=2)
    spending.reserve([*taken, *some(1, CODES)])
    spending.reserve([refused])
    said = [*untaken([refused]), Settled(taken[0], Decimal(-1), is_untaken=False)]
    spending.settle(said, reserved_at=NOW)

    kept = Spent.objects.order_by("purpose").values_list("purpose", "sms", "segments", "roubles")
    assert list(kept) == [("codes", 1, 1, Decimal(5)), ("notices", 1, 2, Decimal(9))]


def test_answer_that_came_in_the_next_hour_settles_the_hour_that_paid():
    wanted = some(2)
    spending.reserve(wanted)
    with time_machine.travel(NEXT_HOUR, tick=False):
        spending.settle(untaken(wanted), reserved_at=NOW)

    assert Spent.objects.get().roubles == 0
    assert {row.sms for row in NumberCount.objects.all()} == {0}


def test_lane_whose_purse_is_empty_is_shut_until_the_hour_is_over():
    spending.reserve(some(4, REMINDERS))

    assert spending.shut() == Shut({Lane.BULK}, set())
    with time_machine.travel(NEXT_HOUR, tick=False):
        assert spending.shut() == Shut(set(), set())


def test_empty_purse_of_answers_shuts_the_answers_and_no_code():
    spending.reserve(some(4, ANSWERS))

    lanes, codes = spending.shut()
    assert lanes == set()
    assert {"ussd.answer", "ussd.unknown_number", "ussd.stopped"} <= codes
    assert {code.split(".")[0] for code in codes} <= {"ussd", "cabinet", "tests"}


def test_empty_purse_of_codes_shuts_no_answer():
    spending.reserve(some(20, CODES))

    lanes, codes = spending.shut()
    assert lanes == set()
    assert "accounts.password_issued" in codes
    assert not {code for code in codes if code.startswith("ussd.")}


# --- one number


def test_sixth_code_of_an_hour_to_one_number_is_not_sent():
    wanted = some(6, CODES, phone="+79161234567")

    assert spending.reserve(wanted[:3]) == {}
    assert spending.reserve(wanted[3:]) == {wanted[5].pk: Held(None, "too-many")}
    with time_machine.travel(NEXT_HOUR, tick=False):
        assert spending.reserve(wanted[5:]) == {}


def test_code_beyond_the_limit_that_lives_longer_waits_for_the_next_hour():
    wanted = some(6, CODES, phone="+79161234567", life=timedelta(days=2))

    assert spending.reserve(wanted) == {wanted[5].pk: Held(NEXT_HOUR)}


def test_what_was_surely_not_taken_is_none_of_the_numbers():
    """An outage is not "too many SMS to this number"."""
    for _ in range(9):
        wanted = some(1, CODES, phone="+79161234567")
        assert spending.reserve(wanted) == {}
        spending.settle(untaken(wanted), reserved_at=NOW)

    kept = NumberCount.objects.get()
    assert (kept.codes, kept.sms) == (0, 0)


def test_answers_use_up_nothing_that_a_number_may_get(settings):
    settings.SMS_LIMIT_HOUR = settings.SMS_LIMIT_DAY = dict.fromkeys(settings.SMS_LIMIT_HOUR, 10**6)
    assert spending.reserve(some(25, ANSWERS, phone="+79161234567")) == {}

    for purpose in (CODES, NEWS):
        assert spending.reserve(some(5, purpose, phone="+79161234567")) == {}


def test_news_beyond_twenty_a_day_to_one_number_wait_for_tomorrow(settings):
    settings.SMS_LIMIT_HOUR = settings.SMS_LIMIT_DAY = dict.fromkeys(settings.SMS_LIMIT_HOUR, 10**6)
    wanted = some(21, phone="+79161234567")

    assert spending.reserve(wanted) == {wanted[20].pk: Held(MIDNIGHT)}


def test_what_waits_for_money_is_not_counted_to_its_number():
    spending.reserve(some(5, phone="+79161234567"))

    assert NumberCount.objects.get().sms == 4


def test_numbers_are_kept_hashed():
    spending.reserve(some(1, phone="+79161234567"))

    [number] = NumberCount.objects.values_list("number", flat=True)
    assert (len(number), "9161234567" in number) == (32, False)


def test_old_counts_are_forgotten():
    spending.reserve(some(1))
    with time_machine.travel(NOW + timedelta(days=3), tick=False):
        spending.forget()

    assert not NumberCount.objects.exists()
    assert Spent.objects.exists()


# --- at once


@pytest.mark.django_db(transaction=True)
def test_four_senders_at_once_spend_no_rouble_twice():
    held = at_once(*[lambda: len(spending.reserve(some(3)))] * 4)

    assert sum(held) == 12 - 4
    assert Spent.objects.get().roubles == 20


@pytest.mark.django_db(transaction=True)
def test_senders_that_settle_at_once_lose_no_count(settings):
    """Two batches with the same numbers, in another order."""
    settings.SMS_LIMIT_HOUR = settings.SMS_LIMIT_DAY = dict.fromkeys(settings.SMS_LIMIT_HOUR, 10**6)
    first = [one for n in range(30) for one in some(1, CODES, phone=f"+7916000{n:04d}")]
    second = [one._replace(pk=next(_numbers)) for one in reversed(first)]
    third = [one._replace(pk=next(_numbers)) for one in first]
    for batch in (first, second, third):
        assert spending.reserve(batch) == {}

    at_once(*[lambda b=b: spending.settle(untaken(b), reserved_at=NOW) for b in (first, second)])

    assert set(NumberCount.objects.values_list("codes", "sms")) == {(1, 1)}
    assert Spent.objects.get().roubles == 30 * 5


@pytest.mark.django_db(transaction=True)
def test_numbers_locked_as_each_batch_names_them_wait_for_each_other(monkeypatch):
    """The twin: PostgreSQL ends one of the two senders, and what it sent is not settled."""
    phones, each_holds_one = ["+79160000001", "+79160000002"], Barrier(2, timeout=PATIENCE)
    batches = [[*some(1, CODES, phone=phones[0]), *some(1, CODES, phone=phones[1])] for _ in "ab"]
    batches[1].reverse()
    for batch in batches:
        assert spending.reserve(batch) == {}

    def naive(batch, hour):
        first, second = (NumberCount.objects.filter(number=hashed(one.phone)) for one in batch)
        with transaction.atomic():
            first.update(sms=F("sms") - 1)
            each_holds_one.wait()
            second.update(sms=F("sms") - 1)

    monkeypatch.setattr(spending.counts, "uncount", naive)

    with pytest.raises(OperationalError, match="deadlock"):
        at_once(*[lambda b=b: spending.settle(untaken(b), reserved_at=NOW) for b in batches])


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_two_senders_spend_the_same_money(monkeypatch):
    """The twin: both have seen a full purse before either of them takes from it."""
    Spent.objects.create(purpose="notices", hour=NOW.replace(minute=0))
    monkeypatch.setattr(
        "django.db.models.query.QuerySet.select_for_update", lambda rows, **options: rows
    )
    meeting(monkeypatch, spending._Purse, "write", 2)

    at_once(*[lambda: spending.reserve(some(4))] * 2)

    assert Spent.objects.get().roubles == 40
