"""A UIN leads to whose money its charge was before, a paper's number to whoever has the paper."""

from datetime import date

import pytest
from django.utils import translation

from payments.matching import documents
from payments.models import Place, Placement, QueueReason, SamePayment, StatementLine
from payments.models.places import ELSEWHERE
from payments.services.importing import same_charges
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from payments.services.ledger.ledger import match_again
from tests.factories import (
    ApplicationFactory,
    InnFactory,
    PassportFactory,
    PatentFactory,
    PersonFactory,
    PlacementFactory,
    RegisterFactory,
)
from tests.payments.gis_gmp_files import BY_INN, notice, package
from tests.payments.statement_files import ACCOUNT, INN, order, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
UIN, OTHER_UIN = "18810177260209000123", "18810177260209000999"
OF_ANOTHER, ENP = "500100732259", "18201061201010000510"
DAY, NEXT = date(2026, 2, 9), date(2026, 2, 10)
BY_PASSPORT = "108" + "FA1234567".rjust(19, "0")


@pytest.fixture(autouse=True)
def covered(application, settings):
    """Timur Karimov, with his passport; his first month is posted."""
    settings.LANGUAGE_CODE = "en"
    open_account(number=ACCOUNT, counted_through=date(2025, 12, 30))
    PlacementFactory(application=application)
    with translation.override("en"):
        yield application


def take(content: bytes) -> None:
    import_statement(content=content, name="file")


def paid(*, on=DAY, number="1", uin=UIN, **more) -> bytes:
    line = order(on=on, posted_on=on, number=number, Код=uin, **more)
    return whole(line, first=on)


def told(*, number="55", payment_id="1" * 32, **more) -> bytes:
    one = notice(number=number, payment_id=payment_id, day="2026-02-09", **more)
    return package(one, stamp="2026-02-10T08:00:00+03:00")


def last() -> tuple:
    row = Placement.objects.current().latest("pk")
    return row.place, row.queue_reason, row.application


NAMELESS = {"inn": "", "payer": "ПАО БАНК", "purpose": "НДФЛ"}


# --- the number of a charge


def test_the_next_line_of_a_charge_is_the_money_of_the_same_person(covered):
    take(paid())
    take(paid(on=NEXT, number="2", **NAMELESS))

    assert last() == (Place.MATCHED, "", covered)
    assert StatementLine.objects.filter(uin=UIN).count() == 2


def test_a_notice_of_the_charge_finds_its_owner(covered):
    take(paid(on=NEXT, amount="20000.00"))
    take(told(uin=UIN, payer="", payer_name=""))

    assert last() == (Place.MATCHED, "", covered)


def test_so_does_a_row_of_a_register(covered):
    take(paid())
    RegisterFactory(account=None, account_column="Счёт", uin="УИН")
    head = "Дата зачисления;Дата операции;ФИО;ИНН;Сумма;Счёт;УИН"
    row = f"10.02.2026;10.02.2026;;;10000;{ACCOUNT};{UIN}"
    take(f"{head}\r\n{row}\r\n".encode("cp1251"))

    assert last() == (Place.MATCHED, "", covered)


def test_a_line_that_waits_is_found_when_another_line_names_the_owner_of_its_charge(covered):
    take(paid(on=NEXT, number="2", **NAMELESS))
    assert last()[1] == QueueReason.UNKNOWN_PAYER
    take(paid())

    assert last() == (Place.MATCHED, "", covered)
    assert not Placement.objects.queued().exists()


@pytest.mark.parametrize("code", [{"ПоказательКБК": ENP}, {"ОКАТО": "46744000"}])
def test_one_whose_codes_lead_elsewhere_waits_on_with_its_owner(covered, code):
    take(paid(on=NEXT, number="2", **NAMELESS, **code))
    reason = last()[1]
    assert (reason in ELSEWHERE, last()[2]) == (True, None)
    take(paid())

    assert Placement.objects.queued().get().application == covered
    assert Placement.objects.queued().get().queue_reason == reason


@pytest.mark.parametrize("named_first", [True, False])
def test_of_two_lines_of_a_charge_in_one_file_the_nameless_one_is_found_too(covered, named_first):
    lines = [
        order(on=DAY, posted_on=DAY, number="1", Код=UIN),
        order(on=DAY, posted_on=DAY, number="2", Код=UIN, **NAMELESS),
    ]
    take(whole(*(lines if named_first else reversed(lines)), first=DAY))

    assert covered.placements.matched().count() == 3
    assert not Placement.objects.queued().exists()


