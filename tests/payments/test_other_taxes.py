"""One account of the Treasury takes all taxes: a КБК that is not ours is no month of a patent."""

from datetime import date
from decimal import Decimal

import pytest

from payments.facts import standing_of
from payments.models import Place, Placement, QueueReason, Requisites, StatementLine
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from payments.services.ledger.ledger import match_again
from payments.services.papers.receipts import form_receipt
from tests.factories import PlacementFactory
from tests.payments.camt_files import entry, tag
from tests.payments.camt_files import whole as camt
from tests.payments.gis_gmp_files import BY_INN, notice, package
from tests.payments.statement_files import ACCOUNT, order, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
DAY, AFTER_THE_TERM = date(2026, 2, 9), date(2026, 2, 15)
OURS, ENP = "18210102040011000110", "18201061201010000510"


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

    assert said(row) == (Place.QUEUE, QueueReason.AMBIGUOUS, 0)
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

    assert said(row) == (Place.QUEUE, QueueReason.AMBIGUOUS, 0)


@pytest.mark.parametrize("kbk", [OURS, None, "", "0", "0" * 20, "1821010204"])
def test_our_kbk_and_none_post_as_ever(covered, kbk):
    assert said(paid(kbk)) == (Place.MATCHED, "", 1)


def test_matched_again_it_waits_still(covered):
    match_again(placements=[paid(ENP)])

    assert said(last()) == (Place.QUEUE, QueueReason.AMBIGUOUS, 0)


def test_it_posts_once_the_requisites_have_its_kbk(covered):
    row = paid(ENP)
    Requisites.objects.update(kbk=ENP)

    match_again(placements=[row])

    assert said(last()) == (Place.MATCHED, "", 1)


def test_a_notice_of_the_state_system_says_its_kbk(covered):
    content = package(notice(payer=BY_INN, day="2026-02-09"), stamp="2026-02-10T08:00:00+03:00")

    import_statement(content=content.replace(OURS.encode(), ENP.encode()), name="gmp.xml")

    assert said(last()) == (Place.QUEUE, QueueReason.AMBIGUOUS, 0)


def test_a_camt_statement_says_its_kbk(covered):
    tax = tag("Rcrd", tag("CtgyDtls", ENP))

    import_statement(content=camt(entry(tax=tax)), name="camt.xml")

    assert said(last()) == (Place.QUEUE, QueueReason.AMBIGUOUS, 0)
