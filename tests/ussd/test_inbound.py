"""An SMS to the centre: a word is read, something is done, one SMS answers."""

from datetime import date, timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override

from accounts.models import PhoneChange, PhoneKind, RecoveryHold, SignIn, TimelineEntry
from common import clock
from desk.models import Note
from desk.worklists import WORKLISTS
from notifications import events
from notifications.models import Message, Preference
from tests.at_once import PATIENCE, at_once, meeting
from tests.factories import (
    ApplicationFactory,
    InnFactory,
    PatentFactory,
    PhoneFactory,
    PlacementFactory,
    StaffFactory,
)
from ussd.models import Inbound
from ussd.services import inbound

pytestmark = pytest.mark.django_db

PHONE, HOTLINE = "+79161234567", "8 (495) 777-77-77"
ADDRESS = "/hooks/sms/smsaero/sandbox-hook/inbound/"


@pytest.fixture(autouse=True)
def clock_of_test():
    with time_machine.travel("2026-01-20 09:00:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def person():
    application = ApplicationFactory(number="1381161", status="issued")
    PatentFactory(application=application)
    PlacementFactory(application=application)
    InnFactory(person=application.person)
    PhoneFactory(person=application.person, number=PHONE)
    return application.person


@pytest.fixture
def write(client):
    """Write to the centre: the words of the answer that is queued for this phone, if one is."""
    count = iter(range(1000))

    def post(text, phone=PHONE, **more):
        before = set(Message.objects.values_list("pk", flat=True))
        fields = {"id": f"in-{next(count)}", "phone": phone, "text": text, **more}
        answer = client.post(ADDRESS, fields)
        assert (answer.status_code, answer.content) == (200, b"100")
        new = Message.objects.exclude(pk__in=before)
        return said(new.get()) if new else None

    return post


def said(message):
    event = events.find(message.event)
    recipient = event.recipient(message.subject_id)
    with override(recipient.language):
        return gettext(event.template) % event.context(message.subject_id)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("ИНН", "Заявление …161. ИНН: 775100004210"),
        ("готов", "Заявление …161. Патент выдан 15.01.2026."),
        (
            "Muddat",
            "Заявление …161. Патент действует. Оплачено по 14.02.2026. "
            "Платите до 14.02.2026 включительно.",
        ),
        ("помощь", f"Напишите: ИНН, ГОТОВ, СРОК, СТОП, НЕ Я. Или позвоните: {HOTLINE}"),
    ],
)
def test_a_word_is_answered_as_the_short_code_is(person, write, text, answer):
    assert write(text) == answer


def test_the_answer_goes_first_and_only_to_the_phone_that_asked(person, write):
    PhoneFactory(person=person, kind=PhoneKind.OWN, number="+998901234567", bound_at=clock.now())
    write("ИНН", phone="998901234567")

    message = Message.objects.get()
    event = events.find(message.event)
    assert (message.fixed_address, message.person_id) == ("+998901234567", person.pk)
    assert (event.awaited, event.may_fall_back) == (True, False)


def test_it_answers_in_the_language_of_the_person(person, write):
    person.language = "en"
    person.save()

    assert write("ГОТОВ") == "Application ...161. The patent was issued on 15.01.2026."


def test_an_sms_that_is_brought_again_is_answered_once(person, write):
    assert write("ИНН", id="one") is not None
    assert write("ИНН", id="one") is None
    assert Inbound.objects.count() == 1


def test_neither_the_text_nor_the_number_is_kept(person, write):
    write("срок 1381161")

    kept = " ".join(str(value) for value in Inbound.objects.values_list().get())
    assert PHONE[1:] not in kept
    assert "1381161" not in kept


# Whose


def test_of_two_people_nobody_is_guessed(person, write):
    other = ApplicationFactory(number="1381999").person
    PhoneFactory(person=other, number=PHONE)

    asked = "Этот номер у нескольких людей. Допишите 3 последние цифры заявления: СРОК 161"
    assert write("ИНН") == asked
    assert write("ИНН 161") == "Заявление …161. ИНН: 775100004210"
    assert write("ИНН 1381999") == "Заявление …999. ИНН пока нет. Когда он появится, пришлём SMS."


def test_digits_are_not_tried_out(person, write, clock_of_test):
    PhoneFactory(person=ApplicationFactory().person, number=PHONE)
    for wrong in range(5):
        write(f"ИНН 00{wrong}")
    clock_of_test.shift(timedelta(hours=2))

    assert write("ИНН 161").startswith("Напишите")


def test_an_unknown_number_gets_one_hint_a_day(write):
    hint = "Мы не знаем этот номер. Добавьте его в кабинете или в центре"

    assert write("ИНН") == hint
    assert write("СРОК") is None
    assert Message.objects.get().person_id is None


def test_an_unknown_number_is_told_in_the_language_of_its_word(write):
    write("допомога")

    assert Inbound.objects.get().language == "uk"


def test_a_number_that_was_only_said_reads_nothing(person, write):
    PhoneFactory(person=person, kind=PhoneKind.OWN, number="+79160000001", bound_at=None)

    assert "Мы не знаем" in write("ИНН", phone="+79160000001")


