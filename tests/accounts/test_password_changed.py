"""A changed password is told to every number in use: one of the phones may be in other hands."""

import pytest
import time_machine

from accounts import messages, services
from accounts.models import Email, PhoneKind
from common import clock
from notifications.models import Channel, Message
from notifications.services import mailing
from tests.factories import ApplicationFactory, PersonFactory, PhoneFactory, StaffFactory

pytestmark = pytest.mark.django_db
SIM, OWN = "+79161234567", "+79030000001"
EMAIL = "timur@example.com"
CHANGED = messages.PASSWORD_CHANGED.code


@pytest.fixture
def person():
    found = PersonFactory()
    ApplicationFactory(person=found, number="1381161")
    PhoneFactory(person=found, kind=PhoneKind.CENTRE_SIM, number=SIM)
    PhoneFactory(person=found, kind=PhoneKind.OWN, number=OWN)
    return found


def change(person, password="zimniy dalniy les") -> None:
    services.change_password(user=person.user, new_password=password)


def told() -> list[str]:
    rows = Message.objects.filter(event=CHANGED).order_by("fixed_address")
    return list(rows.values_list("fixed_address", flat=True))


def test_every_number_in_use_is_told(person):
    change(person)

    assert told() == [OWN, SIM]


def with_email(person, **facts) -> None:
    Email.objects.create(person=person, address=EMAIL, token_hash="x", **facts)


@time_machine.travel("2026-02-16 09:00:00+00:00", tick=True)
def test_the_confirmed_email_is_told_too_and_its_letter_goes(person, mailoutbox):
    with_email(person, confirmed_at=clock.now())

    change(person)
    mailing.drain_letters()

    assert told() == [OWN, SIM, EMAIL]
    assert Message.objects.get(fixed_address=EMAIL).channel == Channel.EMAIL
    assert mailoutbox[0].to == [EMAIL]
    assert "161" in mailoutbox[0].body


def test_an_email_that_nobody_confirmed_is_told_nothing(person):
    with_email(person)

    change(person)

    assert told() == [OWN, SIM]


def test_the_words_say_whose_cabinet_and_when_and_whom_to_call(person, settings):
    change(person)
    entry = Message.objects.filter(event=CHANGED).first().subject_id

    said = messages.PASSWORD_CHANGED.context(entry)

    assert (said["tail"], said["hotline"]) == ("161", settings.HOTLINE)
    assert said["when"]


def test_whoever_changes_it_all_day_is_told_three_times(person):
    for number in range(5):
        change(person, f"zimniy dalniy les {number}")

    assert len(told()) == 3 * 2
    assert person.timeline.filter(kind="password-changed").count() == 5


def test_a_member_of_the_staff_has_no_phone_to_be_told():
    user = StaffFactory()
    services.change_password(user=user, new_password="zimniy dalniy les")

    assert told() == []
