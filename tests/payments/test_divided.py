"""A register that makes the sum of a bank's order divides it, whichever comes first."""

from datetime import date
from itertools import permutations

import pytest

from payments.models import PartOfOrder, Place, Placement, QueueReason, Statement
from payments.services import audit
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from tests.factories import ApplicationFactory, InnFactory, RegisterFactory
from tests.payments.statement_files import ACCOUNT, INN, order, whole

pytestmark = pytest.mark.django_db
OTHER_INN = "500100732259"
HEADS = "Поручение;Дата зачисления;Дата операции;ФИО;ИНН;Сумма"


def register(*sums: str, number="77", day="11.02.2026") -> bytes:
    who = [("КАРИМОВ ТИМУР", INN), ("САИДОВ АЛИ", OTHER_INN)]
    rows = [
        f"{number};{day};05.02.2026;{name};{inn};{amount}"
        for (name, inn), amount in zip(who, sums, strict=True)
    ]
    return "\r\n".join([HEADS, *rows, ""]).encode("cp1251")


ROWS = register("10000", "20000")
BANK = order(number="77", amount="30000.00", inn="7707083893", payer="ПАО БАНК", purpose="Реестр")
DAY = whole(BANK, number="1")
DAY_BEFORE = whole(first=date(2026, 2, 10), number="2")


@pytest.fixture(autouse=True)
def workers(db):
    account = open_account(number=ACCOUNT, counted_through=date(2026, 1, 1))
    RegisterFactory(account=account, document_number="Поручение")
    return [ApplicationFactory(person=InnFactory(value=inn).person) for inn in (INN, OTHER_INN)]


def take(*files: bytes) -> None:
    for content in files:
        import_statement(content=content, name="file")


def books() -> list[tuple]:
    rows = Placement.objects.current().order_by("amount")
    return list(rows.values_list("amount", "place", "months"))


DIVIDED = [(10000, Place.MATCHED, 1), (20000, Place.MATCHED, 2), (30000, Place.SET_ASIDE, 0)]


@pytest.mark.parametrize("files", list(permutations([ROWS, DAY, DAY_BEFORE])))
def test_the_rows_are_the_money_and_the_order_is_set_aside_in_any_order(files):
    take(*files, *files)

    assert books() == DIVIDED
    assert PartOfOrder.objects.count() == 2
    assert not audit.audit().faults


@pytest.mark.parametrize("rows_first", [True, False])
def test_rows_that_a_day_without_their_order_denied_count_when_it_comes(rows_first):
    """The register guessed the day of posting; the order came a day later."""
    guessed = register("10000", "20000", day="10.02.2026")
    files = [guessed, DAY_BEFORE] if rows_first else [DAY_BEFORE, guessed]
    take(*files)
    denied = set(Placement.objects.queued().values_list("queue_reason", flat=True))

    take(DAY)

    assert denied == {QueueReason.REPEAT}
    assert books() == DIVIDED


@pytest.mark.parametrize("rows_first", [True, False])
@pytest.mark.parametrize(
    "other",
    [register("10000", "10000"), register("10000", "20000", number="78")],
    ids=["another sum", "another order"],
)
def test_a_register_of_another_sum_or_order_divides_nothing(other, rows_first):
    take(*([other, DAY] if rows_first else [DAY, other]))

    assert not PartOfOrder.objects.exists()
    reasons = Placement.objects.queued().values_list("queue_reason", flat=True)
    assert sorted(reasons) == [QueueReason.REPEAT] * 2 + [QueueReason.UNKNOWN_PAYER]


def test_an_order_that_names_a_worker_is_divided_by_no_register():
    take(whole(order(number="77", amount="30000.00"), number="1"), ROWS)

    assert not PartOfOrder.objects.exists()


def test_registers_do_not_hold_the_file_of_the_morning(settings):
    settings.ODD_LINES, settings.ODD_SHARE = 2, 0.3

    take(ROWS, DAY)

    assert not Statement.objects.held().exists()
