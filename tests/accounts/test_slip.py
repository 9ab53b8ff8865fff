"""The printed slip: one-use token of its QR, what it says, in whose language."""

import re
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts import slip
from accounts.models import SlipToken
from accounts.services import slips
from common import clock
from tests.at_once import PATIENCE, at_once
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


def test_a_token_gives_the_number_once(person):
    token = slips.issue_slip_token(number="1381161")

    assert slip.number_of_token(token) == "1381161"
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


@pytest.mark.parametrize(
    "said",
    ["1381161", "*132*006*1#", "*132*006*2#", "*132*006*3#"],
)
def test_the_slip_says_what_a_person_needs(printed, said):
    assert said in printed()


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


# --- the same QR opened at once


def opened(token):
    """For how many of eight phones that scan one slip the login page fills the number in."""

    def scan():
        # Read as bytes: the test client's contexts are those of all threads.
        page = Client().get(reverse("accounts:login"), {"t": token}, follow=True)
        return b'value="1381161"' in page.content

    return sum(at_once(*[scan] * 8))


@pytest.mark.django_db(transaction=True)
def test_a_slip_scanned_by_eight_phones_at_once_fills_the_number_in_once(person):
    token = slips.issue_slip_token(number="1381161")

    assert opened(token) == 1


@pytest.mark.django_db(transaction=True)
def test_looking_first_and_using_up_then_fills_the_number_in_for_all(person, monkeypatch):
    """The twin: the token is found fresh by all of them before the first uses it up."""
    all_have_looked = Barrier(8, timeout=PATIENCE)

    def naive(*, token):
        row = SlipToken.objects.get(used_at__isnull=True)
        all_have_looked.wait()
        row.used_at = clock.now()
        row.save()
        return row.login.value

    monkeypatch.setattr(slips, "spend_slip_token", naive)

    assert opened(slips.issue_slip_token(number="1381161")) == 8
