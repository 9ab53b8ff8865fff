"""The list of patents says through which day each is paid, and gathers those of one month."""

import io
from datetime import date, datetime

import pytest
import time_machine
from openpyxl import load_workbook

from common.clock import MOSCOW
from patents.models import Patent
from payments.covered import paid_through
from payments.facts import standing_of
from tests.factories import (
    ChargeFactory,
    OpeningMonthsFactory,
    PatentFactory,
    PlacementFactory,
    ReceiptFactory,
    TillPaymentFactory,
)
from tests.patents.desk import sign_in_as

pytestmark = pytest.mark.django_db
LIST = "/admin/patents/patent/"


@pytest.fixture(autouse=True)
def moscow_february():
    with time_machine.travel("2026-02-20 09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def operator(client):
    return sign_in_as(client, "operator")


def posted(patent: Patent) -> Patent:
    PlacementFactory(application=patent.application)
    return patent


def by_card(patent: Patent) -> Patent:
    receipt = ReceiptFactory(application=patent.application)
    ChargeFactory(receipt=receipt, captured_at=datetime(2026, 2, 14, 12, tzinfo=MOSCOW))
    return patent


def at_the_till(patent: Patent) -> Patent:
    receipt = ReceiptFactory(application=patent.application)
    TillPaymentFactory(receipt=receipt, taken_on=date(2026, 2, 14))
    return patent


def opening(patent: Patent) -> Patent:
    OpeningMonthsFactory(application=patent.application, months=3)
    return patent


WAYS = {
    "nothing": (lambda patent: patent, None),
    "posted": (posted, date(2026, 2, 14)),
    "posted and on its way": (lambda patent: by_card(posted(patent)), date(2026, 3, 14)),
    "posted and in the till": (lambda patent: at_the_till(posted(patent)), date(2026, 3, 14)),
    "from before": (opening, date(2026, 4, 14)),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_row_says_the_day_that_the_person_reads(client, operator, way):
    pay, through = WAYS[way]
    patent = pay(PatentFactory(issued_on=date(2026, 1, 15)))

    [row] = client.get(LIST).context["cl"].result_list

    assert (row, row.through) == (patent, through)
    now = standing_of(patent.application.person)
    assert (now.covered_through if now.months else None) == through


def test_money_of_one_patent_covers_no_other(client, operator):
    paid, unpaid = posted(PatentFactory()), PatentFactory()

    through = paid_through([paid, unpaid])

    assert through == {paid.pk: date(2026, 2, 14), unpaid.pk: None}


@pytest.mark.parametrize("count", [1, 4])
def test_the_column_costs_the_same_for_four_as_for_one(
    client, operator, django_assert_num_queries, count
):
    for _number in range(count):
        opening(by_card(posted(PatentFactory())))
    client.get(LIST)

    # session, user, two of the rights, count, rows, two of the dates, four of the money,
    # former days, looks
    with django_assert_num_queries(14):
        client.get(LIST)


def test_the_file_has_the_column_too(client, operator):
    patent = posted(PatentFactory(issued_on=date(2026, 1, 15)))

    answer = client.post(LIST, {"action": "export", "_selected_action": [patent.pk]})

    sheet = load_workbook(io.BytesIO(answer.content)).active
    days = [cell.value.date() for cell in sheet[2] if cell.is_date]
    assert days == [date(2026, 1, 15), date(2026, 2, 14)]


@pytest.mark.parametrize(
    ("month", "found"),
    [("2026-01", ["0115", "0131"]), ("2025-12", ["1231"]), ("2025-11", []), ("да-1", None)],
)
def test_patents_of_one_month_stand_together(client, operator, month, found):
    for day in (date(2025, 12, 31), date(2026, 1, 15), date(2026, 1, 31), date(2026, 2, 1)):
        PatentFactory(issued_on=day)

    rows = client.get(LIST, {"issued": month}).context["cl"].result_list

    days = sorted(f"{row.issued_on:%m%d}" for row in rows)
    assert days == (["0115", "0131", "0201", "1231"] if found is None else found)


def test_the_last_thirteen_months_are_offered(client, operator):
    filters = client.get(LIST).context["cl"].filter_specs

    [issued] = [one for one in filters if getattr(one, "parameter_name", "") == "issued"]
    offered = [key for key, _words in issued.lookup_choices]
    assert (offered[0], offered[-1], len(offered)) == ("2026-02", "2025-02", 13)
