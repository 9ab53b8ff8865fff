"""Who may try a password, who is asked for the picture code, and who hears of a new device."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts import devices, limits, throttle
from accounts.models import Device, RateCounter, SignIn, TimelineEntry
from common import clock
from notifications.models import Message
from tests.factories import PASSWORD, ApplicationFactory, PersonFactory, StaffFactory

LOGIN = reverse("accounts:login")
HOME = reverse("cabinet:home")


def enter(client, username="1381161", password=PASSWORD, **more):
    return client.post(LOGIN, {"username": username, "password": password, **more})


def wrong(client, times, username="1381161", **more):
    return [enter(client, username, "wrong", **more) for _ in range(times)][-1]


def entered(client) -> bool:
    return SESSION_KEY in client.session


def said(answer) -> set[str]:
    form = answer.context["form"]
    return {error.code for errors in form.errors.as_data().values() for error in errors}


def blanked(answer) -> str:
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
    return re.sub(r"[0-9a-f]{40}", "", text)


def test_after_five_wrong_passwords_the_picture_comes_before_the_hash(client, person, hashes):
    wrong(client, 4)
    assert "captcha" not in wrong(Client(), 1, "1381169").context["form"].fields
    fifth = wrong(client, 1)
    assert "captcha" in fifth.context["form"].fields
    hashes.clear()

    answer = enter(client)

    assert hashes == []
    assert said(answer) == {"required"}
    assert not entered(client)


def test_the_right_picture_and_password_open_the_door_again(client, person, picture):
    wrong(client, 5)

    assert enter(client, **picture()).status_code == 302


def test_a_wrong_picture_code_costs_no_hash_and_no_try(client, person, picture, hashes):
    wrong(client, 5)
    hashes.clear()
    before = RateCounter.objects.get(kind=throttle.ACCOUNT).count

    answer = enter(client, **{**picture(), "captcha_1": "x"})

    assert (said(answer), hashes) == ({"invalid"}, [])
    assert RateCounter.objects.get(kind=throttle.ACCOUNT).count == before


def test_after_twenty_in_an_hour_an_unknown_device_is_sent_away_without_a_hash(
    client, person, picture, hashes
):
    wrong(client, 5)
    for _ in range(15):
        wrong(client, 1, **picture())
    hashes.clear()

    answer = enter(client, **picture())

    assert (said(answer), hashes) == ({"too_many"}, [])
    with time_machine.travel(clock.now() + timedelta(minutes=66)):
        assert enter(Client()).status_code == 302


@pytest.mark.parametrize("tries", [1, 5, 6, 21])
def test_every_step_of_the_throttle_is_the_same_page_for_known_and_unknown(
    client, person, picture, tries
):
    pages = []
    for number in ["1381161", "1381162"]:
        answer = None
        for n in range(tries):
            answer = wrong(client, 1, number, **(picture() if n >= 5 else {}))
        pages.append(blanked(answer).replace(number, "N"))
        RateCounter.objects.filter(kind=throttle.SOURCE).delete()

    assert pages[0] == pages[1]


def test_a_stranger_cannot_lock_the_owner_out_of_a_device_used_before(client, person, picture):
    enter(client)
    client.post(reverse("accounts:logout"))
    stranger = Client(REMOTE_ADDR="203.0.113.7")
    wrong(stranger, 5)
    for _ in range(15):
        wrong(stranger, 1, **picture())
    assert said(enter(stranger, **picture())) == {"too_many"}

    assert enter(client).status_code == 302


def test_without_the_cookie_the_owner_would_be_locked_out(client, person, picture):
    """The twin: the device is what saves the owner."""
    enter(client)
    client.post(reverse("accounts:logout"))
    del client.cookies[devices.COOKIE]
    wrong(Client(REMOTE_ADDR="203.0.113.7"), 5)

    assert said(enter(client)) == {"required"}


def test_a_device_of_one_account_is_no_device_of_another(client, person):
    other = PersonFactory()
    ApplicationFactory(person=other, number="2381161")
    enter(client)
    client.post(reverse("accounts:logout"))
    wrong(Client(REMOTE_ADDR="203.0.113.7"), 5, "2381161")

    assert "captcha" in enter(client, "2381161").context["form"].fields


def test_a_planted_cookie_is_not_taken_over(client, person):
    client.cookies[devices.COOKIE] = "planted"

    enter(client)

    assert client.cookies[devices.COOKIE].value != "planted"
    assert not Device.objects.filter(token_hash=devices.hashed("planted")).exists()


def test_a_dormitory_gets_the_picture_code_and_is_never_locked(
    client, person, picture, monkeypatch
):
    monkeypatch.setattr(throttle, "FREE_TRIES_OF_A_SOURCE", 3)
    for number in ["9000001", "9000002", "9000003"]:
        wrong(Client(), 1, number)

    assert "captcha" in client.get(LOGIN).context["form"].fields
    assert said(enter(client)) == {"required"}
    assert enter(client, **picture()).status_code == 302
    assert entered(client)


def test_another_address_is_another_dormitory(person, monkeypatch):
    monkeypatch.setattr(throttle, "FREE_TRIES_OF_A_SOURCE", 1)
    wrong(Client(), 1, "9000001")

    assert enter(Client(REMOTE_ADDR="203.0.113.7")).status_code == 302


def test_forged_headers_change_no_limit(person):
    for n in range(5):
        forged = {"HTTP_X_FORWARDED_FOR": f"198.51.100.{n}", "HTTP_X_REAL_IP": f"198.51.100.{n}"}
        answer = Client(**forged).post(LOGIN, {"username": "1381161", "password": "wrong"})

    assert "captcha" in answer.context["form"].fields
    source = limits.hashed("127.0.0.1")
    assert RateCounter.objects.get(kind=throttle.SOURCE, key=source).count == 5


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_an_address_is_cut_to_what_one_household_has(rf, address, source):
    assert devices.source_of(rf.get("/", REMOTE_ADDR=address)) == source


def test_a_right_password_does_not_count_as_a_try(person):
    for _ in range(7):
        assert enter(Client()).status_code == 302


def test_spellings_of_one_number_share_one_count(client, person):
    for typed in ["1381161", "138-11-61", " 1381161", "№1381161", "138 1161"]:
        answer = wrong(client, 1, typed)

    assert "captcha" in answer.context["form"].fields


def test_the_cookie_of_a_device_is_random_and_no_script_reads_it(client, person):
    enter(client)

    cookie = client.cookies[devices.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 400 * 24 * 3600
    assert len(cookie.value) >= 22
    assert Device.objects.get().token_hash == devices.hashed(cookie.value)


def test_the_first_device_is_no_news_and_the_second_is(client, person):
    enter(client)
    assert not TimelineEntry.objects.filter(kind="new-device").exists()
    enter(client)

    phone = Client(HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 9) Chrome/100 Mobile Safari")
    enter(phone)

    entry = TimelineEntry.objects.get(kind="new-device")
    assert entry.facts == {"device": "Chrome, Android"}
    assert Message.objects.get().event == "accounts.new_device"


def test_the_same_device_is_no_news(client, person):
    for _ in range(3):
        enter(client)
        client.post(reverse("accounts:logout"))

    assert Device.objects.count() == 1
    assert not Message.objects.exists()


def test_somebody_elses_phone_is_news_and_is_not_remembered(client, person):
    enter(Client())

    enter(client, borrowed="on")

    assert devices.COOKIE not in client.cookies
    assert Device.objects.count() == 1
    assert SignIn.objects.filter(borrowed=True).count() == 1
    assert Message.objects.get().event == "accounts.new_device"


def test_new_devices_cost_three_messages_a_day(person):
    for _ in range(6):
        enter(Client())

    assert TimelineEntry.objects.filter(kind="new-device").count() == 5
    assert Message.objects.count() == 3


def test_the_staff_have_devices_and_sessions_too(client, db):
    StaffFactory(username="novikova")
    enter(client, "novikova")

    assert SignIn.objects.get().device == Device.objects.get()


def test_the_words_under_the_password_are_there_for_scripts(client, db):
    page = client.get(LOGIN).content.decode()

    assert "data-caps=" in page
    assert "data-layout=" in page
    assert "accounts/typing.js" in page


# --- «Забыли номер заявления?»

NUMBER, SENT = reverse("accounts:forgot_number"), reverse("accounts:number_sent")


@pytest.fixture
def forgot(client, picture, carried_out):
    """Ask for the number, and do what the worker does afterwards."""

    def ask(phone="8 916 123-45-67"):
        answer = client.post(NUMBER, {"phone": phone, **picture()})
        carried_out()
        return answer

    return ask


def test_the_number_goes_to_the_phone_and_never_to_the_screen(client, person, forgot):
    ApplicationFactory(person=person, number="2381999")

    answer = forgot()

    assert answer.url == SENT
    message = Message.objects.get()
    assert message.fixed_address == "+79161234567"
    assert "1381161" not in client.get(SENT).content.decode()
    from accounts.messages import NUMBER_ASKED

    assert NUMBER_ASKED.context(message.subject_id) == {"numbers": "2381999, 1381161"}


def test_a_phone_that_nobody_has_gets_the_same_answer_and_no_message(client, person, forgot):
    answers = [forgot(phone) for phone in ["89161234567", "89161234568"]]

    assert [answer.url for answer in answers] == [SENT, SENT]
    assert Message.objects.count() == 1


def test_a_phone_gets_three_numbers_a_day_and_the_answer_stays_the_same(client, person, forgot):
    answers = {forgot().url for _ in range(5)}

    assert answers == {SENT}
    assert Message.objects.count() == 3


def test_the_money_brake_stops_all_numbers_of_an_hour(client, person, forgot, settings):
    settings.NUMBER_SMS_AN_HOUR = 1

    forgot()
    forgot()

    assert Message.objects.count() == 1


def test_without_the_picture_code_no_number_is_sent(client, person):
    answer = client.post(NUMBER, {"phone": "89161234567"})

    assert set(answer.context["form"].errors) == {"captcha"}
    assert not RateCounter.objects.exists()
    assert not Message.objects.exists()


def test_an_old_phone_of_somebody_tells_nothing(client, person, forgot):
    person.phones.update(valid_until=clock.today())

    forgot()

    assert not Message.objects.exists()


# --- at once


def _sixteen_at_once(what) -> list:
    def one(_n):
        try:
            return what()
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        return list(pool.map(one, range(16)))


def _stranger_at(rf):
    return rf.post(LOGIN, REMOTE_ADDR="203.0.113.7")


@pytest.mark.django_db(transaction=True)
def test_sixteen_tries_at_once_are_five_without_a_picture(rf):
    def ask():
        return throttle.Gate(_stranger_at(rf), "1381161").ask(picture_solved=False)

    assert _sixteen_at_once(ask).count(throttle.Answer.GO) == throttle.FREE_TRIES


@pytest.mark.django_db(transaction=True)
def test_counting_after_the_hash_would_let_all_sixteen_in(rf):
    """The twin: look at the count, hash, then count."""
    together = Barrier(16)

    def look_then_count():
        gate = throttle.Gate(_stranger_at(rf), "1381161")
        wanted = gate.wants_picture()
        together.wait()
        limits.note(gate.kind, gate.key, limits.QUARTER)
        return wanted

    assert _sixteen_at_once(look_then_count).count(False) > throttle.FREE_TRIES
