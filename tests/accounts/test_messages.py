from datetime import date

import pytest
from django.utils import translation
from django.utils.translation import gettext

from accounts import messages, services
from accounts.models import PhoneKind, TimelineEntry
from accounts.recipients import recipient_of
from common import clock
from notifications.length import segments
from tests.factories import ApplicationFactory, PersonFactory, PhoneFactory

pytestmark = pytest.mark.django_db
SIM, OWN = "+79161234567", "+79030000001"


def known(**changed):
    person = PersonFactory(**changed)
    ApplicationFactory(person=person, number="1381161")
    PhoneFactory(person=person, kind=PhoneKind.CENTRE_SIM, number=SIM)
    PhoneFactory(person=person, kind=PhoneKind.OWN, number=OWN)
    return person


def test_before_an_own_number_is_bound_the_centres_sim_is_told_first():
    person = known()
    services.issue_password(person=person)

    recipient = recipient_of(person.pk)

    assert (recipient.person_id, recipient.language) == (person.pk, "ru")
    assert recipient.addresses == (SIM, OWN)


def test_a_bound_own_number_is_told_first_and_a_new_password_keeps_it():
    person = known()
    person.phones.filter(number=OWN).update(bound_at=clock.now())
    assert recipient_of(person.pk).addresses == (OWN, SIM)

    services.issue_password(person=person)

    assert recipient_of(person.pk).addresses == (OWN, SIM)


def test_an_own_number_that_was_only_said_stays_second_after_the_first_change():
    person = known()
    services.issue_password(person=person)
    services.change_password(user=person.user, new_password="zimniy dalniy les")

    assert recipient_of(person.pk).addresses == (SIM, OWN)


def test_one_number_in_both_places_is_one_address():
    person = known()
    person.phones.update(number=SIM)

    assert recipient_of(person.pk).addresses == (SIM,)


def test_a_person_without_an_account_is_told_by_the_centres_sim():
    person = PersonFactory(user=None)
    PhoneFactory(person=person, kind=PhoneKind.OWN, number=OWN)
    PhoneFactory(person=person, kind=PhoneKind.CENTRE_SIM, number=SIM)

    assert recipient_of(person.pk).addresses == (SIM, OWN)


def test_a_number_that_is_no_longer_in_use_is_told_nothing():
    person = PersonFactory()
    PhoneFactory(person=person, number=SIM, valid_until=date(2026, 2, 1))

    assert recipient_of(person.pk).addresses == ()


def newest(person):
    return TimelineEntry.objects.filter(person=person).latest("pk").pk


def test_only_the_newest_password_is_worth_telling():
    person = known()
    services.issue_password(person=person)
    first = newest(person)
    assert messages.PASSWORD_ISSUED.still_true(first)

    services.issue_password(person=person)

    assert not messages.PASSWORD_ISSUED.still_true(first)
    assert messages.PASSWORD_ISSUED.still_true(newest(person))


def test_a_password_already_changed_is_not_told():
    person = known()
    services.issue_password(person=person)
    issued = newest(person)
    services.change_password(user=person.user, new_password="zimniy dalniy les")

    assert not messages.PASSWORD_ISSUED.still_true(issued)


def test_a_message_of_an_entry_that_is_gone_is_not_sent():
    assert not messages.PASSWORD_ISSUED.still_true(404)


@pytest.mark.parametrize(
    "event", [messages.PASSWORD_ISSUED, messages.PASSWORD_RESET, messages.RECOVERY_OPENED]
)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_password_is_one_part_of_sms_without_links(event, language):
    person = known()
    services.issue_password(person=person)

    with translation.override(language):
        context = event.context(newest(person))
        text = gettext(event.template) % {**context, "secret": "hk7m-x4rd-93wt"}

    assert "161." in text
    assert "hk7m-x4rd-93wt" in text
    assert "http" not in text
    assert segments(text) == 1


def test_the_tail_is_of_the_newest_application():
    person = known()
    ApplicationFactory(person=person, number="2381999")
    services.issue_password(person=person)

    assert messages.PASSWORD_ISSUED.context(newest(person)) == {"tail": "999"}


@pytest.mark.parametrize(
    "event",
    [
        messages.NEW_DEVICE,
        messages.NUMBER_ASKED,
        messages.PASSWORD_CHANGED,
        messages.PHONE_BOUND,
    ],
)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_words_about_the_entrance_are_one_part_of_sms_without_links(event, language):
    person = known()
    services.record(person=person, kind="number-asked")

    with translation.override(language):
        text = gettext(event.template) % event.context(newest(person))

    assert "161" in text
    assert "http" not in text
    assert segments(text) == 1
