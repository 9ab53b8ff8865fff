"""A phone asks by a short code; one screen answers."""

from base64 import b64encode
from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from accounts.models import LoginKind, LoginName, PhoneKind
from common import clock
from tests.factories import (
    ApplicationFactory,
    InnFactory,
    PatentFactory,
    PersonFactory,
    PhoneFactory,
    PlacementFactory,
    UserFactory,
)
from ussd import services
from ussd.models import Session

pytestmark = pytest.mark.django_db

PHONE = "+79161234567"
UNKNOWN = "Мы не знаем этот номер. Добавьте его в кабинете («Контакты») или в центре."
MENU = "1. Мой ИНН\n2. Готов ли патент\n3. Срок и оплата"
INN = "ИНН: 775100004210"
TODAY = date(2026, 1, 20)


@pytest.fixture(autouse=True)
def clock_of_test():
    with time_machine.travel("2026-01-20 09:00:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def person():
    """One month of the patent of 15 January is posted."""
    application = ApplicationFactory(number="1381161", status="issued")
    PatentFactory(application=application)
    PlacementFactory(application=application)
    InnFactory(person=application.person)
    PhoneFactory(person=application.person, number=PHONE)
    return application.person


@pytest.fixture
def dial(client):
    """Dial, type: what the phone shows. Each session has an id of its own, unless it is said."""
    count = iter(range(1000))

    def ask(text, phone=PHONE, **more):
        fields = {"session": f"s-{next(count)}", "phone": phone, "text": text, **more}
        answer = client.post("/ussd/", fields)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
        return answer.content.decode()

    return ask


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("*132*006*1#", INN),
        ("*132*006*2#", "Патент выдан 15.01.2026."),
        (
            "*132*006*3#",
            "Патент действует. Оплачено по 14.02.2026. Платите до 14.02.2026 включительно.",
        ),
    ],
)
def test_each_code_answers_with_one_screen(person, dial, code, said):
    assert dial(code) == f"END {said}"
    assert dial("", code=code) == f"END {said}"
    assert dial(code, code=code) == f"END {said}"
    assert dial(code[-2], code="*132*006#") == f"END {said}"


@pytest.mark.parametrize("text", ["", "*132*006#", "7", "9*0", "*", "что-нибудь", "1" * 5000])
def test_what_names_no_service_shows_the_menu(person, dial, text):
    assert dial(text) == f"CON {MENU}"
    assert len(MENU) <= 80


def test_a_wrong_choice_is_forgotten_when_a_right_one_follows(person, dial):
    assert dial("7*1") == f"END {INN}"


def test_it_speaks_the_language_of_the_person(person, dial):
    person.language = "en"
    person.save()

    assert dial("2") == "END The patent was issued on 15.01.2026."
    assert dial("").startswith("CON 1. My INN\n2.")


@pytest.mark.parametrize("phone", ["89161234567", "79161234567", "9161234567", "+7 916 123-45-67"])
def test_a_number_is_known_however_it_is_written(person, dial, phone):
    assert dial("1", phone=phone) == f"END {INN}"


def test_a_foreign_number_is_as_good_once_it_is_bound(person, dial):
    PhoneFactory(person=person, kind=PhoneKind.OWN, number="+998901234567", bound_at=clock.now())

    assert dial("1", phone="998901234567") == f"END {INN}"


@pytest.mark.parametrize(
    "phone", ["+79990000000", "123", "7916123", "+74951234567", "телефон", "9" * 300, "\x00", "+"]
)
def test_a_phone_that_no_account_has_is_told_how_to_bind_it(person, dial, phone):
    assert dial("*132*006*1#", phone=phone) == f"END {UNKNOWN}"
    assert len(UNKNOWN) <= 80


def test_a_number_that_was_only_said_proves_nobody(person, dial):
    PhoneFactory(person=person, kind=PhoneKind.OWN, number="+79160000001", bound_at=None)

    assert dial("1", phone="+79160000001") == f"END {UNKNOWN}"


def test_a_number_that_was_given_up_proves_nobody(person, dial):
    person.phones.update(valid_until=TODAY)

    assert dial("1") == f"END {UNKNOWN}"


def test_a_closed_account_answers_nothing(person, dial):
    person.user.is_active = False
    person.user.save()

    assert dial("1") == f"END {UNKNOWN}"


def test_a_person_without_papers_is_answered_too(dial):
    PhoneFactory(number=PHONE)

    assert dial("1") == "END ИНН пока нет. Когда он появится, пришлём SMS."
    assert dial("3") == "END У вас пока нет заявления на патент."


# Two people with one number


@pytest.fixture
def brother(person):
    application = ApplicationFactory(number="1381999")
    PhoneFactory(person=application.person, number=PHONE)
    return application.person


def test_of_two_people_with_one_number_nobody_is_guessed(person, brother, dial):
    asked = dial("1")

    assert asked == "CON Номер у нескольких людей. 3 последние цифры вашего заявления?"
    assert dial("1*161") == f"END {INN}"
    assert dial("1*999") == "END ИНН пока нет. Когда он появится, пришлём SMS."
    assert dial("*132*006*1*161#") == f"END {INN}"


def test_the_same_last_digits_of_both_are_no_answer(person, brother, dial):
    LoginName.objects.create(kind=LoginKind.APPLICATION, value="2000161", user=brother.user)

    assert dial("1*161").startswith("CON")


def test_digits_are_not_tried_out(person, brother, dial):
    for wrong in range(5):
        assert dial(f"1*00{wrong}").startswith("CON Не подходит")

    assert dial("1*161") == "END Чьи документы показать, не понятно. Позвоните: 8 (495) 777-77-77"


