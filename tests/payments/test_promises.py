"""No sentence promises an SMS to whom none will go."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from django.urls import reverse
from django.utils.translation import override

from accounts import reached
from accounts.deaf import IN_A_ROW
from accounts.models import PhoneKind
from cabinet.inn_page import inn_page
from common import clock
from notifications.models import Preference, Topic
from patents.course import expected, what_to_do
from payments.promises import no_inn, promising
from payments.sentence import sentence, short
from tests.desk.rows import message
from tests.factories import ApplicationFactory, PhoneFactory
from tests.payments.test_sentence import STANDINGS
from ussd.answers import ANSWERS

pytestmark = pytest.mark.django_db
NUMBER, LANDLINE = "+79160000001", "+74951234567"
TOPICS = frozenset(Topic.values)


def _hears(person):
    PhoneFactory(person=person, number=NUMBER)


def _no_number(person):
    pass


def _given_up(person):
    PhoneFactory(person=person, number=NUMBER, valid_until=date(2026, 1, 1))


def _disowned(person):
    PhoneFactory(person=person, kind=PhoneKind.OWN, number=NUMBER, disowned_at=clock.now())


def _deaf(person):
    _hears(person)
    message(address=NUMBER, status="failed", failure="blocked")


def _off_three_times(person):
    _hears(person)
    for _time in range(IN_A_ROW):
        message(address=NUMBER, status="failed", failure="phone-off")


def _landline(person):
    PhoneFactory(person=person, number=LANDLINE)


def _switched_off(person):
    _hears(person)
    for topic in (Topic.PATENT, Topic.MONEY):
        Preference.objects.create(person_id=person.pk, topic=topic, channel="sms", on=False)


def _second_number_hears(person):
    _disowned(person)
    PhoneFactory(person=person, number="+79160000002")


SILENT = [_no_number, _given_up, _disowned, _deaf, _off_three_times, _landline, _switched_off]
HEARD = [_hears, _second_number_hears]
CHANNELS = [*((one, True) for one in HEARD), *((one, False) for one in SILENT)]


@pytest.fixture
def person():
    return ApplicationFactory().person


def _page(standing, person):
    it = promising(standing, reached.topics_of(person.pk))
    said = sentence(it)
    return " ".join([said.title, *said.text])


def _brief(person):
    return short(promising(STANDINGS["preparing"], reached.topics_of(person.pk)))


def _next_one(person):
    by_sms = Topic.PATENT in reached.topics_of(person.pk)
    late = expected(date(2026, 1, 1), date(2026, 2, 1), by_sms)
    return [*what_to_do("accepted", by_sms), *late]


SENTENCES = {
    "traced": partial(_page, STANDINGS["unseen"]),
    "held": partial(_page, STANDINGS["unseen, paid by our word"]),
    "prepared": partial(_page, STANDINGS["preparing, longer"]),
    "prepared, short": _brief,
    "inn by phone": ANSWERS["inn"],
    "readiness by phone": ANSWERS["ready"],
    "paying is closed": lambda person: str(no_inn(person.applications.get())),
    "accepted": lambda person: _next_one(person)[1],
    "late": lambda person: _next_one(person)[-1],
}


@pytest.mark.parametrize(("channel", "comes"), CHANNELS)
@pytest.mark.parametrize("name", SENTENCES)
def test_an_sms_is_promised_to_whom_it_goes_and_the_cabinet_to_others(person, name, channel, comes):
    channel(person)

    with override("ru"):
        said = SENTENCES[name](person)

    assert ("SMS" in said) == comes
    assert comes or "кабинет" in said


@pytest.mark.parametrize(("channel", "comes"), CHANNELS)
def test_the_page_of_the_inn_promises_it_too(client, person, channel, comes):
    channel(person)
    client.force_login(person.user)

    page = client.get(reverse("cabinet:inn")).content.decode()

    assert inn_page(person).by_sms == comes
    assert ("появится на этой странице" in page) == (not comes)


def test_one_topic_that_is_switched_off_takes_only_its_own(person):
    _hears(person)
    Preference.objects.create(person_id=person.pk, topic=Topic.MONEY, channel="sms", on=False)

    assert reached.topics_of(person.pk) == TOPICS - {Topic.MONEY}


def test_what_is_switched_off_for_letters_still_comes_by_sms(person):
    _hears(person)
    Preference.objects.create(person_id=person.pk, topic=Topic.MONEY, channel="email", on=False)

    assert reached.topics_of(person.pk) == TOPICS


def test_of_anothers_number_nothing_is_known(person):
    PhoneFactory(number=NUMBER)

    assert reached.topics_of(person.pk) == frozenset()


def test_the_sentence_changes_nothing_else_of_a_standing(person):
    it = promising(STANDINGS["due"], TOPICS)

    assert it == replace(STANDINGS["due"], news_by_sms=True, money_by_sms=True)
