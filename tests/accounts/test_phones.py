import re
from datetime import UTC, datetime, timedelta
from html import unescape
from threading import Barrier

import pytest
import time_machine
from django.urls import reverse

from accounts import kinds, services
from accounts.errors import (
    NothingToConfirm,
    PhoneClosedAfterReset,
    SamePhone,
    TooManyCodes,
    WrongCode,
)
from accounts.models import CODE_TRIES, PhoneChange, PhoneKind, TimelineEntry
from accounts.models.contacts import PhoneChangeQuerySet
from accounts.recipients import recipient_of
from accounts.services import phones
from common import clock, sealing
from notifications.models import Message
from tests.at_once import PATIENCE, at_once
from tests.desk.rows import message
from tests.factories import PASSWORD, PersonFactory, PhoneFactory

SIM, NEW, OTHER = "+79161234567", "+79030000001", "+998901234567"
CONTACTS = reverse("accounts:contacts")
CHANGE, CODE = reverse("accounts:phone_change"), reverse("accounts:phone_code")


def code_for(person, number=NEW) -> str:
    services.ask_phone_change(person=person, number=number)
    message = Message.objects.filter(event="accounts.phone_code").latest("pk")
    assert message.fixed_address == number
    return sealing.unseal(message.secret)


def another(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def told(event):
    return sorted(Message.objects.filter(event=event).values_list("fixed_address", flat=True))


def test_the_code_binds_the_number_and_the_old_one_is_told(person):
    code = code_for(person)
    assert re.fullmatch(r"\d{6}", code)
    assert recipient_of(person.pk).addresses == (SIM,)

    services.confirm_phone(person=person, code=code)

    assert recipient_of(person.pk).addresses == (NEW, SIM)
    assert told("accounts.phone_bound") == [SIM]
    assert list(person.timeline.values_list("kind", flat=True)) == [
        kinds.PHONE_BOUND,
        kinds.PHONE_ASKED,
    ]


def test_another_own_number_replaces_the_one_before_which_is_told_too(person):
    services.confirm_phone(person=person, code=code_for(person))

    services.confirm_phone(person=person, code=code_for(person, OTHER))

    assert recipient_of(person.pk).addresses == (OTHER, SIM)
    assert told("accounts.phone_bound") == sorted([SIM, SIM, NEW])
    assert person.phones.get(number=NEW).valid_until == clock.today()


def test_a_number_said_at_the_desk_is_bound_as_it_stands(person):
    said = PhoneFactory(person=person, kind=PhoneKind.OWN, number=NEW)

    bound = services.confirm_phone(person=person, code=code_for(person))

    assert bound == said
    assert bound.bound_at is not None


def test_five_wrong_codes_end_it_even_for_the_right_one(person):
    code = code_for(person)
    for _ in range(5):
        with pytest.raises(WrongCode):
            services.confirm_phone(person=person, code=another(code))

    with pytest.raises(NothingToConfirm):
        services.confirm_phone(person=person, code=code)
    assert not person.phones.filter(number=NEW).exists()


def test_the_fifth_try_may_be_the_right_one(person):
    code = code_for(person)
    for _ in range(4):
        with pytest.raises(WrongCode):
            services.confirm_phone(person=person, code=another(code))

    assert services.confirm_phone(person=person, code=code).number == NEW


def test_a_code_dies_after_ten_minutes_and_by_a_new_one_and_by_its_use(person):
    first = code_for(person)
    eleven = clock.now() + timedelta(minutes=10, seconds=1)
    with time_machine.travel(eleven), pytest.raises(NothingToConfirm):
        services.confirm_phone(person=person, code=first)
    second = code_for(person)
    if first != second:
        with pytest.raises(WrongCode):
            services.confirm_phone(person=person, code=first)
    services.confirm_phone(person=person, code=second)

    with pytest.raises(NothingToConfirm):
        services.confirm_phone(person=person, code=second)


def test_a_code_of_one_person_binds_nothing_for_another(person):
    stranger = PersonFactory()
    code = code_for(person)
    code_for(stranger, OTHER)

    with pytest.raises(WrongCode):
        services.confirm_phone(person=stranger, code=code)


def test_no_code_can_be_read_from_its_row(person):
    code = code_for(person)

    assert code not in PhoneChange.objects.get().code_hash


def test_codes_a_day_are_few_for_a_person_and_for_a_number(person):
    for _ in range(phones.CODES_A_DAY):
        services.ask_phone_change(person=person, number=NEW)

    with pytest.raises(TooManyCodes):
        services.ask_phone_change(person=person, number=OTHER)
    with pytest.raises(TooManyCodes):
        services.ask_phone_change(person=PersonFactory(), number=NEW)


def test_the_number_that_is_bound_already_needs_no_code(person):
    services.confirm_phone(person=person, code=code_for(person))

    with pytest.raises(SamePhone):
        services.ask_phone_change(person=person, number=NEW)


def used_reset(person):
    user = person.user
    services.let_wait(user_id=user.pk)
    user.refresh_from_db()
    services.adopt_waiting(user=user)


def test_for_a_day_after_a_reset_was_used_the_phone_cannot_be_changed(person):
    code = code_for(person)
    used_reset(person)

    with pytest.raises(PhoneClosedAfterReset):
        services.ask_phone_change(person=person, number=OTHER)
    with pytest.raises(PhoneClosedAfterReset):
        services.confirm_phone(person=person, code=code)
    with time_machine.travel(clock.now() + timedelta(hours=24, seconds=1)):
        services.ask_phone_change(person=person, number=OTHER)


def test_a_reset_that_nobody_used_closes_nothing(person):
    """Else a stranger could keep the owner from changing the phone."""
    services.let_wait(user_id=person.user_id)

    services.ask_phone_change(person=person, number=NEW)


def guessing(person, code, count=8):
    """What eight guesses at once are answered."""

    def guess():
        try:
            services.confirm_phone(person=person, code=code)
        except (WrongCode, NothingToConfirm) as refusal:
            return type(refusal)

    return at_once(*[guess] * count)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_broker")
def test_eight_wrong_codes_at_once_are_five_tries_and_the_right_one_comes_too_late(person):
    code = code_for(person)

    answers = guessing(person, another(code))

    assert answers.count(WrongCode) == CODE_TRIES
    assert answers.count(NothingToConfirm) == 3
    assert PhoneChange.objects.get().tries == CODE_TRIES
    assert guessing(person, code) == [NothingToConfirm] * 8
    assert not person.phones.filter(number=NEW).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_broker")
def test_reading_the_tries_and_writing_one_more_lets_all_eight_guess(person, monkeypatch):
    """The twin: what stands in the row is read first, and one more is written later."""
    all_have_read = Barrier(8, timeout=PATIENCE)

    def naive(person):
        change = PhoneChange.objects.open().get(person=person)
        all_have_read.wait()
        if change.tries >= CODE_TRIES:
            raise NothingToConfirm
        change.tries += 1
        change.save()
        return change

    monkeypatch.setattr(phones, "_with_one_try_less", naive)

    answers = guessing(person, another(code_for(person)))

    assert answers.count(WrongCode) > CODE_TRIES


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_broker")
def test_the_right_code_twice_at_once_binds_the_number_once(person):
    code = code_for(person)

    answers = guessing(person, code, count=2)

    assert sorted(answers, key=str) == [NothingToConfirm, None]
    assert person.phones.filter(number=NEW).count() == 1
    assert told("accounts.phone_bound") == [SIM]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_broker", "unlocked")
def test_a_change_that_is_looked_at_first_and_ended_then_is_written_twice(person, monkeypatch):
    """The twin: both find it open; that it ends in the same step as it is found protects it."""
    code, real, gap = code_for(person), PhoneChangeQuerySet.update, Barrier(2, timeout=PATIENCE)

    def naive(changes, **facts):
        if "confirmed_at" not in facts:
            return real(changes, **facts)
        found = [change.pk for change in changes]
        gap.wait()
        return real(PhoneChange.objects.filter(pk__in=found), **facts)

    monkeypatch.setattr(PhoneChangeQuerySet, "update", naive)
    guessing(person, code, count=2)

    assert person.timeline.filter(kind=kinds.PHONE_BOUND).count() == 2


def test_a_person_binds_the_own_number_from_the_banner_of_the_first_page(inside, person):
    assert CHANGE in inside.get(reverse("cabinet:home")).content.decode()

    answer = inside.post(CHANGE, {"phone": "8 903 000-00-01", "password": PASSWORD})
    assert answer.url == CODE
    code = sealing.unseal(Message.objects.latest("pk").secret)
    answer = inside.post(CODE, {"code": f" {code[:3]} {code[3:]} "})

    assert answer.url == CONTACTS
    page = inside.get(CONTACTS).content.decode()
    assert "00-01" in page
    assert NEW not in page
    assert CHANGE not in inside.get(reverse("cabinet:home")).content.decode()


def test_without_the_password_no_code_is_sent(inside, person):
    answer = inside.post(CHANGE, {"phone": NEW, "password": "not it"})

    assert set(answer.context["form"].errors) == {"password"}
    assert not Message.objects.exists()


def test_passwords_cannot_be_tried_out_at_an_open_cabinet(inside, person, hashes):
    for _ in range(10):
        inside.post(CHANGE, {"phone": NEW, "password": "not it"})
    hashes.clear()

    answer = inside.post(CHANGE, {"phone": NEW, "password": PASSWORD})

    assert answer.status_code == 200
    assert hashes == []
    assert not Message.objects.exists()


def test_the_page_says_until_when_the_phone_is_closed(inside, person):
    TimelineEntry.objects.create(person=person, kind=kinds.RESET_USED)

    answer = inside.post(CHANGE, {"phone": NEW, "password": PASSWORD})

    assert answer.context["form"].non_field_errors()
    assert answer.context["closed_until"] > clock.now()
    assert not Message.objects.exists()


def test_a_wrong_code_is_said_and_a_dead_one_leads_back(inside, person):
    code = code_for(person)

    assert inside.post(CODE, {"code": another(code)}).context["form"].non_field_errors()
    PhoneChange.objects.update(expires_at=clock.now())

    assert inside.post(CODE, {"code": code}).url == CHANGE


@pytest.mark.parametrize(
    "name",
    ["contacts", "phone_change", "phone_code", "email_change", "address_change", "recovery_stop"],
)
def test_the_pages_are_for_people_inside_only(client, db, name):
    address = reverse(f"accounts:{name}")

    assert client.post(address).url.startswith(reverse("accounts:login"))


# --- what the page promises


@pytest.fixture
def said(inside, person):
    """The page for somebody with these numbers alone; `deaf` are those that take no SMS."""

    def page(*phones: dict, deaf: tuple[str, ...] = ()) -> str:
        person.phones.all().delete()
        for facts in phones:
            PhoneFactory(person=person, **facts)
        for number in deaf:
            message(address=number, status="failed", failure="blocked")
        return unescape(inside.get(CONTACTS).content.decode())

    return page


OWN = {"kind": PhoneKind.OWN, "number": NEW}
BOUND = {**OWN, "bound_at": datetime(2026, 1, 2, tzinfo=UTC)}
CENTRE = {"kind": PhoneKind.CENTRE_SIM, "number": SIM}
TO_SIM = "SMS и новые пароли приходят на SIM-карту центра"


@pytest.mark.parametrize(
    ("numbers", "deaf", "words"),
    [
        ([CENTRE], [], TO_SIM + ". Не выбрасывайте"),
        ([CENTRE, OWN], [], TO_SIM + ". Не выбрасывайте"),
        ([OWN], [], "приходят на номер, который вы назвали"),
        ([BOUND, CENTRE], [], "приходят на ваш номер."),
        ([BOUND, CENTRE], [NEW], TO_SIM + ": на ваш номер они не доходят"),
        ([BOUND], [NEW], "Сейчас наши SMS к вам не приходят"),
        ([], [], "У нас нет номера, на который отправлять SMS."),
    ],
    ids=["sim", "sim and said", "said", "bound", "deaf beside the sim", "deaf alone", "none"],
)
def test_the_page_names_the_number_that_sms_reach(said, numbers, deaf, words):
    page = said(*numbers, deaf=tuple(deaf))

    assert words in page
    assert (TO_SIM in page) == words.startswith(TO_SIM)
    assert ("SMS сюда не приходят: оператор" in page) == bool(deaf)


def test_an_address_of_residence_keeps_the_one_before(inside, person):
    for text in ["Москва,  Новый Арбат, 36", "Москва, Тверская, 13"]:
        answer = inside.post(reverse("accounts:address_change"), {"address": text})
        assert answer.url == CONTACTS

    rows = list(person.addresses.order_by("pk").values_list("text", "valid_until"))
    assert rows == [("Москва, Новый Арбат, 36", clock.today()), ("Москва, Тверская, 13", None)]
    assert "Тверская" in inside.get(CONTACTS).content.decode()
