"""Two imports into two accounts that meet the same people do not wait for each other in a ring."""

from contextlib import suppress
from datetime import date
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import OperationalError

from payments.models import Place, Placement, Statement
from payments.services.importing import posting, told_twice
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from tests.at_once import at_once
from tests.factories import ApplicationFactory, InnFactory
from tests.payments.gis_gmp_files import notice, package
from tests.payments.statement_files import ACCOUNT, INN, order, whole

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("february", "people"),
]
OTHER, OTHER_INN = "03100643000000017300", "500100732259"
GAP = 1  # seconds: who waits for the other's people never comes to the meeting


@pytest.fixture
def people(application):
    """Each paid once, to an account of their own; ГИС ГМП told of it already."""
    ApplicationFactory(person=InnFactory(value=OTHER_INN).person)
    for account, inn in ((ACCOUNT, INN), (OTHER, OTHER_INN)):
        open_account(number=account, counted_through=date(2026, 1, 1))
        told = notice(payer=f"121{'0' * 7}{inn}", account=account, payment_id=f"{inn:0>32}")
        take(package(told, request_id=inn))


def take(content: bytes) -> Exception | None:
    try:
        import_statement(content=content, name="file")
    except OperationalError as error:
        return error


def day(account: str, told: str, new: str) -> bytes:
    """What a notice told of, and a payment of the other person."""
    told, new = order(inn=told), order(inn=new, number="2")
    for one in (told, new):
        one["ПолучательСчет"] = account
    return whole(told, new, account=account)


def both_days(monkeypatch) -> list:
    """Either import has joined its pair, if it can, before one of them goes on."""
    real, both = told_twice.settle, Barrier(2)

    def settle_and_wait(rows):
        settled = real(rows)
        with suppress(BrokenBarrierError):
            both.wait(timeout=GAP)
        return settled

    monkeypatch.setattr(told_twice, "settle", settle_and_wait)
    files = day(ACCOUNT, INN, OTHER_INN), day(OTHER, OTHER_INN, INN)
    return at_once(*[lambda content=content: take(content) for content in files])


def test_who_is_told_of_and_who_is_new_are_locked_together(monkeypatch):
    assert both_days(monkeypatch) == [None, None]

    assert not Statement.objects.filter(finished_at__isnull=True).exists()
    places = Placement.objects.current().exclude(place=Place.SET_ASIDE)
    assert list(places.values_list("line__payment_id", flat=True)) == [""] * 4


def test_twin_where_they_are_locked_in_turn_one_import_falls(monkeypatch):
    monkeypatch.setattr(posting, "_lock_everybody", lambda rows: None)

    [error] = [one for one in both_days(monkeypatch) if one]
    assert "deadlock" in str(error)