def test_an_answer_that_waited_meets_no_stranger(person, write):
    """The number was given up before the SMS went."""
    write("ИНН")
    message = Message.objects.get()
    event = events.find(message.event)

    assert event.still_true(message.subject_id)
    person.phones.update(valid_until=clock.today())
    assert not event.still_true(message.subject_id)


# Machines


@pytest.mark.parametrize("phone", ["MegaFon", "0500", "123", "", " ", "+7", "9" * 100, "\x00"])
def test_a_sender_that_is_no_phone_is_never_answered(client, phone):
    fields = {"id": "1", "phone": phone, "text": "ИНН"}

    assert client.post(ADDRESS, fields).status_code in {200, 400}
    assert not Message.objects.exists()


def test_a_machine_that_answers_our_answers_stops_hearing_them(person, write):
    heard = [write("ПОМОЩЬ") for _time in range(20)]

    assert [bool(text) for text in heard] == [True] * 5 + [False] * 15


def test_words_that_are_none_are_answered_once_a_day(person, write):
    assert write("что это").startswith("Напишите")
    assert write("ничего") is None
    assert write("Абонент временно недоступен, " * 4) is None


def test_a_thousand_unknown_numbers_do_not_spend_our_money(write, monkeypatch):
    monkeypatch.setattr("ussd.services.inbound.HINTS_TO_NOBODY_AN_HOUR", 3)
    heard = [write("ИНН", phone=f"+7916000{n:04d}") for n in range(6)]

    assert [bool(text) for text in heard] == [True] * 3 + [False] * 3


# СТОП


def off(person):
    mine = Preference.objects.filter(person_id=person.pk, channel="sms", on=False)
    return set(mine.values_list("topic", flat=True))


def test_stop_ends_what_the_law_does_not_ask_for_and_start_brings_it_back(person, write):
    answer = write("СТОП")

    assert off(person) == {"patent", "money", "reminders", "centre"}
    assert answer == "SMS больше не шлём, кроме паролей и сообщений по закону. Вернуть: СТАРТ"
    write("СТОП")
    assert write("СТАРТ") == "Снова присылаем SMS. Не нужны? СТОП"
    assert off(person) == set()
    told = TimelineEntry.objects.filter(person=person, kind__startswith="sms-").order_by("pk")
    assert list(told.values_list("kind", flat=True)) == ["sms-stopped", "sms-again"]


def test_stop_is_done_even_when_it_is_not_answered_any_more(person, write):
    for _time in range(5):
        write("ПОМОЩЬ")

    assert write("СТОП") is None
    assert off(person)


# A number that was only said at the desk


@pytest.fixture
def said_only(person):
    """The person has no SIM of ours, and nobody ever answered from the number."""
    person.phones.update(kind=PhoneKind.OWN, bound_at=None)
    return person


def test_who_holds_a_wrongly_typed_number_can_stop_our_sms(in_danger, said_only, write):
    answer = write("СТОП")

    assert answer == "SMS больше не шлём, кроме паролей и сообщений по закону. Вернуть: СТАРТ"
    assert off(said_only) == {"patent", "money", "reminders", "centre"}
    assert Message.objects.get().person_id is None
    assert sessions(said_only) == 1


def test_stop_of_a_wrongly_typed_number_stands_once_in_the_story(said_only, write):
    for _time in range(3):
        write("СТОП")

    [entry] = TimelineEntry.objects.filter(kind="said-number-stopped")
    assert entry.person_id == said_only.pk
    assert write("СТАРТ") == "Снова присылаем SMS. Не нужны? СТОП"
    assert off(said_only) == set()


def test_who_has_another_number_too_is_not_stopped_by_one_that_was_only_said(person, write):
    PhoneFactory(person=person, kind=PhoneKind.OWN, number="+79160000001", bound_at=None)

    assert "Мы не знаем" in write("СТОП", phone="+79160000001")
    assert off(person) == set()


def test_a_number_that_was_only_said_still_reads_nothing(said_only, write):
    assert "Мы не знаем" in write("СРОК")


# НЕ Я


def sessions(person):
    return SignIn.objects.filter(user=person.user, ended_at__isnull=True).count()


@pytest.fixture
def in_danger(person):
    """Somebody is in the cabinet, binds a number, and asks for access with the printed code."""
    browser = Client()
    browser.force_login(person.user)
    SignIn.objects.create(
        user=person.user, session_hash="0" * 64, started_at=clock.now(), seen_at=clock.now()
    )
    later = clock.now() + timedelta(hours=24)
    PhoneChange.objects.create(
        person=person, number="+79990000000", code_hash="x", expires_at=later
    )
    RecoveryHold.objects.create(person=person, number="+79990000000", opens_at=later)
    person.user.waiting_password, person.user.waiting_until = "hash", later
    person.user.save()
    return person