def test_twin_unless_a_file_is_looked_at_once_more_the_nameless_line_waits(covered, monkeypatch):
    monkeypatch.setattr(same_charges, "settle", lambda statement: None)
    take(paid(on=NEXT, number="2", **NAMELESS))
    take(paid())

    waiting = Placement.objects.queued().filter(queue_reason=QueueReason.UNKNOWN_PAYER)
    assert match_again(placements=waiting) == 1


@pytest.mark.parametrize("uin", [OTHER_UIN, "0", ""])
def test_another_charge_and_none_say_nothing(covered, uin):
    take(paid(uin=uin))
    take(paid(on=NEXT, number="2", uin="0" if uin != OTHER_UIN else UIN, **NAMELESS))

    assert last()[1] == QueueReason.UNKNOWN_PAYER


def test_a_charge_of_one_person_with_the_inn_of_another_waits(covered):
    InnFactory(value=OF_ANOTHER, person=PersonFactory(last_name="Саидов"))
    take(paid())
    take(paid(on=NEXT, number="2", inn=OF_ANOTHER))

    assert last() == (Place.QUEUE, QueueReason.AMBIGUOUS, None)


@pytest.mark.parametrize("line_first", [True, False])
def test_a_line_and_a_notice_of_one_charge_are_one_payment_though_the_order_is_not_named(
    covered, line_first
):
    files = [paid(), told(uin=UIN, number="")]

    for content in files if line_first else reversed(files):
        take(content)

    assert SamePayment.objects.count() == 1
    assert covered.placements.matched().count() == 2


def test_a_line_and_a_notice_of_two_charges_are_two_payments_of_one_order(covered):
    take(paid(on=date(2026, 2, 5), number="104233"))
    take(told(uin=OTHER_UIN, number="104233", payer=BY_INN))

    assert not SamePayment.objects.exists()


def test_without_the_numbers_the_same_line_is_nobodys(covered, monkeypatch):
    """The twin: what was parsed and then dropped."""
    monkeypatch.setattr("payments.statements.values.uin", lambda text: "")
    take(paid())
    take(paid(on=NEXT, number="2", **NAMELESS))

    assert last()[1] == QueueReason.UNKNOWN_PAYER


# --- the number of a paper


def test_the_passport_and_the_name_of_the_payer_find_the_person(covered):
    take(told(payer=BY_PASSPORT))

    assert last() == (Place.MATCHED, "", covered)


def test_a_line_that_waits_finds_a_passport_that_came_later(covered):
    covered.person.passports.update(number="FB7654321")
    take(told(payer=BY_PASSPORT))
    assert last()[1] == QueueReason.UNKNOWN_PAYER
    covered.person.passports.update(number="FA1234567")

    assert match_again(placements=Placement.objects.queued()) == 1


def test_the_number_alone_may_be_of_another_country(covered):
    take(told(payer=BY_PASSPORT, payer_name="САИДОВ АЛИ"))

    assert last()[1] == QueueReason.UNKNOWN_PAYER


def test_a_relative_with_their_own_passport_who_names_the_worker_waits(covered):
    wife = PersonFactory(last_name="Алиева", first_name="Мадина")
    PassportFactory(person=wife, number="FA7777777")
    PatentFactory(application=ApplicationFactory(person=wife, status="issued"))
    paper = "108" + "FA7777777".rjust(19, "0")

    take(told(payer=paper, payer_name="АЛИЕВА МАДИНА", purpose="за Каримова Тимура"))

    assert last() == (Place.QUEUE, QueueReason.AMBIGUOUS, None)


@pytest.mark.parametrize(
    ("identifier", "found"),
    [
        (BY_PASSPORT, ["FA1234567"]),
        ("101" + "4509123456".rjust(19, "0"), ["4509123456", "04509123456", "004509123456"]),
        (f"121{'0' * 7}{INN}", []),
        ("2003015011755301501001", []),
        ("", []),
        ("108" + "FA1234567", []),
    ],
    ids=["a passport", "digits alone", "an INN", "an organisation", "nothing", "too short"],
)
def test_what_an_identifier_says_of_a_paper(identifier, found):
    assert documents.numbers(identifier) == found
