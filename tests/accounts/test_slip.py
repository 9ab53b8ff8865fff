"""The printed slip: one-use token of its QR, what it says, in whose language."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts import slip
from accounts.models import RecoveryCode, SlipToken
from accounts.services import slips
from common import clock
from tests.factories import PASSWORD, ApplicationFactory, StaffFactory

pytestmark = pytest.mark.django_db


def test_a_token_gives_the_number_until_it_is_used_up(person):
    token = slips.issue_slip_token(number="1381161")
    assert [slip.number_of_token(token) for _ in range(2)] == ["1381161"] * 2

    slips.spend_tokens(user=person.user)

    assert slip.number_of_token(token) is None


@pytest.mark.parametrize("guess", ["", "x", "я" * 20, "a" * 5000])
def test_a_guess_gives_nothing(person, guess):
    slips.issue_slip_token(number="1381161")

    assert slip.number_of_token(guess) is None


def test_a_token_dies_with_its_password(person):
    token = slips.issue_slip_token(number="1381161")

    with time_machine.travel(clock.now() + timedelta(days=30, seconds=1), tick=False):
        assert slip.number_of_token(token) is None


def test_a_new_slip_kills_the_token_of_the_old_one(person):
    old = slips.issue_slip_token(number="1381161")
    new = slips.issue_slip_token(number="1381161")

    assert slip.number_of_token(old) is None
    assert slip.number_of_token(new) == "1381161"


def test_the_token_is_kept_hashed_and_says_nothing_of_the_number(person):
    token = slips.issue_slip_token(number="1381161")

    assert SlipToken.objects.get().token_hash != token
    assert len(token) >= 22  # 128 bits
    assert "1381161" not in token


@pytest.fixture
def printed(client, person):
    """The slip as the answer to a POST of the staff."""
    client.force_login(StaffFactory())
    page = reverse("admin:accounts_person_password", args=[person.pk])

    def press(**typed):
        form = client.get(page).content.decode()
        ticket = re.search(r'name="ticket" value="([^"]+)"', form)[1]
        return client.post(page, {"ticket": ticket} | typed).content.decode()

    return press


def unwrapped(page: str) -> str:
    return " ".join(page.replace("\xa0", " ").split())


@pytest.mark.parametrize(
    "said",
    [
        "1381161",
        "*132*006*1#",
        "*132*006*2#",
        "*132*006*3#",
        "Что делать дальше",
        "Не выбрасывайте SIM-карту центра",
        "действует один раз",
        "30 дней",
    ],
)
def test_the_slip_says_what_a_person_needs(printed, said):
    assert said in unwrapped(printed())


def test_the_slip_has_the_password_and_the_recovery_code_that_open(printed, person):
    page = printed()

    password, code = re.findall(r'lang="en">\s*([a-z0-9-]+)\s*<', page)
    person.user.refresh_from_db()
    assert person.user.check_password(password)
    assert RecoveryCode.objects.live().filter(user=person.user).count() == 1
    assert len(code.replace("-", "")) == 16


def test_the_qr_is_drawn_in_the_page_and_no_address_holds_the_token(printed):
    page = printed()

    assert '<svg viewBox="0 0' in page
    assert "?t=" not in page
    assert SlipToken.objects.count() == 1


def test_the_slip_speaks_the_persons_language(printed, person):
    person.language = "en"
    person.save()

    page = printed()

    assert '<html lang="en">' in page
    assert "Do not throw the SIM card of the centre away" in page


def test_the_paper_is_chosen_and_remembered(printed):
    small = "accounts/slip-a6.css"

    assert small not in printed()
    assert small in printed(paper="A6")
    assert small in printed()
    assert small not in printed(paper="A5")


# --- the QR opened before its person does, and after


def filled(client, token) -> bool:
    return b'value="1381161"' in client.get(reverse("accounts:login"), {"t": token}).content


def test_previews_of_messengers_and_browsers_use_nothing_up(client, person):
    token = slips.issue_slip_token(number="1381161")
    for _ in range(3):
        Client().head(reverse("accounts:login"), {"t": token})
        Client().get(reverse("accounts:login"), {"t": token})

    assert filled(client, token)


def test_a_wrong_password_uses_nothing_up(client, person):
    token = slips.issue_slip_token(number="1381161")

    client.post(reverse("accounts:login"), {"username": "1381161", "password": "wrong"})

    assert filled(client, token)


def test_after_the_first_entrance_the_qr_fills_nothing_in(client, person):
    token = slips.issue_slip_token(number="1381161")

    Client().post(reverse("accounts:login"), {"username": "1381161", "password": PASSWORD})

    assert not filled(client, token)


def test_an_entrance_leaves_the_slips_of_others_alone(client, person):
    other = ApplicationFactory(number="2381999")
    token = slips.issue_slip_token(number="1381161")

    Client().post(reverse("accounts:login"), {"username": other.number, "password": PASSWORD})

    assert filled(client, token)
