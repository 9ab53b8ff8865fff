"""The page of all payments: their three dates, the months to come, filters and files."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from payments import history
from payments.models import Tariff
from payments.pages.chosen import Chosen, chosen
from payments.pricing import Prices
from payments.services.online.charges import record_taken
from payments.services.papers.receipts import form_receipt
from payments.standing import BoxState, Case, Facts, Money, PatentFacts, standing
from tests.factories import AccountFactory, ApplicationFactory, PatentFactory, PlacementFactory

LIST, SHEET = reverse("payments:list"), reverse("payments:sheet")
ISSUED = date(2026, 1, 15)
FIRST = Money(Decimal("10000"), 1, date(2026, 1, 10), date(2026, 1, 13))


def at(today: date, *money: Money, complete: date | None = None):
    case = Case(patent=PatentFacts("77", "2600418174", ISSUED), money=money)
    return standing(Facts((case,), complete, Decimal("10000")), today)


def ten_thousand(_day):
    return Decimal("10000")


# --- the months to come


def test_every_month_to_the_end_of_the_year_has_its_days_and_its_sum():
    rows = history.to_pay(at(date(2026, 2, 10), FIRST), ten_thousand)

    assert [row.number for row in rows] == list(range(2, 13))
    assert (rows[0].first_day, rows[0].last_day) == (date(2026, 2, 15), date(2026, 3, 14))
    assert (rows[0].pay_by, rows[-1].pay_by) == (date(2026, 2, 14), date(2026, 12, 14))
    assert {row.amount for row in rows} == {Decimal("10000")}


def test_each_sum_is_the_price_of_its_own_last_day():
    asked = []
    history.to_pay(at(date(2026, 2, 10), FIRST), asked.append)

    assert asked[:2] == [date(2026, 2, 14), date(2026, 3, 14)]


def test_a_day_that_is_over_costs_what_today_costs():
    asked = []
    history.to_pay(at(date(2026, 2, 17), FIRST), asked.append)

    assert asked[0] == date(2026, 2, 17)


def test_a_lapsed_patent_has_no_months_to_come():
    lapsed = at(date(2026, 3, 10), FIRST, complete=date(2026, 3, 9))

    assert history.to_pay(lapsed, ten_thousand) == []


@pytest.mark.django_db
def test_the_price_of_next_year_is_not_guessed():
    prices = Prices(date(2026, 11, 20))

    assert prices.on(date(2026, 12, 31)) == Decimal("10000")
    assert prices.on(date(2027, 1, 1)) is None


@pytest.mark.django_db
def test_a_price_with_an_open_end_is_promised_for_its_year_only():
    Tariff.objects.filter(valid_from=date(2026, 1, 1)).update(valid_until=None)
    prices = Prices(date(2026, 11, 20))

    assert prices.on(date(2026, 12, 31)) == Decimal("10000")
    assert prices.on(date(2027, 1, 1)) is None
    assert prices.until is None


@pytest.mark.django_db
def test_the_price_of_next_year_stands_there_once_it_is_known():
    Tariff.objects.create(region="77", valid_from=date(2027, 1, 1), monthly=Decimal("11000"))

    assert Prices(date(2026, 11, 20)).on(date(2027, 1, 14)) == Decimal("11000")


# --- money on its way


def row_of(today: date, complete: date | None):
    living = Money(Decimal("10000"), 1, date(2026, 2, 10))
    return history.paid(at(today, FIRST, living, complete=complete))[0]


def test_money_on_its_way_says_which_day_of_seven_it_is():
    assert row_of(date(2026, 2, 13), None).day_no == 3


def test_after_seven_days_it_is_searched_once_statements_reach_so_far():
    row = row_of(date(2026, 2, 18), date(2026, 2, 17))

    assert (row.is_searched, row.is_silent, row.state) == (True, False, BoxState.TRACING)


def test_while_statements_are_silent_it_stays_the_seventh_day_with_the_day_of_the_data():
    row = row_of(date(2026, 2, 25), date(2026, 2, 12))

    assert (row.day_no, row.is_searched, row.is_silent) == (7, False, True)
    assert row.known_through == date(2026, 2, 12)


# --- what to show


def test_words_that_are_no_year_and_no_state_choose_nothing():
    for query in [{}, {"year": "x", "state": "gone"}, {"year": "²⁰²⁶"}, {"year": "20266"}]:
        assert chosen(query) == Chosen()


pages = pytest.mark.usefixtures("february")


@pytest.fixture
def mine(client, application, february):
    """The first month is posted, the second on its way since 9 February; today is the 10th."""
    AccountFactory(complete_through=date(2026, 2, 8))
    PlacementFactory(application=application)
    paper = form_receipt(application=application, months=1, on=date(2026, 2, 9))
    record_taken(
        receipt=paper, provider_id="taken", captured_at=datetime(2026, 2, 9, 9, tzinfo=UTC)
    )
    client.force_login(application.person.user)
    return client


@pytest.fixture
def last_year(application):
    """A patent of the year before, whose month was paid in December 2024."""
    before = ApplicationFactory(
        person=application.person, status="issued", accepted_on=date(2024, 12, 2)
    )
    PatentFactory(application=before, issued_on=date(2024, 12, 20))
    PlacementFactory(
        application=before,
        paid_on=date(2024, 12, 12),
        amount=Decimal("7500"),
        line__amount=Decimal("7500"),
        line__posted_on=date(2024, 12, 16),
    )


def text(answer) -> str:
    return answer.content.decode().replace("\xa0", " ")


def test_the_page_has_all_payments_with_their_dates_and_all_months_to_come(mine, last_year):
    page = text(mine.get(LIST))

    for words in ("12 дек", "16 дек", "13 янв", "9 фев", "В пути, день 1 из 7"):
        assert words in page
    for words in ("12-й месяц", "до 14 марта 2026 включительно", "100 000 ₽"):
        assert words in page


@pytest.mark.parametrize(
    ("query", "seen", "unseen"),
    [
        ("?year=2024", ["12 дек"], ["13 янв", "9 фев"]),
        ("?year=2026", ["13 янв", "9 фев"], ["12 дек"]),
        ("?state=way", ["9 фев"], ["12 дек", "13 янв"]),
        ("?state=posted&year=2026", ["13 янв"], ["12 дек", "9 фев"]),
        ("?state=waits", ["Таких платежей нет"], ["13 янв"]),
    ],
)
def test_the_list_is_narrowed_by_year_and_by_state(mine, last_year, query, seen, unseen):
    page = text(mine.get(LIST + query))

    assert [words for words in seen if words not in page] == []
    assert [words for words in unseen if words in page] == []


def test_in_december_the_price_of_the_next_year_is_called_unknown(mine, february):
    february.move_to(datetime(2026, 2, 10, 9, tzinfo=UTC))
    Tariff.objects.filter(valid_until=date(2026, 12, 31)).update(valid_until=date(2026, 6, 30))

    page = text(mine.get(LIST))

    assert "ещё не известна" in page
    assert "100 000 ₽" not in page


def sheets_of(answer):
    book = load_workbook(io.BytesIO(answer.content))
    return [[list(map(value, row)) for row in sheet.rows] for sheet in book.worksheets]


def value(cell):
    return cell.value.date() if isinstance(cell.value, datetime) else cell.value


def test_the_excel_file_has_days_and_sums_of_both_parts(mine):
    paid, coming = sheets_of(mine.get(SHEET))

    assert paid[2][:4] == ["1-й месяц", date(2026, 1, 15), date(2026, 2, 14), 10000]
    assert paid[2][4:7] == [date(2026, 1, 15), date(2026, 1, 10), date(2026, 1, 13)]
    assert paid[1][6] is None
    assert len(coming) == 11
    assert coming[1][3:] == [date(2026, 3, 14), 10000]


def test_the_excel_file_follows_the_filters(mine):
    paid, _coming = sheets_of(mine.get(SHEET + "?state=way"))

    assert [row[0] for row in paid[1:]] == ["2-й месяц"]