def test_not_me_lets_go_of_whatever_a_stranger_may_hold(in_danger, write):
    answer = write("не я")

    assert answer == f"Из кабинета вышли все телефоны. Позвоните нам: {HOTLINE}"
    assert sessions(in_danger) == 0
    assert not PhoneChange.objects.open().exists()
    hold = RecoveryHold.objects.get()
    assert hold.objected
    assert hold.ended_at
    in_danger.user.refresh_from_db()
    assert in_danger.user.waiting_password == ""
    assert in_danger.user.is_active


def test_not_me_stands_in_the_story_and_before_the_staff(in_danger, write):
    application = in_danger.applications.get()
    write("НЕ Я")

    assert TimelineEntry.objects.filter(person=in_danger, kind="not-me-by-sms").count() == 1
    assert list(WORKLISTS["not-me"].rows()) == [application]
    assert WORKLISTS["not-me"].rows().get().since == date(2026, 1, 20)


def test_a_note_of_the_staff_ends_the_work_until_it_is_said_again(person, write, clock_of_test):
    write("НЕ Я")
    clock_of_test.shift(60)
    Note.objects.create(person=person, text="Позвонили, всё в порядке.", written_by=StaffFactory())
    assert not WORKLISTS["not-me"].rows().exists()

    clock_of_test.shift(60)
    write("НЕ Я")
    assert WORKLISTS["not-me"].rows().count() == 1


def test_the_number_before_the_change_may_say_it_for_a_week(person, write, clock_of_test):
    person.phones.update(valid_until=date(2026, 1, 20))
    assert write("НЕ Я").startswith("Из кабинета вышли")

    clock_of_test.shift(timedelta(days=8))
    assert "кабинета вышли" not in (write("НЕ Я") or "")
    assert TimelineEntry.objects.filter(kind="not-me-by-sms").count() == 1


def test_a_stranger_who_says_not_me_harms_nobody(in_danger, write):
    assert write("НЕ Я", phone="+79990000000").startswith("Напишите")
    assert sessions(in_danger) == 1


# Who may bring it, and in which shape


@pytest.mark.parametrize(
    "address",
    [
        ADDRESS.replace("sandbox-hook", "wrong"),
        ADDRESS.replace("smsaero", "nobody"),
        "/hooks/sms/smsaero//inbound/",
    ],
)
def test_a_forged_sms_is_not_taken(person, client, address):
    fields = {"id": "1", "phone": PHONE, "text": "НЕ Я"}

    assert client.post(address, fields).status_code == 404
    assert not Inbound.objects.exists()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({}, None),
        ({"phone": PHONE, "text": "ИНН"}, None),
        ({"id": "1", "text": "ИНН"}, None),
        ({"id": "с пробелом", "phone": PHONE}, None),
        ({"id": "1" * 61, "phone": PHONE}, None),
        ({"id": "1", "phone": PHONE, "text": "я" * 20_000}, None),
        ("[" * 10_000, "application/json"),
        ('{"id": "1", "phone": ["7"]}', "application/json"),
        ("null", "application/json"),
    ],
)
def test_a_body_of_the_wrong_shape_is_refused(client, body, kind):
    answer = client.post(ADDRESS, body, **({"content_type": kind} if kind else {}))

    assert answer.status_code == 400
    assert not Inbound.objects.exists()


def test_json_is_taken_as_a_form_is(person, client):
    body = {"id": 17, "phone": 79161234567, "text": "ИНН"}

    assert client.post(ADDRESS, body, content_type="application/json").status_code == 200
    assert Message.objects.get().fixed_address == PHONE


def test_the_address_is_known_by_its_name():
    assert reverse("ussd:sms_to_centre", args=["smsaero", "sandbox-hook"]) == ADDRESS


# --- two copies of one SMS at once


def answers_to_two_copies() -> int:
    """An operator repeats itself before our first answer; how many SMS go back to the person."""
    application = ApplicationFactory(number="1381161", status="issued")
    PhoneFactory(person=application.person, number=PHONE)
    fields = {"provider": "smsaero", "number": "in-1", "phone": PHONE, "text": "ИНН"}
    at_once(*[lambda: inbound.take_in(**fields)] * 2)
    return Message.objects.count()


@pytest.fixture
def unguarded():
    """The database without its rule that one SMS of an operator is one row."""
    rule = next(one for one in Inbound._meta.constraints if one.name == "inbound_once")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Inbound, rule)
    yield
    Inbound.objects.all().delete()
    with connection.schema_editor() as editor:
        editor.add_constraint(Inbound, rule)


@pytest.mark.django_db(transaction=True)
def test_two_copies_at_once_are_answered_once(monkeypatch):
    meeting(monkeypatch, inbound.keywords, "read", 2)

    assert (answers_to_two_copies(), Inbound.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_without_the_rule_both_copies_are_answered(unguarded, monkeypatch):
    save, both = Inbound.save, Barrier(2, timeout=PATIENCE)

    def meets(row, **how):
        if row._state.adding:
            both.wait()
        save(row, **how)

    monkeypatch.setattr(Inbound, "save", meets)

    assert (answers_to_two_copies(), Inbound.objects.count()) == (2, 2)
