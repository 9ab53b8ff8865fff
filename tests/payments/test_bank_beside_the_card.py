"""Paid online, and a line beside it: of the acquirer's own money, or of another bank.

Somebody is told of a second payment only where the line proves that a person's bank brought it.
"""

import sys
from datetime import UTC, date, datetime

import pytest

from notifications.models import Message
from payments import messages, timeline
from payments.facts import standing_of
from payments.models import Charge, Placement, StatementLine
from payments.models.payer_banks import by_own_bank, came_by_own_bank
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from payments.services.ledger import ledger
from tests.factories import ChargeFactory, RegisterFactory, TillPaymentFactory, waiting_line
from tests.payments.gis_gmp_files import notice, package
from tests.payments.statement_files import (
    ACCOUNT,
    ACQUIRER_ACCOUNT,
    BANK_ACCOUNT,
    INN,
    TILL_ACCOUNT,
    order,
    whole,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
TODAY, NEXT = date(2026, 2, 10), date(2026, 2, 11)
FIRST_DAY, SECOND_DAY, LATER = date(2026, 2, 12), date(2026, 2, 13), date(2026, 2, 14)
PERSONS_ACCOUNT, COMPANYS_ACCOUNT = "40817810900000000161", "40702810900000000161"
COMPANYS_INN = "7707083893"


@pytest.fixture(autouse=True)
def _collectors(settings):
    settings.ACQUIRER_PAYERS = [ACQUIRER_ACCOUNT, TILL_ACCOUNT]
    settings.TILL_PAYERS = [TILL_ACCOUNT]


@pytest.fixture
def card(paper):
    """Paid online on 11 February, not posted yet."""
    noon = datetime(2026, 2, 11, 9, tzinfo=UTC)
    return ChargeFactory(receipt=paper, first_month=2, last_month=2, captured_at=noon)


def at_a_bank(paper, paid_on=TODAY):
    """The payer's own bank sends the money of the paper."""
    return order(
        number="9",
        on=paid_on,
        posted_on=FIRST_DAY,
        payer_account=PERSONS_ACCOUNT,
        purpose=paper.snapshot["purpose"],
    )


def of_the_acquirer(paper, posted_on):
    return order(
        number="12",
        on=posted_on,
        posted_on=posted_on,
        inn="0",
        payer_account=ACQUIRER_ACCOUNT,
        purpose=paper.snapshot["purpose"],
    )


def of_the_till(paper, posted_on):
    return of_the_acquirer(paper, posted_on) | {"Номер": "11", "ПлательщикСчет": TILL_ACCOUNT}


def bring(*lines, on):
    return import_statement(content=whole(*lines, first=on), name=f"{on}-{len(lines)}.txt")


def times_told(paper) -> tuple[int, int]:
    told = Message.objects.filter(event=messages.PAID_TWICE.code)
    return told.count(), paper.person.timeline.filter(kind=timeline.TAKEN_AGAIN).count()


def test_a_line_of_the_payers_own_bank_is_not_the_money_of_the_card_and_the_person_is_told(
    paper, card
):
    bring(at_a_bank(paper), on=FIRST_DAY)

    assert Placement.objects.matched().get(receipt=paper).charge is None
    assert list(Charge.objects.paid_twice()) == [card]
    card.refresh_from_db()
    assert (card.first_month, card.last_month) == (None, None)
    assert times_told(paper) == (1, 1)
    assert standing_of(paper.person, LATER).months == 3

    bring(of_the_acquirer(paper, SECOND_DAY), on=SECOND_DAY)

    assert Placement.objects.matched().get(charge=card).paid_on == NEXT
    assert not Charge.objects.unposted().exists()
    assert times_told(paper) == (1, 1)
    assert standing_of(paper.person, LATER).months == 3


def test_in_one_round_the_bank_settles_the_receipt_and_the_acquirer_its_charge(paper, card):
    bring(of_the_acquirer(paper, FIRST_DAY), at_a_bank(paper), on=FIRST_DAY)

    assert Placement.objects.matched().get(receipt=paper).charge is None
    assert Placement.objects.matched().filter(charge=card).exists()
    assert times_told(paper)[1] == 1
    assert standing_of(paper.person, LATER).months == 3


def test_the_cash_of_the_till_is_not_posted_by_the_payers_own_bank_either(paper):
    at_till = TillPaymentFactory(receipt=paper, taken_on=TODAY)

    bring(at_a_bank(paper), on=FIRST_DAY)
    bring(of_the_till(paper, SECOND_DAY), on=SECOND_DAY)

    assert Placement.objects.matched().get(till_payment=at_till).line.payer_account == TILL_ACCOUNT
    assert standing_of(paper.person, LATER).months == 3


def test_who_paid_by_card_in_time_is_not_told_that_the_second_sum_came_late(paper, card):
    """At the bank on the 16th: late for the month that the card paid, in time for the next one."""
    late = order(
        number="9",
        on=date(2026, 2, 16),
        posted_on=date(2026, 2, 17),
        payer_account=PERSONS_ACCOUNT,
        purpose=paper.snapshot["purpose"],
    )

    bring(late, on=date(2026, 2, 17))

    assert not Placement.objects.queued().exists()
    assert not paper.person.timeline.filter(kind=timeline.WAITS).exists()
    assert standing_of(paper.person, date(2026, 2, 17)).months == 3


def test_when_the_line_of_the_bank_is_withdrawn_the_card_is_the_only_payment(paper, card):
    bring(at_a_bank(paper), on=FIRST_DAY)

    line = Placement.objects.matched().get(receipt=paper).line
    ledger.hold_as_repeat(line=line, proven=True, reason="показана дважды")

    card.refresh_from_db()
    assert not card.is_second
    assert not Charge.objects.paid_twice().exists()
    assert standing_of(paper.person, LATER).months == 2


def test_where_no_setting_says_who_gathers_orders_a_line_posts_what_was_taken(
    paper, card, settings
):
    settings.ACQUIRER_PAYERS = settings.TILL_PAYERS = []

    bring(at_a_bank(paper), on=FIRST_DAY)

    assert Placement.objects.matched().get(receipt=paper).charge == card
    assert times_told(paper) == (0, 0)


def test_with_the_card_within_reach_of_the_bank_nobody_is_told_twice(paper, card, monkeypatch):
    """The twin of the tests above: what a line of the payer's own bank was taken for before."""
    facts = sys.modules["payments.matching.facts"]
    monkeypatch.setattr(facts, "_is_out_of_reach", lambda paper, line: False)

    bring(at_a_bank(paper), on=FIRST_DAY)

    assert Placement.objects.matched().get(receipt=paper).charge == card
    assert times_told(paper) == (0, 0)


# --- the acquirer's own money, in a line that has a day of its own


def told_of_by_gis_gmp(paper) -> bytes:
    """It names the worker, and no account."""
    told = notice(day="2026-02-11", purpose=paper.snapshot["purpose"], number="12")
    return package(told.replace('accDocDate="2026-02-05"', 'accDocDate="2026-02-12"'))


def of_a_register(paper) -> bytes:
    """With the day of the operation, without any payer but the worker."""
    account = open_account(number=ACCOUNT, counted_through=date(2026, 1, 1))
    RegisterFactory(account=account, purpose="Назначение")
    heads = "Дата зачисления;Дата операции;ФИО;ИНН;Сумма;Назначение"
    row = f"12.02.2026;11.02.2026;КАРИМОВ ТИМУР;{INN};10000;{paper.snapshot['purpose']}"
    return "\r\n".join([heads, row, ""]).encode("cp1251")


def without_a_payer(paper) -> bytes:
    nobody = {"ПлательщикСчет": "", "ПлательщикИНН": "", "Плательщик1": ""}
    return whole(of_the_acquirer(paper, FIRST_DAY) | nobody, first=FIRST_DAY)


def of_a_company_nobody_listed(paper) -> bytes:
    company = {"ПлательщикСчет": COMPANYS_ACCOUNT, "ПлательщикИНН": COMPANYS_INN}
    return whole(of_the_acquirer(paper, FIRST_DAY) | company, first=FIRST_DAY)


def of_a_company_by_its_inn(paper) -> bytes:
    """The account is written by hand and wrong; the INN says that it is no person."""
    company = {"ПлательщикСчет": PERSONS_ACCOUNT, "ПлательщикИНН": COMPANYS_INN}
    return whole(of_the_acquirer(paper, FIRST_DAY) | company, first=FIRST_DAY)


def of_a_banks_transit_account(paper) -> bytes:
    bank = {"ПлательщикСчет": BANK_ACCOUNT}
    return whole(of_the_acquirer(paper, FIRST_DAY) | bank, first=FIRST_DAY)


def where_the_acquirer_stands_before_the_name(paper) -> bytes:
    """By it the line has lost its day."""
    named = {"ПлательщикСчет": PERSONS_ACCOUNT, "Плательщик": f"ИНН {COMPANYS_INN} ООО НКО"}
    return whole(of_the_acquirer(paper, FIRST_DAY) | named, first=FIRST_DAY)


ITS_OWN = [
    told_of_by_gis_gmp,
    of_a_register,
    without_a_payer,
    of_a_company_nobody_listed,
    of_a_company_by_its_inn,
    of_a_banks_transit_account,
]


@pytest.mark.parametrize("file", ITS_OWN)
def test_a_line_that_proves_no_bank_of_a_person_is_the_money_of_the_card(paper, card, file):
    import_statement(content=file(paper), name="one.txt")

    posted = Placement.objects.matched().get(receipt=paper)
    assert (posted.charge, posted.paid_on, posted.months) == (card, NEXT, 1)
    card.refresh_from_db()
    assert (card.is_second, card.first_month) == (False, 2)
    assert times_told(paper) == (0, 0)
    assert standing_of(paper.person, LATER).months == 2


def test_where_the_acquirer_is_named_anywhere_an_account_of_a_person_proves_nothing(
    paper, card, settings
):
    settings.ACQUIRER_PAYERS = [*settings.ACQUIRER_PAYERS, COMPANYS_INN]

    import_statement(content=where_the_acquirer_stands_before_the_name(paper), name="one.txt")

    assert Placement.objects.matched().get(receipt=paper).charge == card
    assert times_told(paper) == (0, 0)


def test_a_notification_that_names_the_account_of_a_person_is_of_their_bank(paper, card):
    """As in the format: who took the money keeps the payer's account."""
    named = told_of_by_gis_gmp(paper).replace(
        b"<pmnt:Payer ", f'<pmnt:Payer payerAccount="{PERSONS_ACCOUNT}" '.encode()
    )

    import_statement(content=named, name="one.txt")

    assert Placement.objects.matched().get(receipt=paper).charge is None
    assert times_told(paper) == (1, 1)


@pytest.mark.parametrize("file", ITS_OWN)
def test_by_the_day_alone_the_only_payment_was_told_twice(paper, card, file, monkeypatch):
    """The twin: whatever had a day and did not name the acquirer was thought a person's bank."""
    entries = sys.modules["payments.services.ledger.entries"]
    monkeypatch.setattr(entries, "came_by_own_bank", lambda line: bool(line.paid_on))

    import_statement(content=file(paper), name="one.txt")

    assert times_told(paper) == (1, 1)


@pytest.mark.parametrize(
    ("account", "inn", "paid_on", "proves"),
    [
        ("40817810900000000161", INN, TODAY, True),
        ("40820810900000000161", "", TODAY, True),
        ("42301810900000000161", "0", TODAY, True),
        ("42601810900000000161", "0", TODAY, True),
        ("40817810900000000161", INN, None, False),
        ("40817810900000000161", COMPANYS_INN, TODAY, False),
        ("4081781090000000016", INN, TODAY, False),
        ("40802810900000000161", INN, TODAY, False),
        (BANK_ACCOUNT, INN, TODAY, False),
        (ACQUIRER_ACCOUNT, INN, TODAY, False),
        (COMPANYS_ACCOUNT, INN, TODAY, False),
        ("", INN, TODAY, False),
        ("", "", TODAY, False),
    ],
)
def test_only_an_account_that_people_have_at_banks_proves_a_bank(account, inn, paid_on, proves):
    line = waiting_line(payer_account=account, payer_inn=inn, paid_on=paid_on)

    assert came_by_own_bank(line) is proves
    assert StatementLine.objects.filter(by_own_bank()).exists() is proves


def test_an_account_of_a_person_that_gathers_orders_proves_nothing(settings):
    settings.ACQUIRER_PAYERS = [PERSONS_ACCOUNT]

    assert not came_by_own_bank(waiting_line(payer_account=PERSONS_ACCOUNT, paid_on=TODAY))
