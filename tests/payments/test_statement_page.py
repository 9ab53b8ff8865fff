"""The page of a statement: what became of its lines, and how far a running import has come."""

from datetime import date

import pytest
from django.urls import reverse

from payments import outcome
from payments.models import Statement
from payments.services.importing.statements import import_statement
from tests.factories import StaffFactory
from tests.payments.statement_files import order, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
DAY = date(2026, 1, 14)
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def statement(application):
    """A month, and 500 that no months fit; then a longer file that shows both again."""
    lines = [
        order(number="1", on=DAY, posted_on=DAY),
        order(number="2", on=DAY, posted_on=DAY, amount="500"),
    ]
    import_statement(content=whole(*lines, first=DAY), name="day.txt")
    return Statement.objects.get()


def test_each_line_is_counted_where_its_money_is(statement):
    found = outcome.of(statement)

    assert (found.lines, found.kept, found.first_here, found.placed) == (2, 2, 2, 2)
    counted = {str(row.name): (row.count, row.amount) for row in found.ways if row.count}
    assert sorted(counted.values()) == [(1, 500), (1, 10000)]
    assert found.amount == sum(row.amount for row in found.ways) == 10500


def test_a_file_that_shows_known_lines_says_so(statement):
    lines = [
        order(number="1", on=DAY, posted_on=DAY),
        order(number="2", on=DAY, posted_on=DAY, amount="500"),
        order(number="3", on=DAY, posted_on=DAY, amount="700"),
    ]
    import_statement(content=whole(*lines, first=DAY, opening="5.00"), name="longer.txt")

    found = outcome.of(Statement.objects.latest("pk"))

    assert (found.lines, found.kept, found.first_here) == (3, 3, 1)


def test_the_page_shows_counts_and_sums_and_leads_to_the_lines(client, statement):
    client.force_login(StaffFactory())
    address = reverse("admin:payments_statement_change", args=[statement.pk])

    page = client.get(address, headers=ENGLISH).content.decode()

    assert "What became of its lines" in page
    assert "10\xa0000\xa0₽" in page
    lines = reverse("admin:payments_statementline_changelist")
    link = f"{lines}?statement__id__exact={statement.pk}"
    assert link in page
    assert client.get(link).status_code == 200
    assert "<progress" not in page


def test_a_running_import_shows_how_far_it_has_come(client, statement):
    Statement.objects.update(finished_at=None, line_count=4)
    client.force_login(StaffFactory())
    address = reverse("admin:payments_statement_change", args=[statement.pk])

    page = client.get(address, headers=ENGLISH).content.decode()

    assert '<progress max="100" value="50"' in page
