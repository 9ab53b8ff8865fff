"""The reconciliation of a day: sums that agree, on the page, in Excel, in the PDF."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from payments import charts, outcome, reconciliation
from payments.matching import scores
from payments.models import Placement, Statement
from payments.services.audit import audit
from payments.services.importing.statements import import_statement
from tests.factories import StaffFactory, TillPaymentFactory
from tests.guards import behind_the_guards
from tests.payments.gis_gmp_files import notice, package
from tests.payments.statement_files import ACCOUNT, order, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
PAGE = reverse("admin:reconciliation")
DAY, TODAY = date(2026, 2, 9), date(2026, 2, 10)
RULE = "an INN, a UIN or a passport with its name, and whole months"
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def lines(application):
    """Posted on 9 February: a month in time, 12 000 that do not fit, 500 of a stranger."""
    first = order(number="0", on=date(2026, 1, 14), posted_on=date(2026, 1, 14))
    import_statement(content=whole(first, first=date(2026, 1, 14)), name="first.txt")
    rows = [("1", "10000", {}), ("2", "12000", {}), ("3", "500", {"inn": ""})]
    orders = [
        order(number=number, on=DAY, posted_on=DAY, amount=amount, **more)
        for number, amount, more in rows
    ]
    import_statement(content=whole(*orders, first=DAY), name="day.txt")


def of_ways(report) -> dict:
    return {str(row.name): (row.count, row.amount) for row in report.ways if row.count}


def test_what_was_received_is_in_its_places(lines):
    report = reconciliation.of_day(DAY, TODAY)

    assert (report.received.count, report.received.amount) == (3, 22500)
    assert sorted(of_ways(report).values()) == [(1, 10000), (2, 12500)]
    assert report.difference == 0


def test_a_decision_of_staff_is_told_from_one_of_the_rules(lines):
    Placement.objects.months().filter(line__posted_on=DAY).update(decided_by=StaffFactory())

    ways = {row.name: row.count for row in reconciliation.of_day(DAY, TODAY).ways}

    assert ways[reconciliation.WAYS["staff"]] == 1
    assert ways[reconciliation.WAYS["rules"]] == 0


def test_posted_money_says_by_which_rule_and_all_of_it_is_there(lines):
    place = Placement.objects.months().get(line__posted_on=DAY)
    [by_inn] = reconciliation.of_day(DAY, TODAY).rules
    Placement.objects.filter(pk=place.pk).update(score=37)
    [unknown] = reconciliation.of_day(DAY, TODAY).rules
    Placement.objects.filter(pk=place.pk).update(decided_by=StaffFactory())
    [by_staff] = reconciliation.of_day(DAY, TODAY).rules

    names = [reconciliation.RULES_BY_SCORE[92], reconciliation.ANOTHER_RULE]
    assert [by_inn.name, unknown.name] == names
    assert by_staff.name == reconciliation.WAYS["staff"]
    assert {(one.count, one.amount) for one in (by_inn, unknown, by_staff)} == {(1, 10000)}


def test_a_receipt_and_sums_that_make_months_together_have_names_of_their_own():
    posting = [number for number in vars(scores).values() if isinstance(number, int)]

    assert {one for one in posting if one >= scores.CERTAIN} == set(reconciliation.RULES_BY_SCORE)


def test_what_waits_is_read_once_however_much_it_is(lines, django_assert_max_num_queries):
    with django_assert_max_num_queries(20) as asked:
        reconciliation.of_day(DAY, TODAY)

    assert sum("'queue' AND" in one["sql"] or "= 'queue'" in one["sql"] for one in asked) == 1


def test_what_waits_is_told_by_kind_and_by_age(lines):
    Placement.objects.queued().filter(amount=500).update(opened_at="2026-02-01T09:00:00Z")

    report = reconciliation.of_day(DAY, TODAY)

    assert [row.count for row in report.ages] == [1, 0, 1, 0]
    assert sorted(row.amount for row in report.reasons) == [500, 12000]
    assert (report.waiting.count, report.waiting.amount) == (2, 12500)


def test_a_file_whose_lines_are_not_all_there_shows_the_difference(lines):
    [file] = reconciliation.of_day(DAY, TODAY).files
    assert file.difference == 0

    file.statement.sightings.filter(count=1).order_by("pk").first().delete()

    [file] = reconciliation.of_day(DAY, TODAY).files
    assert file.difference > 0


def test_the_tills_of_the_day_stand_beside(application):
    taken = TillPaymentFactory(taken_on=DAY)

    report = reconciliation.of_day(DAY, TODAY)

    assert [(row.count, row.amount) for row in report.tills] == [(1, taken.amount)] * 2


def test_the_chart_is_as_high_as_its_highest_day(lines):
    report = reconciliation.of_day(DAY, TODAY)
    bars = charts.bars([(one.day, one.received, one.posted) for one in report.chart])

    assert len(bars) == 14
    assert bars[-1].received_height == charts.HEIGHT - charts.FOOT
    assert 0 < bars[-1].posted_height < bars[-1].received_height
    assert {bar.received_height for bar in charts.bars([(DAY, Decimal(0), Decimal(0))])} == {0}


@pytest.fixture
def cancelled(lines):
    """ГИС ГМП took a payment of 10 000 back: a notice, no money."""
    told = notice(meaning="3", day=DAY.isoformat(), account=ACCOUNT)
    import_statement(content=package(told, stamp="2026-02-09T12:00:00+03:00"), name="notice.xml")


def test_a_notice_is_no_money_that_was_received_or_waits(cancelled):
    report = reconciliation.of_day(DAY, TODAY)

    assert (report.received.count, report.received.amount) == (3, 22500)
    assert sorted(of_ways(report).values()) == [(1, 10000), (2, 12500)]
    assert (report.waiting.count, report.waiting.amount) == (2, 12500)
    assert sum(row.amount for row in report.reasons) == 12500
    assert report.chart[-1].received == 22500
    assert [(row.count, row.amount) for row in report.notices] == [(1, 10000)] * 2
    assert report.difference == 0


def test_a_file_of_notices_tells_of_no_money_and_the_audit_agrees(cancelled):
    file = Statement.objects.get(file_name="notice.xml")
    found = audit()

    assert (file.line_count, file.incoming) == (1, 0)
    assert (found.faults, found.lines, found.notices) == ([], 4, 1)
    assert sum(found.places.values()) == found.total == 32500
    seen = outcome.of(file)
    assert (seen.kept, seen.notices, seen.amount) == (1, 1, 0)
    assert sum(row.amount for row in seen.ways) == 0


def test_lines_whose_places_make_another_sum_are_listed(lines):
    places = Placement.objects.months().filter(line__posted_on=DAY)
    with behind_the_guards():
        places.update(amount=Decimal("9999.99"))

    [stray] = reconciliation.of_day(DAY, TODAY).strays

    assert (stray.line, stray.difference) == (places.get().line, Decimal("0.01"))


# --- the page and the files


@pytest.fixture
def clerk(client):
    client.force_login(StaffFactory(is_superuser=True))
    return client


def test_the_page_says_the_day_with_a_chart_and_the_table_beside(clerk, lines):
    page = clerk.get(PAGE, {"day": "2026-02-09"}, headers=ENGLISH).content.decode()

    assert "No difference" in page
    assert "22\xa0500\xa0₽" in page
    assert page.count("<rect") == 28 + 2
    assert RULE in page
    assert "The same as a table" in page
    assert "day.txt" in page


def test_the_excel_file_says_the_same(clerk, lines):
    answer = clerk.post(f"{PAGE}?day=2026-02-09", {"as": "xlsx"}, headers=ENGLISH)

    book = load_workbook(BytesIO(answer.content))
    received = list(book["Received from the Treasury"].values)
    assert received[1] == ("received", 3, 22500)
    assert list(book["Posted, by which rule"].values)[1] == (RULE, 1, 10000)
    assert list(book["Files"].values)[1] == ("day.txt", 22500, 22500, 0)


def test_the_pdf_says_the_same(clerk, lines):
    answer = clerk.post(f"{PAGE}?day=2026-02-09", {"as": "pdf"}, headers=ENGLISH)

    text = PdfReader(BytesIO(answer.content)).pages[0].extract_text().replace("\xa0", " ")
    assert "22 500 ₽" in text
    assert "Difference: 0 ₽" in text
    assert RULE in text
    assert "day.txt" in text
    assert "Incoming 22 500 ₽, in the lines 22 500 ₽, difference 0 ₽" in text


def test_a_word_that_is_no_day_is_no_page(clerk):
    assert clerk.get(PAGE, {"day": "вчера"}).status_code == 404
