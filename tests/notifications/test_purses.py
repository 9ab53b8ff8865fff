"""The purses as a drain meets them: an outage loses no code, answers stop none."""

from datetime import timedelta

import pytest
import time_machine

from common import clock
from notifications import services
from notifications.events import ANSWERS, Event, Recipient
from notifications.models import Lane, Message, MessageStatus, NumberCount, Spent
from notifications.services import purses
from notifications.services.spending import hour_of
from tests.notifications.conftest import PHONE

START = "2026-02-14 09:20:00+00:00"
CODE = Event(
    code="tests.code",
    template="Password: %(secret)s",
    recipient=lambda pk: Recipient(pk, "en", (PHONE,)),
    awaited=True,
    lifetime=timedelta(days=2),
)
ANSWER = Event(
    code="tests.answer",
    template="Paid through %(secret)s",
    recipient=lambda pk: Recipient(pk, "en", (PHONE,)),
    awaited=True,
    purse=ANSWERS,
    lifetime=timedelta(hours=1),
)


@pytest.fixture(autouse=True)
def travel(db):
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def code(queued):
    def promise(**wanted):
        return queued(CODE, key=f"code:{Message.objects.count()}", secret="4711", **wanted)

    return promise


@pytest.fixture
def answer(queued):
    return lambda: queued(ANSWER, key=f"answer:{Message.objects.count()}")


def reread(message):
    return Message.objects.get(pk=message.pk)


def used_up(purpose):
    Spent.objects.create(purpose=purpose, hour=hour_of(clock.now()), roubles=10**6)


def test_code_whose_attempts_were_all_refused_goes_when_the_operator_is_back(
    code, aero, settings, travel
):
    there, settings.SMS_AERO_URL = settings.SMS_AERO_URL, "http://127.0.0.1:9"
    message = code()
    for _ in range(6):
        services.deliver(message.pk)
        travel.move_to(reread(message).next_try_at)
    assert hour_of(clock.now()) == NumberCount.objects.get().hour

    settings.SMS_AERO_URL = there
    services.deliver(message.pk)

    assert reread(message).status == MessageStatus.SENT
    assert NumberCount.objects.get().codes == 1


def test_sixth_password_of_a_crew_that_shares_a_number_waits_and_comes(code, aero, travel):
    promised = [code() for _ in range(6)]
    services.drain()
    assert sorted(reread(one).status for one in promised) == ["queued"] + ["sent"] * 5

    travel.shift(timedelta(hours=1))
    services.drain()

    assert {reread(one).status for one in promised} == {"sent"}


def test_code_that_does_not_live_until_the_next_hour_ends(code, aero):
    promised = [code() for _ in range(6)]
    Message.objects.update(expires_at=clock.now() + timedelta(minutes=10))
    services.drain()

    [over] = [one for one in map(reread, promised) if one.status != "sent"]
    assert (over.status, over.reason, over.secret) == ("failed", purses.TOO_MANY, "")


def test_five_answers_to_a_number_stop_none_of_its_codes(code, answer, aero):
    asked = [answer() for _ in range(7)]
    wanted = [code() for _ in range(5)]
    services.drain()

    assert {reread(one).status for one in [*asked, *wanted]} == {"sent"}
    assert set(Spent.objects.values_list("purpose", "sms")) == {("answers", 7), ("codes", 5)}


def test_empty_purse_of_answers_stops_no_code(code, answer, aero):
    asked, wanted = answer(), code()
    used_up("answers")
    services.drain()

    assert (reread(asked).status, reread(asked).attempts) == ("queued", 0)
    assert reread(wanted).status == "sent"


def test_code_that_grew_old_before_an_empty_purse_loses_its_secret_at_once(code, aero, travel):
    old, young = code(), code()
    Message.objects.filter(pk=old.pk).update(expires_at=clock.now() + timedelta(minutes=10))
    for purpose in ("codes", "answers"):
        used_up(purpose)
    travel.shift(timedelta(minutes=20))
    services.drain()

    assert (reread(old).status, reread(old).secret) == ("expired", "")
    assert (reread(young).status, reread(young).attempts) == ("queued", 0)
    assert Message.objects.filter(lane=Lane.AWAITED).count() == 2
