"""A register that makes the sum of a bank's order divides it, whichever comes first."""

from datetime import date
from itertools import permutations

import pytest

from patents.models import Inn
from payments.models import PartOfOrder, Place, Placement, QueueReason, Statement
from payments.services import audit
from payments.services.importing import divided, released
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from tests.factories import ApplicationFactory, InnFactory, RegisterFactory, StaffFactory
from tests.payments.statement_files import ACCOUNT, ACQUIRER_ACCOUNT, INN, order, piece, whole

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
    rows = Placement.objects.current().order_by("amount", "place")
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


ONE_ROW = "\r\n".join([HEADS, f"77;11.02.2026;05.02.2026;КАРИМОВ ТИМУР;{INN};30000", ""])


@pytest.mark.parametrize("files", list(permutations([ONE_ROW.encode("cp1251"), DAY, DAY_BEFORE])))
def test_a_register_of_one_row_says_whose_the_order_is(files):
    take(*files, *files)

    assert books() == [(30000, Place.MATCHED, 3), (30000, Place.SET_ASIDE, 0)]
    assert not audit.audit().faults


@pytest.mark.parametrize("rows_first", [True, False])
def test_one_row_of_another_day_is_another_order_of_the_same_number(rows_first):
    other = ONE_ROW.replace("11.02.2026", "09.02.2026").encode("cp1251")

    take(*([other, DAY] if rows_first else [DAY, other]))

    assert not PartOfOrder.objects.exists()


def test_a_line_of_a_statement_is_no_register_of_one_row():
    """Two lines of the acquirer's one order: the second one names nobody."""
    both = [
        order(number="77", amount="30000.00", payer_account=ACQUIRER_ACCOUNT, inn=inn)
        for inn in (INN, "")
    ]

    take(piece(both[0], number="1"), piece(both[1], number="2"))

    assert not PartOfOrder.objects.exists()


def release() -> None:
    for statement in Statement.objects.held():
        released.release(statement=statement, actor=StaffFactory(), reason="Сверено с банком")
    released.post_released()


@pytest.fixture
def odd(settings):
    """Each file in which a line names nobody is held."""
    settings.ODD_LINES, settings.ODD_SHARE = 1, 0


@pytest.mark.parametrize("rows", [ROWS, ONE_ROW.encode("cp1251")], ids=["two rows", "one row"])
def test_a_held_register_finds_its_order_when_it_is_released(settings, rows):
    take(DAY)
    settings.ODD_LINES, settings.ODD_SHARE = 1, 0
    Inn.objects.update(valid_until="2026-02-01")  # its people are known to nobody for a while
    take(rows)
    Inn.objects.update(valid_until=None)
    held = Statement.objects.held().count()

    release()

    assert (held, PartOfOrder.objects.exists()) == (1, True)
    assert [place for _sum, place, _months in books()][-1] == Place.SET_ASIDE
    assert not Placement.objects.queued().exists()
    assert not audit.audit().faults


def test_a_held_order_finds_the_rows_that_came_before_it_when_it_is_released(odd):
    take(ROWS, DAY)
    assert Statement.objects.held().count() == 1

    release()

    assert books() == DIVIDED
    assert not audit.audit().faults


def test_an_order_that_names_a_worker_is_divided_by_no_register():
    take(whole(order(number="77", amount="30000.00"), number="1"), ROWS)

    assert not PartOfOrder.objects.exists()


def test_registers_do_not_hold_the_file_of_the_morning(settings):
    settings.ODD_LINES, settings.ODD_SHARE = 2, 0.3

    take(ROWS, DAY)

    assert not Statement.objects.held().exists()


# --- an order that leads elsewhere


ASTRAY = whole(BANK | {"ПоказательКБК": "18201061201010000510"}, number="1")


class Killed(Exception):
    pass


@pytest.fixture
def one_at_a_time(monkeypatch):
    monkeypatch.setattr(divided, "AT_ONCE", 1)


def waiting() -> list[str]:
    return list(Placement.objects.queued().values_list("queue_reason", flat=True))


@pytest.fixture
def some(monkeypatch):
    """How many rows were decided in each transaction of their own."""
    decided, real = [], divided._settle_some

    def settle(file, rows, how):
        decided.append(len(rows))
        real(file, rows, how)

    monkeypatch.setattr(divided, "_settle_some", settle)
    return decided


def test_rows_of_an_order_that_leads_elsewhere_are_taken_back_some_at_a_time(one_at_a_time, some):
    take(ROWS, ASTRAY)

    assert some == [1, 1]
    assert waiting() == [QueueReason.OTHER_TAX] * 2


def test_rows_that_were_denied_are_believed_some_at_a_time(one_at_a_time, some):
    take(register("10000", "20000", day="10.02.2026"), DAY_BEFORE, DAY)

    assert some == [1, 1]
    assert books() == DIVIDED


DENIED = register("10000", "20000", day="10.02.2026"), DAY_BEFORE


@pytest.mark.parametrize(
    ("before", "then", "reason"),
    [((ROWS,), ASTRAY, QueueReason.OTHER_TAX), (DENIED, DAY, QueueReason.REPEAT)],
    ids=["they counted", "they were denied"],
)
def test_killed_between_two_rows_the_days_are_incomplete_and_the_file_goes_on(
    one_at_a_time, monkeypatch, before, then, reason
):
    take(*before)
    real, done = divided._settle_some, []

    def until_it_is_killed(*given):
        if done:
            raise Killed
        done.append(real(*given))

    with monkeypatch.context() as once:
        once.setattr(divided, "_settle_some", until_it_is_killed)
        with pytest.raises(Killed):
            take(then)
    half, unfinished = waiting(), Statement.objects.filter(finished_at=None).count()
    take(then)

    assert (half, unfinished) == ([reason], 1)
    assert waiting() == ([reason] * 2 if then is ASTRAY else [])
    assert not Statement.objects.filter(finished_at=None).exists()
    assert not audit.audit().faults


def test_an_order_that_is_ours_lets_its_rows_alone(monkeypatch):
    monkeypatch.setattr(divided, "_settle_some", None)

    take(ROWS, DAY)

    assert books() == DIVIDED


@pytest.mark.parametrize("held", [ROWS, ASTRAY], ids=["its rows", "the order"])
def test_rows_of_such_an_order_wait_when_a_held_file_is_released(settings, held):
    files = [ROWS, ASTRAY] if held is ASTRAY else [ASTRAY, ROWS]
    take(files[0])
    settings.ODD_LINES, settings.ODD_SHARE = 1, 0
    Inn.objects.update(valid_until="2026-02-01")
    take(files[1])
    Inn.objects.update(valid_until=None)

    release()

    assert waiting() == [QueueReason.OTHER_TAX] * 2
