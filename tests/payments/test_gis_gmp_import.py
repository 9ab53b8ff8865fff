"""Notifications as money: each payment once, whatever tells of it; what is taken back waits."""

from datetime import date

import pytest
from django.utils import translation

from payments.models import Place, Placement, QueueReason, Said, Statement
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from payments.services.ledger.ledger import match_again
from tests.factories import ApplicationFactory, InnFactory
from tests.payments.gis_gmp_files import BY_INN, answer, notice, package
from tests.payments.statement_files import ACCOUNT, INN

pytestmark = pytest.mark.django_db
SAID = {"2": Said.CHANGED, "3": Said.CANCELLED, "4": Said.RESTORED}


@pytest.fixture(autouse=True)
def payer(db):
    open_account(number=ACCOUNT, counted_through=date(2026, 1, 1))
    return ApplicationFactory(person=InnFactory(value=INN).person)


def take(content: bytes) -> tuple[int, int, int]:
    result = import_statement(content=content, name="notices.xml")
    return result.matched, result.queued, result.known


def test_a_payment_told_of_by_several_packages_is_one():
    first = package(notice(payer=BY_INN))
    again = package(notice(payer=BY_INN), stamp="2026-02-09T00:00:00+03:00", sender="another")
    asked = answer(notice(name="PaymentInfo", payer=BY_INN))

    assert [take(first), take(again), take(asked)] == [(1, 0, 0), (0, 0, 1), (0, 0, 1)]
    assert Placement.objects.matched().count() == 1


@pytest.mark.parametrize("meaning", ["2", "3", "4"], ids=["changed", "cancelled", "restored"])
def test_what_changes_a_payment_waits_for_a_clerk_whichever_comes_first(meaning):
    new, later = package(notice(payer=BY_INN)), package(notice(payer=BY_INN, meaning=meaning))

    assert take(later) == (0, 1, 0)
    assert take(new) == (1, 0, 0)

    waiting = Placement.objects.queued().get()
    assert waiting.queue_reason == QueueReason.NOTICE
    assert waiting.line.said == SAID[meaning]
    assert "ГИС ГМП" in waiting.line.purpose
    assert Placement.objects.current().filter(place=Place.MATCHED).count() == 1


@pytest.mark.parametrize("meaning", SAID)
def test_matched_again_a_notice_still_waits_and_says_what_to_look_at(meaning):
    take(package(notice(payer=BY_INN, meaning=meaning)))

    with translation.override("en"):
        assert match_again(placements=Placement.objects.queued()) == 0

    waiting = Placement.objects.queued().get()
    assert waiting.queue_reason == QueueReason.NOTICE
    assert waiting.reason


def test_many_notices_make_no_statement_odd(settings):
    settings.ODD_LINES = 2

    take(package(*[notice(payment_id=f"{n:032d}", meaning="3") for n in range(1, 4)]))

    assert Placement.objects.queued().count() == 3
    assert not Statement.objects.held().exists()
