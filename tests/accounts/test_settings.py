"""«Настройки»: what a person chooses is kept, honoured by the engine, and told once."""

from datetime import date

import pytest
import time_machine
from django.core import signing
from django.urls import reverse

from accounts import kinds, services
from accounts.models import Email, TimelineEntry
from accounts.recipients import recipient_of
from common import clock
from notifications.events import Event
from notifications.letters import SALT
from notifications.models import Channel, Preference, Topic
from notifications.services import deliver, queue
from tests.factories import PatentFactory, PersonFactory, PhoneFactory, PlacementFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/cabinet/settings/"
NEWS = Event(
    code="tests.settings",
    template="The centre is open.",
    recipient=recipient_of,
    topic=Topic.CENTRE,
    label="-",
)
SMS_REMINDERS = (Topic.REMINDERS, Channel.SMS)


@pytest.fixture
def person(client):
    person = PersonFactory()
    client.force_login(person.user)
    return person


def typed(person, **changed):
    """The page as it stands, sent back with these changes."""
    boxes = {"_".join(pair): "on" for pair, on in services.wishes_of(person).items() if on}
    sent = {"language": person.language, **boxes, **changed}
    return {name: value for name, value in sent.items() if value is not None}


def stories(person) -> list[str]:
    return list(TimelineEntry.objects.filter(person=person).values_list("kind", flat=True))


def off(person) -> set[tuple[str, str]]:
    return {pair for pair, on in services.wishes_of(person).items() if not on}


def token_of(person, topic=Topic.MONEY) -> str:
    return signing.dumps([person.pk, topic], salt=SALT)


def test_the_page_shows_what_is_chosen_and_no_box_for_the_entrance(client, person):
    page = client.get(ADDRESS).content.decode()

    assert 'name="reminders_sms"' in page
    assert "access_sms" not in page
    assert "Всегда включены" in page


def test_a_choice_is_kept_and_told_once(client, person):
    sent = typed(person, language="uz", latin="on", reminders_sms=None)

    for _ in range(2):
        answer = client.post(ADDRESS, sent)

    assert answer.status_code == 302
    person.refresh_from_db()
    assert (person.language, person.latin) == ("uz", True)
    assert off(person) == {SMS_REMINDERS}
    assert stories(person) == [kinds.SETTINGS_CHOSEN]


def test_an_unknown_language_keeps_nothing(client, person):
    page = client.post(ADDRESS, typed(person, language="xx")).content.decode()

    assert "Выберите язык из списка" in page
    assert not stories(person)


def test_who_may_not_see_them_chooses_nothing_for_another(client, person):
    stranger = PersonFactory()

    client.post(ADDRESS, typed(person, money_sms=None))

    assert not off(stranger)


def test_the_link_of_a_letter_stops_them_is_told_once_and_can_be_undone(client):
    person = PersonFactory()
    address = reverse("accounts:unsubscribe", args=[token_of(person)])

    for _ in range(2):
        page = client.post(address).content.decode()
    assert off(person) == {(Topic.MONEY, Channel.EMAIL)}
    assert stories(person) == [kinds.LETTERS_STOPPED]
    assert ADDRESS in page

    client.post(address, {"again": "1"})
    assert not off(person)
    assert sorted(stories(person)) == [kinds.LETTERS_AGAIN, kinds.LETTERS_STOPPED]


def test_a_link_of_a_record_that_was_merged_is_about_who_the_person_is_now(client):
    person = PersonFactory()
    old = PersonFactory(merged_into=person)

    client.post(reverse("accounts:unsubscribe", args=[token_of(old)]))

    assert off(person) == {(Topic.MONEY, Channel.EMAIL)}


def test_a_link_of_nobody_is_no_error(client):
    token = signing.dumps([999_999, Topic.MONEY], salt=SALT)

    assert client.post(reverse("accounts:unsubscribe", args=[token])).status_code == 200
    assert not Preference.objects.exists()


# --- what was said of reminders


@pytest.fixture
def valid(client):
    patent = PatentFactory(issued_on=date(2026, 1, 15))
    PlacementFactory(application=patent.application, months=3)
    person = patent.application.person
    PhoneFactory(person=person)
    with time_machine.travel("2026-02-17 09:00:00+00:00", tick=False):
        client.force_login(person.user)
        yield person


def home(client) -> str:
    return client.get("/cabinet/").content.decode().replace("\u00a0", " ")


def switch_off(person, *channels):
    wishes = {(Topic.REMINDERS, channel): False for channel in channels}
    services.choose_topics(person_id=person.pk, wishes=wishes, kind=kinds.SMS_STOPPED)


def confirm_email(person):
    Email.objects.create(
        person=person, address="aziz@mail.ru", confirmed_at=clock.now(), token_hash="x"
    )


def test_home_promises_a_reminder_only_while_one_would_come(client, valid):
    assert "Мы напомним" in home(client)

    switch_off(valid, Channel.SMS)
    page = home(client)

    assert "Мы напомним" not in page
    assert "Вы отключили напоминания" in page
    assert f'href="{ADDRESS}"' in page


@pytest.mark.parametrize(
    ("channels", "has_email", "comes"),
    [
        ([Channel.EMAIL], True, True),
        ([Channel.SMS], True, True),
        ([Channel.SMS, Channel.EMAIL], True, False),
        ([Channel.SMS], False, False),
    ],
)
def test_a_letter_reminds_too_where_there_is_an_email(client, valid, channels, has_email, comes):
    if has_email:
        confirm_email(valid)

    switch_off(valid, *channels)

    assert ("Мы напомним" in home(client)) is comes


def test_a_topic_that_is_off_makes_no_sms_and_the_inbox_shows_it(client, valid):
    wishes = {(Topic.CENTRE, Channel.SMS): False}
    services.choose_topics(person_id=valid.pk, wishes=wishes, kind=kinds.SMS_STOPPED)
    message = queue(NEWS, valid.pk, key="tests.settings")

    deliver(message.pk)

    message.refresh_from_db()
    assert (message.status, message.failure) == ("dropped", "switched-off")
    page = client.get("/cabinet/messages/").content.decode()
    assert "The centre is open." in page
    assert "вы отключили такие сообщения" in page