def test_one_person_with_both_kinds_of_the_number_is_one(person, dial):
    PhoneFactory(person=person, kind=PhoneKind.OWN, number=PHONE, bound_at=clock.now())

    assert dial("1") == f"END {INN}"


# A dialogue that never ends


def test_a_session_ends_after_ten_steps(person, dial):
    said = [dial("", session="one") for _step in range(11)]

    assert [line[:3] for line in said] == ["CON"] * 10 + ["END"]
    assert said[-1] == "END Время вышло. Наберите *132*006# ещё раз."
    assert dial("1", session="one").startswith("END Время вышло")
    assert dial("1", session="another") == f"END {INN}"


def test_a_session_ends_after_three_minutes(person, dial, clock_of_test):
    dial("", session="one")
    clock_of_test.shift(timedelta(minutes=3, seconds=1))

    assert dial("1", session="one").startswith("END Время вышло")


def test_an_id_that_is_used_again_after_an_hour_is_another_session(person, dial, clock_of_test):
    dial("", session="one")
    clock_of_test.shift(timedelta(minutes=59))
    assert dial("1", session="one").startswith("END Время вышло")
    clock_of_test.shift(timedelta(minutes=2))

    assert [dial("", session="one")[:3] for _step in range(10)] == ["CON"] * 10
    assert dial("", session="one").startswith("END Время вышло")


def test_a_phone_asks_thirty_times_an_hour(person, dial, clock_of_test):
    for _time in range(30):
        assert dial("1") == f"END {INN}"

    assert dial("1") == "END Слишком много запросов. Повторите через час или 8 (495) 777-77-77"
    assert dial("", phone="+79990000000") == f"END {UNKNOWN}"
    clock_of_test.shift(timedelta(hours=1, seconds=1))
    assert dial("1") == f"END {INN}"


def test_somebody_elses_session_of_the_same_name_is_another(person, dial):
    for _step in range(11):
        dial("", session="one", phone="+79990000000")

    assert dial("1", session="one") == f"END {INN}"


def test_sessions_are_forgotten_after_a_day(person, dial, clock_of_test):
    dial("1")
    clock_of_test.shift(timedelta(days=1, minutes=1))
    dial("1")

    assert services.forget_what_is_over() == 1
    assert Session.objects.count() == 1


def test_no_number_stands_in_a_session(person, dial):
    dial("1", session="one")

    kept = " ".join(str(value) for value in Session.objects.values_list().get())
    assert PHONE[1:] not in kept
    assert "one" not in kept


@pytest.mark.parametrize("code", ["1", "2", "3"])
def test_an_answer_asks_the_database_few_questions(
    person, dial, django_assert_max_num_queries, code
):
    with django_assert_max_num_queries(4):
        dial(code)


# Who may post, and what


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"phone": PHONE, "text": "1"},
        {"session": "s", "text": "1"},
        {"session": "", "phone": PHONE},
        {"session": "с пробелом", "phone": PHONE},
        {"session": "s" * 101, "phone": PHONE},
        {"session": "s", "phone": PHONE, "text": "1" * 20_000},
    ],
)
def test_a_request_of_the_wrong_shape_is_refused(client, body):
    answer = client.post("/ussd/", body)

    assert answer.status_code == 400
    assert answer.content.startswith(b"END ")
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        "",
        "null",
        "[]",
        "{",
        "[" * 10_000,
        '{"session": ["s"], "phone": "79161234567"}',
        '{"session": "s", "phone": true}',
        '{"session": "\\ud800", "phone": "79161234567"}',
        "\xff",
    ],
)
def test_json_of_the_wrong_shape_is_refused(client, body):
    answer = client.post("/ussd/", body, content_type="application/json")

    assert answer.status_code == 400


def test_json_is_taken_as_a_form_is(person, client):
    body = {"session": "s", "phone": 79161234567, "text": "\ud83d\ude42*1\u0000*1"}
    answer = client.post("/ussd/", body, content_type="application/json")

    assert answer.content.decode() == f"END {INN}"


def test_a_page_is_not_read_here(client):
    assert client.get("/ussd/").status_code == 405


def basic(password):
    return {"Authorization": "Basic " + b64encode(f"operator:{password}".encode()).decode()}


@pytest.mark.parametrize(
    ("secret", "networks", "headers", "status"),
    [
        ("", [], {}, 404),
        ("", [], basic(""), 404),
        ("word", [], {}, 404),
        ("word", [], basic("other"), 404),
        ("word", [], {"Authorization": "Basic ё"}, 404),
        ("word", [], {"Authorization": "Bearer word"}, 404),
        ("word", [], basic("word"), 200),
        ("", ["10.0.0.0/8"], {"X-Forwarded-For": "10.0.0.1"}, 404),
        ("", ["127.0.0.0/8"], {}, 200),
        ("word", ["127.0.0.0/8"], {}, 404),
        ("word", ["10.0.0.0/8"], basic("word"), 404),
        ("word", ["127.0.0.0/8"], basic("word"), 200),
    ],
)
def test_only_the_aggregator_is_answered(settings, client, secret, networks, headers, status):
    settings.USSD_SECRET, settings.USSD_NETWORKS = secret, networks
    answer = client.post("/ussd/", {"session": "s", "phone": PHONE}, headers=headers)

    assert answer.status_code == status


def test_a_production_that_answers_nobody_is_told_so(settings):
    settings.USSD_SECRET, settings.USSD_NETWORKS = "", []

    with pytest.raises(SystemCheckError, match="ussd.E001"):
        call_command("check", deploy=True, stderr=StringIO())


def test_staff_and_merged_records_are_nobody(person, dial):
    gone = PersonFactory(user=UserFactory(), merged_into=person)
    PhoneFactory(person=gone, number="+79160000002")

    assert dial("1", phone="+79160000002") == f"END {UNKNOWN}"
