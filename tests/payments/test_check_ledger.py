"""What `check_ledger` proves, for all data and for some days: each fault is planted and found."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.utils import translation

from payments.models import Account, Placement, Receipt, Sighting, Statement
from payments.services.audit import Span, audit
from payments.services.importing.statements import import_statement
from payments.services.online.credits import count_what_is_over
from payments.services.papers.receipts import form_receipt
from tests.guards import behind_the_guards
from tests.payments.statement_files import order, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
JANUARY, FEBRUARY = date(2026, 1, 14), date(2026, 2, 9)
DAY = timedelta(days=1)


def pay(amount="10000", *, on: date, number="1", **more) -> None:
    line = order(number=number, on=on, posted_on=on, amount=amount, **more)
    import_statement(content=whole(line, first=on), name=f"{on}.txt")


@pytest.fixture
def books(application):
    """A receipt paid in January; two parts of a month in February; a paper that nobody paid."""
    paper = form_receipt(application=application, months=1, on=JANUARY)
    pay(on=JANUARY, purpose=paper.snapshot["purpose"])
    pay("5000", on=FEBRUARY - DAY, number="a")
    pay("5000", on=FEBRUARY, number="b")
    count_what_is_over()
    form_receipt(application=application, months=2, on=FEBRUARY)
    assert audit().faults == []
    return application


def of(day: date):
    return Placement.objects.current().filter(line__posted_on=day)


FAULTS = {
    "a place with another sum": (JANUARY, lambda: of(JANUARY).update(amount="9999.99")),
    "months that cost more": (JANUARY, lambda: of(JANUARY).update(months=7)),
    "months from parts that cost more": (FEBRUARY, lambda: of(FEBRUARY).update(months=2)),
    "a receipt posted without money": (
        FEBRUARY,
        lambda: Receipt.objects.filter(status="formed").update(status="posted", posted_on=FEBRUARY),
    ),
    "a paid receipt that is not posted": (
        JANUARY,
        lambda: Receipt.objects.filter(status="posted").update(status="formed", posted_on=None),
    ),
    "a file that told of more": (
        FEBRUARY,
        lambda: Statement.objects.filter(first_day=FEBRUARY).update(incoming=1),
    ),
    "a file whose line is lost": (
        JANUARY,
        lambda: Sighting.objects.filter(statement__first_day=JANUARY).delete(),
    ),
}


@pytest.mark.parametrize(("day", "plant"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found_in_all_data_and_on_its_days_and_on_no_others(books, day, plant):
    with behind_the_guards():
        plant()

    assert audit().faults
    assert audit(Span(day, day)).faults
    other = Span(last=JANUARY - DAY) if day == JANUARY else Span(last=JANUARY)
    assert audit(other).faults == []


def test_a_line_counted_in_the_opening_and_once_more_is_found(books):
    Account.objects.update(counted_through=JANUARY, complete_through=JANUARY)

    assert audit(Span(JANUARY, JANUARY)).faults


def test_the_sums_of_some_days_are_those_of_their_lines(books):
    found = audit(Span(FEBRUARY - DAY, FEBRUARY))

    assert (found.lines, found.total) == (2, Decimal(10000))
    assert found.places["matched"] == 10000


def test_the_command_takes_its_days_both_included(books, capsys):
    with translation.override("en"):
        call_command("check_ledger", "--from", "2026-02-08", "--to", "2026-02-08")

    assert capsys.readouterr().out.startswith("1 lines for 5 000 ₽")


def test_the_command_fails_where_a_fault_stands_in_its_days_alone(books, capsys):
    of(FEBRUARY).update(months=2)

    call_command("check_ledger", "--to", "2026-01-31")
    with pytest.raises(SystemExit):
        call_command("check_ledger", "--from", "2026-02-01")
