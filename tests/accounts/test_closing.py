"""A cabinet is closed, opened again or given up by two of the staff; every number hears of it."""

import pytest
from django.urls import reverse
from django.utils import translation

from accounts import messages, services
from accounts.errors import NoAccount
from accounts.models import Access, Approval, Person, PhoneKind
from accounts.services import approvals, closing
from notifications.length import segments
from notifications.models import Message
from tests.factories import (
    PASSWORD,
    ApplicationFactory,
    PersonFactory,
    PhoneFactory,
    StaffFactory,
)

pytestmark = pytest.mark.django_db
SIM, OWN = "+79161234567", "+79030000001"


@pytest.fixture
def person():
    found = PersonFactory()
    ApplicationFactory(person=found, number="1381161")
    PhoneFactory(person=found, kind=PhoneKind.CENTRE_SIM, number=SIM)
    PhoneFactory(person=found, kind=PhoneKind.OWN, number=OWN)
    return found


def change(person, access: Access) -> None:
    asked = closing.ask_access(
        person=person, access=access, actor=StaffFactory(), reason="просит человек"
    )
    approvals.decide(approval=asked, granted=True, actor=StaffFactory())


def told(event) -> set[str]:
    rows = Message.objects.filter(event=event.code)
    return set(rows.values_list("fixed_address", flat=True))


def enters(client, password=PASSWORD) -> bool:
    client.post(reverse("accounts:login"), {"username": "1381161", "password": password})
    return "_auth_user_id" in client.session


def test_two_of_the_staff_close_it_and_nobody_enters(person, client):
    assert enters(client)

    change(person, Access.CLOSED)

    assert client.get(reverse("cabinet:home")).status_code == 302
    client.logout()
    assert not enters(client)


def test_until_the_second_word_nothing_is_closed(person, client):
    closing.ask_access(person=person, access=Access.CLOSED, actor=StaffFactory(), reason="просит")

    assert enters(client)
    assert told(messages.ACCOUNT_CLOSED) == set()


@pytest.mark.parametrize(
    ("access", "event"),
    [
        (Access.CLOSED, messages.ACCOUNT_CLOSED),
        (Access.GIVEN_UP, messages.ACCOUNT_GIVEN_UP),
    ],
)
def test_every_number_in_use_is_told(person, access, event):
    change(person, access)

    assert told(event) == {SIM, OWN}
    assert person.timeline.first().kind in {"account-closed", "account-given-up"}


def test_opened_again_the_same_password_opens_it(person, client):
    change(person, Access.CLOSED)
    change(person, Access.OPEN)

    assert enters(client)
    assert told(messages.ACCOUNT_OPENED) == {SIM, OWN}


def test_given_up_no_password_device_or_code_is_left(person, client):
    services.issue_recovery_code(user=person.user)
    enters(client)

    change(person, Access.GIVEN_UP)
    change(person, Access.OPEN)

    user = Person.objects.get(pk=person.pk).user
    assert not user.has_usable_password()
    assert not user.recovery_codes.live().exists()
    assert not user.devices.known().exists()
    client.logout()
    assert not enters(client)


def test_its_number_opens_no_other_cabinet(person):
    change(person, Access.GIVEN_UP)

    assert person.user.login_names.filter(value="1381161").exists()


def test_what_is_so_already_is_not_asked_for(person):
    with pytest.raises(closing.AccessIsSo):
        closing.ask_access(person=person, access=Access.OPEN, actor=StaffFactory(), reason="-")
    change(person, Access.CLOSED)
    with pytest.raises(closing.AccessIsSo):
        closing.ask_access(person=person, access=Access.CLOSED, actor=StaffFactory(), reason="-")
    change(person, Access.GIVEN_UP)


def test_without_an_account_there_is_nothing_to_close():
    with pytest.raises(NoAccount):
        closing.ask_access(
            person=PersonFactory(user=None),
            access=Access.CLOSED,
            actor=StaffFactory(),
            reason="-",
        )


def test_whoever_asked_cannot_decide(person):
    actor = StaffFactory()
    asked = closing.ask_access(person=person, access=Access.CLOSED, actor=actor, reason="-")

    with pytest.raises(approvals.AnotherMustDecide):
        approvals.decide(approval=asked, granted=True, actor=actor)


@pytest.mark.parametrize(
    "event",
    [messages.ACCOUNT_CLOSED, messages.ACCOUNT_OPENED, messages.ACCOUNT_GIVEN_UP],
    ids=lambda event: event.code,
)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_words_are_one_part_and_cannot_be_switched_off(person, event, language):
    entry = services.record(person=person, kind="account-closed")
    with translation.override(language):
        text = translation.gettext(event.template) % event.context(entry.pk)

    assert "161" in text
    assert segments(text) == 1
    assert event.legal


def test_it_is_asked_for_on_the_persons_card(person, client):
    client.force_login(StaffFactory())
    page = reverse("admin:accounts_person_access", args=[person.pk])
    card = client.get(reverse("admin:accounts_person_change", args=[person.pk])).content.decode()
    assert page in card

    client.post(page, {"access": "closed", "reason": "потерял телефон"})

    asked = Approval.objects.get()
    assert (asked.kind, asked.facts, asked.person) == ("access", {"access": "closed"}, person)
