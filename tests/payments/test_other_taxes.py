"""One account of the Treasury takes all taxes of all regions: a КБК or an ОКТМО that is not ours is
no month of a patent."""

from datetime import date
from decimal import Decimal
from importlib import import_module

import pytest
from django.db import connection

from notifications.models import Message
from payments.facts import standing_of
from payments.models import (
    Account,
    PartOfOrder,
    Place,
    Placement,
    QueueReason,
    Requisites,
    SamePayment,
    StatementLine,
)
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from payments.services.ledger.ledger import match_again
from payments.services.papers.receipts import form_receipt
from tests.factories import PlacementFactory, RegisterFactory
from tests.payments.camt_files import entry, tag
from tests.payments.camt_files import whole as camt
from tests.payments.gis_gmp_files import BY_INN, notice, package
from tests.payments.statement_files import ACCOUNT, INN, order, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
DAY, AFTER_THE_TERM = date(2026, 2, 9), date(2026, 2, 15)
OURS, ENP = "18210102040011000110", "18201061201010000510"
OBLAST = "46744000"


@pytest.fixture
def covered(application):
    """The first month is posted: covered through 14 February."""
    open_account(number=ACCOUNT, counted_through=date(2025, 12, 30))
    PlacementFactory(application=application)
    return application


def paid(kbk: str | None, **more) -> Placement:
    line = order(on=DAY, posted_on=DAY, amount=Decimal(10000), ПоказательКБК=kbk, **more)
    import_statement(content=whole(line, first=DAY, last=AFTER_THE_TERM), name="one.txt")
    return last()


def last() -> Placement:
    return Placement.objects.current().get(line=StatementLine.objects.latest("pk"))


def said(row: Placement) -> tuple:
    return row.place, row.queue_reason, row.months


def test_money_of_another_tax_waits_and_its_reason_names_the_kbk(covered):
    row = paid(ENP)

    assert said(row) == (Place.QUEUE, QueueReason.OTHER_TAX, 0)
    assert row.application == covered
    assert ENP in row.reason


def test_the_engine_knows_that_money_waits_so_nobody_reads_that_nothing_came(covered):
    paid(ENP)

    [waiting] = standing_of(covered.person, AFTER_THE_TERM).undecided
    assert (waiting.amount, waiting.paid_on) == (Decimal(10000), DAY)


def test_money_that_names_nobody_leaves_no_such_word(covered):
    paid(ENP, inn="", payer="ИНОЙ")

    assert standing_of(covered.person, AFTER_THE_TERM).undecided == ()


def test_a_receipt_does_not_make_another_tax_ours(covered):
    paper = form_receipt(application=covered, months=1, on=DAY)

    row = paid(ENP, inn="", purpose=paper.snapshot["purpose"])

    assert said(row) == (Place.QUEUE, QueueReason.OTHER_TAX, 0)


@pytest.mark.parametrize("kbk", [OURS, None, "", "0", "0" * 20, "1821010204"])
def test_our_kbk_and_none_post_as_ever(covered, kbk):
    assert said(paid(kbk)) == (Place.MATCHED, "", 1)


def test_matched_again_it_waits_still(covered):
    match_again(placements=[paid(ENP)])

    assert said(last()) == (Place.QUEUE, QueueReason.OTHER_TAX, 0)


def test_it_posts_once_the_requisites_have_its_kbk(covered):
    row = paid(ENP)
    Requisites.objects.update(kbk=ENP)

    match_again(placements=[row])

    assert said(last()) == (Place.MATCHED, "", 1)


def test_a_notice_of_the_state_system_says_its_kbk(covered):
    content = package(notice(payer=BY_INN, day="2026-02-09"), stamp="2026-02-10T08:00:00+03:00")

    import_statement(content=content.replace(OURS.encode(), ENP.encode()), name="gmp.xml")

    assert said(last()) == (Place.QUEUE, QueueReason.OTHER_TAX, 0)


def test_a_camt_statement_says_its_kbk(covered):
    tax = tag("Rcrd", tag("CtgyDtls", ENP))

    import_statement(content=camt(entry(tax=tax)), name="camt.xml")

    assert said(last()) == (Place.QUEUE, QueueReason.OTHER_TAX, 0)


