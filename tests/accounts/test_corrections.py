"""A wrong name, birth date or passport put right: history stays, wrong papers are named."""

from datetime import date

import pytest

from accounts import reprints
from accounts.errors import NothingToCorrect, ReasonMissing
from accounts.models import Correction
from accounts.services.corrections import FIELDS, correct
from tests.factories import (
    ApplicationFactory,
    PassportFactory,
    PersonFactory,
    ReceiptFactory,
    StaffFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def someone(db):
    someone = PersonFactory()
    PassportFactory(person=someone, number="FA1234567")
    return someone


def put_right(person, **facts):
    return correct(person=person, facts=facts, actor=StaffFactory(), reason="опечатка")


def test_what_it_was_and_what_it_is_are_kept_with_who_and_why(someone):
    [row] = put_right(someone, last_name="Каримова", first_name="Тимур")

    someone.refresh_from_db()
    assert someone.last_name == "Каримова"
    assert (row.field, row.before, row.after) == ("last_name", "Каримов", "Каримова")
    assert (row.reason, row.corrected_by.is_staff) == ("опечатка", True)


def test_a_corrected_passport_closes_the_one_before_it(someone):
    put_right(someone, passport="FA7654321")

    assert [row.number for row in someone.passports.current()] == ["FA7654321"]
    assert someone.passports.get(number="FA1234567").valid_until is not None


def test_a_birth_date_is_corrected(someone):
    put_right(someone, birth_date=date(1991, 5, 17))

    someone.refresh_from_db()
    assert someone.birth_date == date(1991, 5, 17)
    assert Correction.objects.get().before == "1990-05-17"


def test_the_person_reads_that_it_was_corrected_and_by_whom(someone):
    put_right(someone, last_name="Каримова", passport="FA7654321")

    entry = someone.timeline.get()
    assert (entry.kind, entry.actor.is_staff) == ("data-corrected", True)
    assert entry.facts == {"fields": "last_name, passport"}


def test_nothing_changed_and_no_reason_are_refused(someone):
    with pytest.raises(NothingToCorrect):
        put_right(someone, last_name="Каримов")
    with pytest.raises(ReasonMissing):
        correct(person=someone, facts={"last_name": "Ли"}, actor=StaffFactory(), reason=" ")


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_can_be_corrected(someone, field):
    wanted = date(1980, 1, 1) if field == "birth_date" else "NOVOE"

    put_right(someone, **{field: wanted})

    assert Correction.objects.get().field == field


def test_open_receipts_with_the_old_name_or_passport_are_to_be_printed_again(someone):
    receipt = ReceiptFactory(application=ApplicationFactory(person=someone))
    assert reprints.wrong_papers(someone) == []

    put_right(someone, passport="FA7654321")

    [paper] = reprints.wrong_papers(someone)
    assert receipt.reference in paper.name
    assert paper.address.endswith(f"/{receipt.pk}/change/")


def test_a_receipt_that_is_paid_is_left_alone(someone):
    application = ApplicationFactory(person=someone)
    ReceiptFactory(application=application, status="posted", posted_on=date(2026, 1, 9))

    put_right(someone, last_name="Каримова")

    assert reprints.wrong_papers(someone) == []
