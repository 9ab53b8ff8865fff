"""«ИНН»: the number and its check digits, how it came, when we sent it; why it is not there."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from notifications.models import Message, MessageStatus
from patents import services
from tests.factories import ApplicationFactory, InnFactory, PersonFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("cabinet:inn")
INN, ANOTHER = "775100004210", "770000000156"


@pytest.fixture(autouse=True)
def moscow_february():
    with time_machine.travel("2026-02-10 09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def read(client):
    def page(person):
        client.force_login(person.user)
        return client.get(PAGE).content.decode().replace("\u00a0", " ")

    return page


def test_the_number_is_shown_in_groups_with_its_check_digits(read):
    text = read(InnFactory(value=INN).person)

    groups = "<span>7751</span> <span>0000</span> <span>42"
    assert groups + '<span class="check">10</span></span>' in text
    assert 'data-plain="775100004210"' in text
    assert 'data-copy="inn"' in text


def test_how_it_came_and_since_when_it_is_known(read):
    inn = InnFactory(
        value=INN, source="ministry", received_at=datetime(2026, 2, 5, 9, 3, tzinfo=UTC)
    )

    text = read(inn.person)

    assert "5 января 2026" in text
    assert "данные МВД на 12:03, 5 февраля" in text


def test_when_the_number_was_sent_is_the_story_of_its_message(read):
    inn = services.enter_inn(person=PersonFactory(), value=INN, on=date(2026, 2, 9))
    person = inn.person
    message = Message.objects.filter(event="patents.inn_assigned")

    assert "отправляется" in read(person)

    message.update(
        status=MessageStatus.DELIVERED,
        sent_at=datetime(2026, 2, 10, 6, 0, tzinfo=UTC),
        delivered_at=datetime(2026, 2, 10, 6, 1, tzinfo=UTC),
    )

    text = read(person)
    assert "отправлена в 09:00, 10 февраля 2026" in text
    assert "доставлена в 09:01, 10 февраля 2026" in text


def test_a_number_that_was_never_sent_says_so(read):
    assert "не отправляли: смотрите номер здесь" in read(InnFactory(value=INN).person)


def test_not_there_yet_says_why_since_when_and_what_to_do(read):
    application = ApplicationFactory(accepted_on=date(2026, 1, 20))

    text = read(application.person)

    assert "ИНН" in text
    assert "Мы ждём его с 20 января 2026." in text
    assert "Что можно сделать" in text
    assert "data-copy" not in text


def test_who_applied_again_is_told_the_first_day_of_waiting(read):
    first = ApplicationFactory(accepted_on=date(2026, 1, 20), status="in_review")
    ApplicationFactory(person=first.person, accepted_on=date(2026, 2, 9))

    assert "Мы ждём его с 20 января 2026." in read(first.person)


def test_a_refused_application_is_not_waited_by(read):
    refused = ApplicationFactory(refused=True)
    ApplicationFactory(person=refused.person, accepted_on=date(2026, 2, 9))

    text = read(refused.person)

    assert "Мы ждём его с 9 февраля 2026." in text
    assert "отказали" not in text


def test_who_was_only_refused_is_not_told_that_we_wait(read):
    refused = ApplicationFactory(refused=True)

    text = read(refused.person)

    assert "Мы ждём его" not in text
    assert "По вашему заявлению отказали, поэтому ИНН мы сейчас не ждём." in text
    assert f'href="{reverse("cabinet:patent")}">Что делать после отказа' in text


def test_who_has_not_applied_is_not_told_that_we_wait(read):
    text = read(PersonFactory())

    assert "Мы ждём его" not in text
    assert "отказали" not in text


def test_a_corrected_number_warns_of_the_one_before(read):
    person = PersonFactory()
    services.enter_inn(person=person, value=INN, on=date(2026, 1, 5))
    services.enter_inn(person=person, value=ANOTHER, on=date(2026, 2, 9))

    text = read(person)

    assert 'data-plain="770000000156"' in text
    assert '<s class="n">775100004210</s>' in text
    assert "до 8 февраля 2026" in text


def test_a_number_that_held_on_no_day_is_not_shown(read):
    person = PersonFactory()
    services.enter_inn(person=person, value=INN, on=date(2026, 2, 9))
    services.enter_inn(person=person, value=ANOTHER, on=date(2026, 2, 9))

    assert INN not in read(person)


def test_nobody_reads_the_number_of_another(read):
    InnFactory(value=INN)

    assert INN not in read(PersonFactory())


@pytest.mark.parametrize("count", [1, 4])
def test_the_number_of_questions_does_not_grow(client, count, django_assert_num_queries):
    person = PersonFactory()
    for number in range(count):
        last = None if number == 0 else date(2025, number, 28)
        InnFactory(person=person, value=INN, valid_from=date(2025, number + 1, 1), valid_until=last)
    client.force_login(person.user)

    with django_assert_num_queries(5):  # session, user with the person, INNs, message, news
        client.get(PAGE)
