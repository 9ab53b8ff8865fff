"""What did not arrive goes to the next number, once."""

from datetime import timedelta

import pytest

from common import clock
from notifications import services
from notifications.events import Event
from notifications.models import Channel, Message, Topic
from notifications.services import composing, fallback, mailing
from tests.at_once import at_once, meeting
from tests.guards import without_rule

FIRST, SECOND, LANDLINE = "+79161234567", "+79160000002", "+74951234567"
EMAIL = "karimov@example.org"


@pytest.fixture
def two_numbers(world):
    world.addresses = (FIRST, LANDLINE, SECOND)


@pytest.fixture
def failed(queued, two_numbers):
    def fail(message=None, *, address=FIRST, status="failed", failure="phone-off", **more):
        message = message or queued(**more)
        Message.objects.filter(pk=message.pk).update(
            status=status, failure=failure, address=address
        )
        return message

    return fail


def stand_ins():
    return list(Message.objects.filter(after__isnull=False).order_by("pk"))


def test_second_number_stands_in_and_a_landline_does_not(failed):
    message = failed()
    fallback.stand_in([message.pk])

    [second] = stand_ins()
    assert (second.after_id, second.fixed_address, second.status) == (message.pk, SECOND, "queued")
    assert (second.person_id, second.event, second.lane) == (70, "tests.news", message.lane)
    assert second.expires_at >= clock.now() + timedelta(hours=23)


def test_asked_twice_it_stands_in_once(failed):
    message = failed()
    for _ in range(2):
        fallback.stand_in([message.pk])

    assert len(stand_ins()) == 1


def test_after_the_last_number_nothing_stands_in(failed):
    fallback.stand_in([failed().pk])
    [second] = stand_ins()
    failed(second, address=SECOND)
    fallback.stand_in([second.pk])

    assert len(stand_ins()) == 1


def test_number_the_person_has_since_named_is_tried_too(failed, world):
    fallback.stand_in([failed().pk])
    [second] = stand_ins()
    failed(second, address=SECOND)
    world.addresses = ("+79160000003", SECOND)
    fallback.stand_in([second.pk])

    assert stand_ins()[1].fixed_address == "+79160000003"
    assert [message.key for message in stand_ins()] == ["tests.news:7>2", "tests.news:7>3"]


@pytest.mark.parametrize("status", ["dropped", "delivered", "sent", "unknown", "queued"])
def test_nothing_stands_in_for_what_arrived_may_arrive_or_is_no_longer_true(failed, status):
    message = failed(status="failed")
    when = clock.now() if status == "delivered" else None
    Message.objects.update(status=status, failure="", delivered_at=when)
    fallback.stand_in([message.pk])

    assert stand_ins() == []


def test_what_was_for_one_number_goes_to_no_other(failed):
    message = failed(address="+79990001122")
    Message.objects.update(fixed_address="+79990001122")
    fallback.stand_in([message.pk])

    assert stand_ins() == []


def test_nothing_stands_in_for_words_that_were_taken_back(failed):
    message = failed()
    Message.objects.update(taken_back_at=clock.now())

    fallback.stand_in([message.pk])

    assert stand_ins() == []


def test_what_stands_in_for_words_taken_back_since_does_not_go_after_the_apology(failed, aero):
    message = failed()
    fallback.stand_in([message.pk])
    [second] = stand_ins()
    Message.objects.filter(pk=message.pk).update(taken_back_at=clock.now())

    services.deliver(second.pk)

    second.refresh_from_db()
    assert (second.status, second.reason) == ("dropped", composing.TAKEN_BACK)
    assert aero.sent == []


def test_our_own_error_is_no_reason_to_try_another_number(failed):
    fallback.stand_in([failed(failure="our-error").pk])

    assert stand_ins() == []


def test_event_may_forbid_it(failed, world):
    Message.objects.filter(pk=failed().pk).update(event=ONCE.code)
    fallback.stand_in(Message.objects.values_list("pk", flat=True))

    assert stand_ins() == []


ONCE = Event(
    code="tests.once", template="-", recipient=lambda pk: None, may_fall_back=False, label="-"
)


def test_receipt_of_a_failure_promises_the_stand_in_at_once(queued, two_numbers, aero):
    message = queued()
    services.deliver(message.pk)
    services.receive_receipt("smsaero", "1001", "2")
    services.receive_receipt("smsaero", "1001", "2")

    message.refresh_from_db()
    assert (message.status, message.failure) == ("failed", "not-delivered")
    assert [one.fixed_address for one in stand_ins()] == [SECOND]


@pytest.mark.django_db(transaction=True)
def test_two_who_see_the_same_end_promise_one(failed, monkeypatch):
    message = failed()
    meeting(monkeypatch, fallback, "_stand_in", 2)

    at_once(*[lambda: fallback.stand_in([message.pk])] * 2)

    assert len(stand_ins()) == 1


@pytest.mark.django_db(transaction=True)
def test_twin_without_the_constraints_each_of_them_promises_one(failed, monkeypatch):
    """Two of them hold it: one stand-in for a message, and one message for a key."""
    message = failed()
    meeting(monkeypatch, fallback, "_stand_in", 2)

    with without_rule(Message, "after_id"), without_rule(Message, "key"):
        at_once(*[lambda: fallback.stand_in([message.pk])] * 2)

        assert [one.fixed_address for one in stand_ins()] == [SECOND, SECOND]


# --- it was theirs when it was promised


