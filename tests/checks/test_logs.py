"""No log and no error page holds a password, a code, a phone, a passport, a number or a name."""

import logging
import re
from contextlib import ExitStack

import pytest
from captcha.models import CaptchaStore
from django.test import Client
from django.urls import reverse

from accounts import services
from common.logs import MaskingFormatter, masked
from common.sealing import unseal
from mmc_portal.settings import base
from notifications.models import Message
from notifications.services import deliver
from tests.factories import (
    PASSWORD,
    ApplicationFactory,
    InnFactory,
    PassportFactory,
    PhoneFactory,
    StaffFactory,
)
from tests.searches import searched

NUMBER, PHONE, PASSPORT, INN = "1381161", "+79161234567", "FA1234567", "775100004210"
OWN = "own-words-of-mine-17"


@pytest.mark.parametrize(
    "secret",
    [
        *("+79161234567", "89161234567", "8 916 123-45-67", "+7 (916) 123-45-67", "+992918123456"),
        *("1381161", "FA1234567", "775100004210", "timur@example.org", "2600418174"),
    ],
)
def test_what_slips_in_is_masked(secret):
    said = masked(f"sent to {secret}, no answer")

    assert said == "sent to […], no answer"


@pytest.mark.parametrize(
    "line",
    [
        "message 12345 was not sent: 503",
        "charge 42 of 2026-11-21 23:44",
        "GET /cabinet/payments/ 200 0.123",
        "2f0d0001-0000-4d00-8000-000000000000",
    ],
)
def test_ids_days_and_statuses_stay(line):
    assert masked(line) == line


def test_tracebacks_are_masked_too():
    try:
        raise ValueError(PHONE)
    except ValueError as error:
        record = logging.LogRecord(
            "x",
            logging.ERROR,
            "f",
            1,
            "broken %s",
            (NUMBER,),
            (ValueError, error, error.__traceback__),
        )
    line = MaskingFormatter("%(asctime)s %(message)s").format(record)

    assert PHONE not in line
    assert NUMBER not in line
    assert re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d", line)


def test_every_handler_of_ours_masks():
    for handler in base.LOGGING["handlers"].values():
        formatter = base.LOGGING["formatters"][handler["formatter"]]
        assert formatter["()"] == "common.logs.MaskingFormatter"


def picture() -> dict:
    key = CaptchaStore.generate_key()
    return {"captcha_0": key, "captcha_1": CaptchaStore.objects.get(hashkey=key).response}


@pytest.fixture
def person(db):
    application = ApplicationFactory(number=NUMBER)
    person = application.person
    PhoneFactory(person=person, number=PHONE)
    PassportFactory(person=person, number=PASSPORT)
    InnFactory(person=person, value=INN)
    return person


def flows(person) -> list[str]:
    """The ways in and around, right and wrong; the secrets that were made on the way."""
    password = services.issue_password(person=person)
    browser = Client(raise_request_exception=False)
    login = reverse("accounts:login")
    browser.post(login, {"username": NUMBER, "password": "wrong-" + PASSWORD} | picture())
    browser.post(login, {"username": NUMBER, "password": password})
    change = {"old_password": password, "new_password1": OWN, "new_password2": OWN}
    browser.post(reverse("accounts:password_change"), change)
    for name in ("home", "patent", "history", "messages", "access_log"):
        browser.get(reverse(f"cabinet:{name}"))
    browser.get(f"/nothing/{PHONE}/{NUMBER}/")
    for asked in ({"session": "s", "phone": PHONE, "text": "*132*006*1#"}, {"phone": PHONE}):
        browser.post(reverse("ussd:ussd"), asked)
    brought = {"id": "in-1", "phone": PHONE, "text": f"НЕ Я {NUMBER} {OWN}"}
    for hook in ("smsaero/sandbox-hook", "smsaero/not-the-secret", "nobody/sandbox-hook"):
        browser.post(f"/hooks/sms/{hook}/inbound/", brought)
        browser.post(f"/hooks/sms/{hook}/inbound/", {"phone": PHONE, "text": OWN})
    reset = {"username": NUMBER, "phone": PHONE}
    Client().post(reverse("accounts:password_reset"), reset | picture())
    made = [unseal(row.secret) for row in Message.objects.exclude(secret="")]
    for row in Message.objects.all():
        deliver(row.pk)
    desk = Client()
    desk.force_login(StaffFactory())
    searched(desk, reverse("admin:accounts_person_changelist"), PHONE)
    desk.get(reverse("admin:accounts_person_change", args=[person.pk]))
    return [password, *made]


def test_the_main_flows_write_no_personal_data(person, caplog, settings):
    settings.SMS_AERO_URL = "http://127.0.0.1:1/smsaero/v2"
    settings.OUTSIDE_TIMEOUT_SECONDS = 1
    quiet = {name: facts["level"] for name, facts in base.LOGGING["loggers"].items()}
    with ExitStack() as levels:
        for name, level in ({"": "DEBUG", "factory": "INFO"} | quiet).items():
            levels.enter_context(caplog.at_level(level, logger=name))
        made = flows(person)

    formatter = MaskingFormatter("%(name)s %(message)s")
    written = "\n".join(formatter.format(record) for record in caplog.records)
    assert "Not Found" in written
    secrets = [*made, PASSWORD, OWN, NUMBER, PHONE, PHONE[1:], PASSPORT, INN, "Каримов", "Тимур"]
    assert [line for line in written.splitlines() if any(s in line for s in secrets)] == []


def test_the_error_page_and_its_log_say_nothing_of_the_person(person, caplog, monkeypatch):
    monkeypatch.setattr("cabinet.front.standing", lambda *asked: 1 / 0)
    client = Client(raise_request_exception=False)
    client.force_login(person.user)

    answer = client.get(reverse("cabinet:home"))

    formatter = MaskingFormatter("%(name)s %(message)s")
    written = "\n".join(formatter.format(record) for record in caplog.records)
    assert answer.status_code == 500
    assert "ZeroDivisionError" in written
    for text in (answer.content.decode(), written):
        assert not [s for s in (NUMBER, PHONE, PASSPORT, INN, "Каримов", "Тимур") if s in text]
