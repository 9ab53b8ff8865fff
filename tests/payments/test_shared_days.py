"""Whose day the day of an order is: of one payment, never of many that it gathers."""

from datetime import date

import pytest

from payments.models import StatementLine
from payments.services.completeness import open_account
from payments.services.statements import import_statement
from tests.factories import RegisterFactory
from tests.payments.gis_gmp_files import BY_INN, notice, package
from tests.payments.statement_files import ACCOUNT, ACQUIRER_ACCOUNT, order, whole

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 5)
ONE = order(purpose="Каримов, ИНН 775100004210")
OTHER = order(purpose="Саидов, ИНН 500100732259")
ACQUIRER_INN = "7799123455"


@pytest.fixture(autouse=True)
def account():
    return open_account(number=ACCOUNT, counted_through=date(2026, 1, 1))


def days(content: bytes) -> list[date | None]:
    """The days of the lines as kept, in the order of their numbers and texts."""
    import_statement(content=content, name="file.txt")
    rows = StatementLine.objects.order_by("document_number", "purpose", "occurrence")
    return list(rows.values_list("paid_on", flat=True))


def test_a_consolidated_order_has_no_day_for_its_workers():
    assert days(whole(ONE, OTHER, order(number="9"))) == [None, None, DAY]


def test_two_equal_orders_are_two_payments_and_keep_their_day():
    assert days(whole(order(), order())) == [DAY, DAY]


@pytest.mark.parametrize(
    "acquirers_order",
    [
        order(payer_account=ACQUIRER_ACCOUNT),
        order(inn=ACQUIRER_INN),
        order(Плательщик=f"ИНН {ACQUIRER_INN} ООО НКО «Платежи»"),
    ],
    ids=["by the account", "by the INN", "by the INN before the name"],
)
def test_an_order_of_the_acquirer_has_no_day_even_for_one_worker(settings, acquirers_order):
    settings.ACQUIRER_PAYERS = [ACQUIRER_ACCOUNT, ACQUIRER_INN]

    assert days(whole(acquirers_order)) == [None]


def test_rows_of_a_register_with_days_of_their_own_keep_them_under_one_order(account):
    RegisterFactory(account=account, document_number="Поручение")
    heads = "Поручение;Дата зачисления;Дата операции;ФИО;ИНН;Сумма"
    rows = [
        "77;11.02.2026;05.02.2026;КАРИМОВ ТИМУР;;10000",
        "77;11.02.2026;06.02.2026;САИДОВ АЛИ;;10000.01",
    ]

    found = days("\r\n".join([heads, *rows, ""]).encode("cp1251"))

    assert sorted(found) == [DAY, date(2026, 2, 6)]


def test_notifications_of_one_order_keep_the_days_of_their_payments():
    """Each tells of one payment, whatever order the bank sent the money with."""
    number = "10471020010005233009201500000003"
    more = notice(payer=BY_INN, payment_id=number, amount="1000001")

    found = days(package(notice(payer=BY_INN), more))

    assert len(found) == 2
    assert None not in found
