"""A code that the centre withdraws, and how many work at once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse

from payments import codes, timeline
from payments.errors import CannotWithdraw, TooManyGoodCodes
from payments.models import SignedCode
from payments.services.online import codes as withdrawing
from payments.services.online import status_codes as making
from payments.services.online.codes import revoke, withdraw
from payments.services.online.status_codes import GOOD_AT_ONCE, LIFE_DAYS, certify_status
from tests.at_once import at_once, meeting, no_row_is_locked, outcome
from tests.factories import StaffFactory
from tests.payments.certificate_world import charge, claim, covered, day

PAGE = reverse("payments:status_code")
ENGLISH = {"accept-language": "en"}

__all__ = ["charge", "claim", "covered", "day"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def valid(day, covered):
    day.move_to("2026-02-08 09:00:00+00:00")
    return covered.person


@pytest.fixture
def code(valid):
    return certify_status(valid)


@pytest.fixture
def clerk():
    return StaffFactory()


def ask(code) -> str:
    return reverse("admin:payments_signedcode_withdraw", args=[code.pk])


def entries(person):
    return person.timeline.filter(kind=timeline.CODE_WITHDRAWN)


# --- by the centre


def test_who_scans_it_learns_that_it_is_over_and_its_owner_why(client, code, valid, clerk):
    withdraw(code=code, reason=" The card was lost. ", actor=clerk)
    scanned = client.get(f"/verify/{code.code}/", headers=ENGLISH).content.decode()
    client.force_login(valid.user)
    page = client.get(PAGE, headers=ENGLISH).content.decode()

    assert "The code is not in force any more" in scanned
    assert "The card was lost." not in scanned
    assert f"withdrew your code {codes.voice_shown(code.serial)}." in page
    assert "Reason: The card was lost." in page
    assert entries(valid).get().facts["reason"] == "The card was lost."


def test_after_its_last_day_nothing_is_said_of_it_any_more(client, code, valid, clerk, day):
    withdraw(code=code, reason="Lost", actor=clerk)
    client.force_login(valid.user)
    day.move_to(f"{code.good_through + timedelta(days=1)} 09:00:00+00:00")

    assert "Reason: Lost" not in client.get(PAGE, headers=ENGLISH).content.decode()


def test_what_its_owner_withdrew_is_no_deed_of_the_centre(client, code, valid, clerk):
    revoke(code)
    client.force_login(valid.user)
    with pytest.raises(CannotWithdraw):
        withdraw(code=code, reason="Lost", actor=clerk)

    assert "The centre withdrew" not in client.get(PAGE, headers=ENGLISH).content.decode()
    assert not entries(valid).exists()


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_it_stays(code, clerk, reason):
    with pytest.raises(CannotWithdraw):
        withdraw(code=code, reason=reason, actor=clerk)

    assert SignedCode.objects.get().revoked_at is None


def test_the_database_knows_no_reason_without_a_withdrawal(code):
    with pytest.raises(IntegrityError, match="signed_code_with_a_reason_is_withdrawn"):
        SignedCode.objects.update(revoke_reason="Lost")


@pytest.mark.django_db(transaction=True)
def test_the_owner_and_the_centre_at_once_are_one_withdrawal(code, valid, clerk):
    def theirs():
        withdraw(code=code, reason="Lost", actor=clerk)

    met = at_once(outcome(theirs), outcome(theirs), lambda: revoke(code))

    assert met[:2].count(None) == entries(valid).count() <= 1
    assert bool(SignedCode.objects.get().revoke_reason) == entries(valid).exists()


@pytest.mark.django_db(transaction=True)
def test_twin_asked_before_and_not_by_the_update_its_owner_reads_two_reasons(
    code, valid, clerk, monkeypatch
):
    monkeypatch.setattr(
        withdrawing, "_not_withdrawn", lambda one: SignedCode.objects.filter(pk=one.pk)
    )
    at_once(*[lambda: withdraw(code=code, reason="Lost", actor=clerk)] * 2)

    assert entries(valid).count() == 2


# --- the page of the staff


def test_an_operator_withdraws_it_with_a_reason(code, operator):
    client = operator
    card = client.get(reverse("admin:payments_signedcode_change", args=[code.pk])).content.decode()
    without = client.post(ask(code), {"reason": ""}, headers=ENGLISH).content.decode()
    answer = client.post(ask(code), {"reason": "Lost"})

    assert ask(code) in card
    assert "Write the reason: the person reads it." in without
    assert answer.status_code == 302
    assert SignedCode.objects.get().revoke_reason == "Lost"
    again = client.post(ask(code), {"reason": "Twice"}, headers=ENGLISH).content.decode()
    assert "This code is withdrawn already." in again
    assert SignedCode.objects.get().revoke_reason == "Lost"


# --- how many work at once


def good_codes(person, count: int) -> None:
    """Each said something else in its time, so that none is given again."""
    for _time in range(count):
        row = certify_status(person)
        SignedCode.objects.filter(pk=row.pk).update(snapshot={"told": row.serial})


def test_a_code_each_day_of_its_life_is_never_too_many():
    assert GOOD_AT_ONCE > LIFE_DAYS + 1


def test_above_the_limit_one_is_asked_to_withdraw_one(client, valid):
    good_codes(valid, GOOD_AT_ONCE)
    client.force_login(valid.user)
    page = client.post(PAGE, headers=ENGLISH, follow=True).content.decode()

    assert "Many of your codes work now." in page
    assert SignedCode.objects.count() == GOOD_AT_ONCE
    revoke(SignedCode.objects.first())
    certify_status(valid)
    assert SignedCode.objects.count() == GOOD_AT_ONCE + 1


def differing(monkeypatch) -> None:
    """Each code says something else, so that none is given again."""
    made = iter(range(100))
    monkeypatch.setattr(making, "_snapshot", lambda *_about: {"told": next(made)})


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_not_one_too_many(valid, monkeypatch):
    good_codes(valid, GOOD_AT_ONCE - 1)
    differing(monkeypatch)
    job = outcome(lambda: certify_status(valid).pk)

    assert TooManyGoodCodes in at_once(job, job)
    assert SignedCode.objects.count() == GOOD_AT_ONCE


@pytest.mark.django_db(transaction=True)
def test_twin_without_the_lock_there_is_one_too_many(valid, monkeypatch):
    good_codes(valid, GOOD_AT_ONCE - 1)
    differing(monkeypatch)
    no_row_is_locked(monkeypatch)
    meeting(monkeypatch, making, "_new", 2)
    job = outcome(lambda: certify_status(valid).pk)
    at_once(job, job)

    assert SignedCode.objects.count() == GOOD_AT_ONCE + 1
