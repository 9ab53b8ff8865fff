"""Shares of the operators follow their errors and slowness, and come back by themselves."""

import logging
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from notifications.models import Message, Operator, OperatorMinute
from notifications.providers.weighing import Move, Seen, Share, moves
from notifications.services import weights
from tests.at_once import at_once, meeting

NOW = datetime(2026, 3, 2, 12, 0, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WHOLE = Share(100, 100)
FINE = Seen(sent=100)
BAD = Seen(sent=100, errors=11)
BROKEN = Seen(sent=0, errors=5)
SLOW = Seen(sent=100, measured=100, slow=15)


def test_many_errors_within_a_minute_take_ten_points():
    assert moves({"a": WHOLE, "b": WHOLE}, {"a": BAD, "b": FINE}, NOW) == {"a": Move(90, True)}


def test_a_few_errors_take_nothing():
    assert moves({"a": WHOLE}, {"a": Seen(sent=100, errors=10)}, NOW) == {}


def test_operator_of_more_errors_than_messages_keeps_only_a_trial():
    assert moves({"a": WHOLE, "b": WHOLE}, {"a": BROKEN}, NOW) == {"a": Move(10, True)}


def test_weight_never_falls_below_nothing():
    assert moves({"a": Share(4, 100)}, {"a": BAD}, NOW) == {"a": Move(0, True)}


@pytest.mark.parametrize(("seconds", "moved"), [(59, {}), (60, {"a": Move(80, True)})])
def test_one_trouble_is_not_counted_twice_within_a_minute(seconds, moved):
    share = Share(90, 100, moved_at=NOW - timedelta(seconds=seconds))

    assert moves({"a": share, "b": WHOLE}, {"a": BAD}, NOW) == moved


def test_slow_deliveries_take_ten_points():
    assert moves({"a": WHOLE, "b": WHOLE}, {"a": SLOW, "b": FINE}, NOW) == {"a": Move(90, True)}


@pytest.mark.parametrize(
    "seen", [Seen(measured=100, slow=14), Seen(measured=19, slow=19), Seen(sent=5)]
)
def test_slowness_is_not_told_of_few_messages_or_a_small_part(seen):
    assert moves({"a": WHOLE, "b": WHOLE}, {"a": seen}, NOW) == {}


def test_when_all_are_slow_nothing_moves():
    assert moves({"a": WHOLE, "b": WHOLE}, {"a": SLOW, "b": SLOW}, NOW) == {}


@pytest.mark.parametrize(
    ("weight", "minutes", "moved"),
    [(40, 14, {}), (40, 15, {"a": Move(50, False)}), (95, 15, {"a": Move(100, False)})],
)
def test_after_a_quiet_quarter_of_an_hour_the_share_comes_back_a_step(weight, minutes, moved):
    share = Share(weight, 100, NOW - minutes * MINUTE, NOW - minutes * MINUTE)

    assert moves({"a": share, "b": WHOLE}, {"a": FINE}, NOW) == moved


def test_usual_share_set_lower_by_staff_is_taken_at_once():
    assert moves({"a": Share(100, 30), "b": WHOLE}, {}, NOW) == {"a": Move(30, False)}


def test_operator_that_refuses_our_account_is_moved_by_no_rule():
    share = Share(0, 100, NOW - 60 * MINUTE, NOW - 60 * MINUTE, refused=True)

    assert moves({"a": share, "b": WHOLE}, {"a": FINE}, NOW) == {}


# --- the table


@pytest.fixture
def two(settings):
    settings.SMS_PROVIDERS = ["smsaero", "smsru"]


def share(name):
    return Operator.objects.get(name=name).weight


@pytest.mark.django_db
def test_operator_that_nobody_has_seen_gets_its_whole_share(two):
    assert weights.current() == {"smsaero": 100, "smsru": 100}


@pytest.mark.django_db
def test_answers_of_batches_add_up_and_move_the_shares(two):
    with time_machine.travel(NOW, tick=False):
        for _ in range(2):
            weights.note(sent=Counter(smsaero=3, smsru=9), errors=Counter(smsaero=6))
        moved = weights.move()

    assert moved == {"smsaero": 10}
    assert weights.current() == {"smsaero": 10, "smsru": 100}
    aero = OperatorMinute.objects.get(provider="smsaero")
    assert (aero.sent, aero.errors) == (6, 12)


@pytest.mark.django_db
def test_share_recovers_by_itself_until_it_is_whole(two):
    with time_machine.travel(NOW, tick=False):
        weights.note(sent=Counter(), errors=Counter(smsaero=9))
        weights.move()

    seen = []
    for quarter in range(1, 11):
        with time_machine.travel(NOW + quarter * 15 * MINUTE, tick=False):
            weights.move()
        seen.append(share("smsaero"))

    assert seen == [20, 30, 40, 50, 60, 70, 80, 90, 100, 100]


@pytest.mark.django_db
def test_slowness_is_what_still_waits_for_its_delivery_after_five_minutes(two, queued):
    with time_machine.travel(NOW, tick=False):
        for subject in range(20):
            queued(subject_id=subject)
        Message.objects.update(status="sent", provider="smsaero", sent_at=NOW)
        weights.note(sent=Counter(smsaero=20), errors=Counter())
        arrived = Message.objects.order_by("pk").values("pk")[:16]
        Message.objects.filter(pk__in=arrived).update(status="delivered", delivered_at=NOW)
    with time_machine.travel(NOW + 6 * MINUTE, tick=False):
        weights.measure()
        weights.move()

    assert OperatorMinute.objects.get().slow == 4
    assert share("smsaero") == 90


@pytest.mark.django_db
def test_refused_account_gets_nothing_and_one_alarm(two, caplog):
    with time_machine.travel(NOW, tick=False):
        for _ in range(3):
            weights.note(sent=Counter(), errors=Counter(), refused=["smsaero"])

        assert weights.current() == {"smsaero": 0, "smsru": 100}
    assert [r.levelno for r in caplog.records].count(logging.ERROR) == 1


@pytest.mark.django_db
def test_refused_account_is_tried_every_five_minutes_by_one_of_the_askers(two):
    with time_machine.travel(NOW, tick=False):
        weights.note(sent=Counter(), errors=Counter(), refused=["smsaero"])
    with time_machine.travel(NOW + 5 * MINUTE, tick=False):
        asked = [weights.trial() for _ in range(3)]

    assert asked == ["smsaero", "", ""]


@pytest.mark.django_db
def test_account_that_is_in_order_again_comes_back_little_by_little(two):
    with time_machine.travel(NOW, tick=False):
        weights.note(sent=Counter(), errors=Counter(), refused=["smsaero"])
    with time_machine.travel(NOW + 5 * MINUTE, tick=False):
        weights.note(sent=Counter(smsaero=1), errors=Counter())

        assert weights.current() == {"smsaero": 10, "smsru": 100}
    with time_machine.travel(NOW + 20 * MINUTE, tick=False):
        assert weights.move() == {"smsaero": 20}


@pytest.mark.django_db(transaction=True)
def test_four_movers_at_once_move_a_share_once(two):
    weights.move()
    weights.note(sent=Counter(smsaero=100), errors=Counter(smsaero=50))

    at_once(*[weights.move] * 4)

    assert share("smsaero") == 90


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_movers_at_once_all_move_it(two, monkeypatch):
    """The twin: both have read the share before either has written."""
    weights.move()
    weights.note(sent=Counter(smsaero=100), errors=Counter(smsaero=50))
    monkeypatch.setattr(weights, "_locked", lambda: Operator.objects.order_by("name"))
    meeting(monkeypatch, weights, "_write", 2)

    moved = at_once(weights.move, weights.move)

    assert moved == [{"smsaero": 90}, {"smsaero": 90}]