def test_money_of_nobody_says_its_kbk_too_and_is_looked_for(covered):
    row = paid(ENP, inn="", payer="ИНОЙ")

    assert said(row) == (Place.QUEUE, QueueReason.OTHER_TAX, 0)
    assert row.application is None
    assert Placement.objects.of_nobody().get() == row


# --- the ОКТМО


def test_money_of_another_region_waits_with_its_own_sign(covered):
    row = paid(OURS, ОКАТО=OBLAST)

    assert said(row) == (Place.QUEUE, QueueReason.OTHER_BUDGET, 0)
    assert row.application == covered
    assert OBLAST in row.reason


def test_nobody_is_told_and_what_was_paid_in_time_stays_undecided(covered):
    Message.objects.all().delete()
    paid(OURS, ОКАТО=OBLAST)

    [waiting] = standing_of(covered.person, AFTER_THE_TERM).undecided
    assert (waiting.amount, waiting.paid_on) == (Decimal(10000), DAY)
    assert not Message.objects.exists()


@pytest.mark.parametrize("oktmo", ["45000000", "45396000", "45396000123", None, "", "0", "46"])
def test_every_place_of_our_region_and_none_post_as_ever(covered, oktmo):
    assert said(paid(OURS, ОКАТО=oktmo)) == (Place.MATCHED, "", 1)


def test_a_notice_says_its_oktmo(covered):
    one = notice(payer=BY_INN, day="2026-02-09", oktmo=OBLAST)

    import_statement(content=package(one, stamp="2026-02-10T08:00:00+03:00"), name="gmp.xml")

    assert said(last()) == (Place.QUEUE, QueueReason.OTHER_BUDGET, 0)


def test_a_camt_statement_says_its_oktmo(covered):
    import_statement(content=camt(entry(tax=tag("AdmstnZone", OBLAST))), name="camt.xml")

    assert said(last()) == (Place.QUEUE, QueueReason.OTHER_BUDGET, 0)


# --- what another file says for a line that says nothing


def money() -> tuple:
    """What became of the line that came last and is no repeat."""
    return said(Placement.objects.current().exclude(place=Place.SET_ASIDE).latest("line_id"))


@pytest.mark.parametrize("order_of", ["notice first", "line first"])
@pytest.mark.parametrize(
    ("of_line", "expected"),
    [(None, (Place.QUEUE, QueueReason.OTHER_TAX, 0)), (OURS, (Place.MATCHED, "", 1))],
    ids=["a silent line", "a line that says ours"],
)
def test_the_notice_of_a_payment_speaks_for_a_silent_line(covered, order_of, of_line, expected):
    told = package(notice(payer=BY_INN, kbk=ENP))
    files = [told, whole(order(ПоказательКБК=of_line))]

    for content in files if order_of == "notice first" else reversed(files):
        import_statement(content=content, name="file")

    assert SamePayment.objects.count() == 1
    assert money() == expected


@pytest.mark.parametrize("rows_first", [True, False])
def test_the_order_of_a_register_speaks_for_its_rows(covered, rows_first):
    account = Account.objects.get(number=ACCOUNT)
    RegisterFactory(account=account, document_number="Поручение")
    heads = "Поручение;Дата зачисления;Дата операции;ФИО;ИНН;Сумма"
    row = f"77;11.02.2026;05.02.2026;КАРИМОВ ТИМУР;{INN};10000"
    bank = order(number="77", inn="7707083893", payer="ПАО", purpose="Реестр", ПоказательКБК=ENP)
    files = ["\r\n".join([heads, row, ""]).encode("cp1251"), whole(bank)]

    for content in files if rows_first else reversed(files):
        import_statement(content=content, name="file")

    assert PartOfOrder.objects.count() == 1
    assert money() == (Place.QUEUE, QueueReason.OTHER_TAX, 0)


# --- what waited under another sign


def test_the_migration_renames_what_the_rule_put_there_and_nothing_else(covered):
    row = paid(ENP)
    Placement.objects.filter(pk=row.pk).update(queue_reason=QueueReason.AMBIGUOUS)
    other = PlacementFactory(
        queued=True, queue_reason=QueueReason.AMBIGUOUS, line__raw=row.line.raw
    )

    with connection.cursor() as cursor:
        cursor.execute(import_module("payments.migrations.0008_money_that_went_elsewhere").RENAMED)

    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.queue_reason, other.queue_reason) == (
        QueueReason.OTHER_TAX,
        QueueReason.AMBIGUOUS,
    )