@pytest.fixture
def promised(failed, world):
    """Stands in at the second number, or at the e-mail, and has not gone yet."""

    def promise(channel: str) -> Message:
        world.email = EMAIL
        world.addresses = (FIRST, SECOND) if channel == "sms" else (FIRST,)
        fallback.stand_in([failed().pk])
        return stand_ins()[0]

    return promise


@pytest.mark.parametrize(("channel", "was"), [("sms", SECOND), ("email", EMAIL)])
def test_nothing_goes_to_an_address_that_was_given_up_since(
    promised, world, aero, mailoutbox, channel, was
):
    """The second number, or the mailbox, belongs to somebody else now."""
    message, third = promised(channel), "+79160000003"
    world.addresses, world.email = (FIRST, third), "new@example.org"
    services.drain()
    mailing.drain_letters()

    message.refresh_from_db()
    assert (message.status, message.failure) == ("failed", "given-up")
    assert (message.fixed_address, message.reason) == (was, composing.GIVEN_UP)
    assert message.text
    [_given_up, following, *_] = stand_ins()
    assert (following.after_id, following.fixed_address) == (message.pk, third)
    services.drain()
    assert [sms["number"] for sms in aero.sent] == [third.removeprefix("+")]
    assert mailoutbox == []


def test_what_an_operator_may_have_for_a_number_given_up_since_is_not_called_unsent(
    promised, world, aero
):
    message = promised("sms")
    Message.objects.filter(pk=message.pk).update(
        taken_possible=True, address=SECOND, provider="smsaero"
    )
    world.addresses = (FIRST,)
    services.drain()

    message.refresh_from_db()
    assert (message.status, aero.sent) == ("unknown", [])


def test_what_is_too_late_for_a_number_given_up_since_is_tried_at_no_other(promised, world, aero):
    message = promised("sms")
    Message.objects.filter(pk=message.pk).update(expires_at=clock.now())
    world.addresses = (FIRST, "+79160000003")
    services.drain()

    message.refresh_from_db()
    assert (message.status, aero.sent) == ("expired", [])


def test_the_same_number_still_theirs_gets_it(promised, aero):
    message = promised("sms")
    services.drain()

    message.refresh_from_db()
    assert message.status == "sent"


# --- the e-mail stands in after the numbers


@pytest.mark.usefixtures("aero")
def test_after_the_last_number_the_confirmed_email_stands_in(failed, world, mailoutbox):
    world.email = EMAIL
    fallback.stand_in([failed().pk])
    [second] = stand_ins()
    failed(second, address=SECOND)
    fallback.stand_in([second.pk])
    services.drain()
    mailing.drain_letters()

    assert [letter.to for letter in mailoutbox] == [[EMAIL]]
    letter = stand_ins()[1]
    assert (letter.channel, letter.status, letter.after_id) == ("email", "sent", second.pk)


@pytest.mark.parametrize("failure", ["too-late", "switched-off"])
def test_what_no_operator_took_and_what_is_wanted_by_no_sms_goes_to_the_email(
    failed, world, failure
):
    world.email = EMAIL
    status = "expired" if failure == "too-late" else "dropped"
    fallback.stand_in([failed(status=status, failure=failure).pk])

    assert [(one.channel, one.fixed_address) for one in stand_ins()] == [("email", EMAIL)]


def test_person_who_switched_sms_off_gets_the_letter_instead(queued, world, aero, mailoutbox):
    world.email = EMAIL
    services.choose_channel(person_id=70, topic=Topic.CENTRE, channel=Channel.SMS, on=False)
    message = queued()
    services.drain()
    mailing.drain_letters()

    message.refresh_from_db()
    assert (message.status, message.failure, aero.sent) == ("dropped", "switched-off", [])
    assert message.text
    assert [letter.to for letter in mailoutbox] == [[EMAIL]]


def test_mailbox_that_takes_no_letter_leaves_the_cabinet(failed, world):
    world.email = EMAIL
    message = failed(address=EMAIL, failure="mailbox")
    Message.objects.filter(pk=message.pk).update(channel="email")
    world.addresses = ()
    fallback.stand_in([message.pk])

    assert stand_ins() == []


# --- nobody knows whether it arrived


def test_when_no_receipt_came_a_letter_stands_in_and_no_second_sms(
    queued, world, two_numbers, aero
):
    world.email, message = EMAIL, queued()
    services.deliver(message.pk)
    Message.objects.update(sent_at=clock.now() - timedelta(hours=25))

    for _ in range(2):
        services.sweep()

    message.refresh_from_db()
    assert (message.status, message.failure) == ("unknown", "no-receipt")
    assert [(one.channel, one.fixed_address) for one in stand_ins()] == [("email", EMAIL)]


def test_without_an_email_the_cabinet_alone_has_it(queued, two_numbers, aero):
    message = queued()
    services.deliver(message.pk)
    Message.objects.update(sent_at=clock.now() - timedelta(hours=25))

    services.sweep()

    message.refresh_from_db()
    assert (message.status, bool(message.text), stand_ins()) == ("unknown", True, [])


def test_an_operator_that_was_silent_and_knows_no_numbers_of_ours_leaves_a_letter(
    queued, world, two_numbers, settings
):
    settings.SMS_TAKES_REFERENCE = []
    world.email, message = EMAIL, queued()
    Message.objects.update(provider="smsaero", taken_possible=True)

    services.deliver(message.pk)

    message.refresh_from_db()
    assert message.status == "unknown"
    assert [(one.channel, one.fixed_address) for one in stand_ins()] == [("email", EMAIL)]
