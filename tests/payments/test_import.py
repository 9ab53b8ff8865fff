"""Statement files become lines once, whatever order, copies and accidents they come in."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from common import clock
from payments.models import (
    Account,
    Place,
    Placement,
    QueueReason,
    Statement,
    StatementLine,
)
from payments.services.importing import slices, statements
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from payments.statements.errors import NotAStatement
from tests.factories import ApplicationFactory, InnFactory, PersonFactory
from tests.payments.statement_files import ACCOUNT, INN, POSTED, order, piece, statement, whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def payer(db):
    """Known by INN; every month of the open application is in time."""
    return ApplicationFactory(person=InnFactory(value=INN).person)


def take(content: bytes, name="file.txt") -> tuple[int, int, int, int]:
    result = import_statement(content=content, name=name)
    return result.lines, result.matched, result.queued, result.known


def places() -> list[str]:
    return sorted(Placement.objects.current().values_list("place", flat=True))


def queue_reasons() -> list[str]:
    return sorted(Placement.objects.queued().values_list("queue_reason", flat=True))


def test_a_line_is_kept_as_sent_and_its_money_has_a_place(payer):
    assert take(whole(order())) == (1, 1, 0, 0)

    line = StatementLine.objects.get()
    assert line.raw["ПолучательИНН"] == "7727406020"
    assert (line.amount, line.posted_on, line.paid_on) == (
        Decimal("10000.00"),
        POSTED,
        date(2026, 2, 5),
    )
    assert places() == [Place.MATCHED]


def test_the_same_file_again_changes_nothing(payer):
    take(whole(order(), order(number="2")))

    assert take(whole(order(), order(number="2"))) == (2, 0, 0, 2)
    assert Statement.objects.count() == 1
    assert StatementLine.objects.count() == 2


def test_a_copy_in_another_encoding_changes_nothing(payer):
    take(whole(order(), number="7"))

    assert take(statement(order(), number="7").encode()) == (1, 0, 0, 1)
    assert StatementLine.objects.count() == 1


def test_two_honest_equal_payments_of_a_day_stay_two(payer):
    assert take(whole(order(), order())) == (2, 2, 0, 0)

    assert list(
        StatementLine.objects.order_by("occurrence").values_list("occurrence", flat=True)
    ) == [
        1,
        2,
    ]
    assert sum(Placement.objects.matched().values_list("months", flat=True)) == 2


def test_pieces_of_a_day_add_up_and_the_whole_day_finds_them_known(payer):
    assert take(piece(order(), number="1", formed="{same} 12:00:00")) == (1, 1, 0, 0)
    assert take(piece(order(), number="2", formed="{same} 15:00:00")) == (1, 1, 0, 0)

    assert take(whole(order(), order(), number="3")) == (2, 0, 0, 2)
    assert places() == [Place.MATCHED, Place.MATCHED]


@pytest.mark.parametrize(
    "mark", [{"number": "5"}, {"formed": "{same} 12:00:00"}], ids=["file number", "stamp"]
)
def test_a_piece_sent_again_by_its_sender_is_a_copy(payer, mark):
    take(piece(order(), order(number="2"), **mark))

    assert take(piece(order(), **mark)) == (1, 0, 0, 1)
    assert StatementLine.objects.count() == 2


def test_the_same_number_of_another_sender_is_another_file(payer):
    take(piece(order(), number="5", formed="{same} 12:00:00"))

    assert take(piece(order(), number="5", sender="Банк")) == (1, 1, 0, 0)


def test_a_file_that_may_be_a_copy_waits_as_a_possible_repeat(payer):
    take(piece(order(), formed=""))

    assert take(piece(order(), order(number="2"), formed="")) == (2, 1, 1, 0)
    assert queue_reasons() == [QueueReason.REPEAT]
    assert places() == [Place.MATCHED, Place.MATCHED, Place.QUEUE]


def test_a_whole_day_decides_about_a_possible_repeat(payer):
    take(piece(order(), formed=""))
    take(piece(order(), formed="", sender="Банк"))

    take(whole(order()))

    assert places() == [Place.MATCHED, Place.SET_ASIDE]


def test_a_whole_day_proves_a_possible_repeat_honest(payer):
    take(piece(order(), formed=""))
    take(piece(order(), formed="", sender="Банк"))

    assert take(whole(order(), order()))[1] == 1
    assert places() == [Place.MATCHED, Place.MATCHED]


def test_where_both_kinds_meet_the_whole_day_wins_in_either_order(payer):
    take(piece(order(), number="1", formed="{same} 12:00:00"))
    take(piece(order(), number="2", formed="{same} 15:00:00"))
    take(whole(order(), number="3"))
    first = places()

    assert take(piece(order(), number="4", formed="{same} 16:00:00")) == (1, 0, 0, 1)
    assert first == [Place.MATCHED, Place.SET_ASIDE]
    assert places() == [Place.MATCHED, Place.SET_ASIDE, Place.SET_ASIDE]


def test_a_line_that_the_whole_day_does_not_show_waits_in_either_order(payer):
    take(piece(order(), number="1"))
    take(whole())
    assert queue_reasons() == [QueueReason.REPEAT]

    take(piece(order(number="2"), number="3", formed="{same} 16:00:00"))
    assert queue_reasons() == [QueueReason.REPEAT, QueueReason.REPEAT]


def test_a_fuller_whole_day_brings_the_money_back(payer):
    take(piece(order(), number="1"))
    take(whole())

    take(whole(order(), number="2"))

    assert places() == [Place.MATCHED]


def test_lines_up_to_the_opening_are_kept_and_set_aside_as_counted(payer):
    open_account(number=ACCOUNT, counted_through=POSTED)

    assert take(whole(order())) == (1, 0, 0, 1)
    assert places() == [Place.SET_ASIDE]
    assert take(whole(order(), number="2")) == (1, 0, 0, 1)
    assert places() == [Place.SET_ASIDE]


def test_an_account_that_is_not_ours_is_refused():
    foreign = statement(account="40702810000000000001").encode("cp1251")

    with pytest.raises(NotAStatement):
        import_statement(content=foreign, name="foreign.txt")

    assert not Account.objects.filter(number="40702810000000000001").exists()


@pytest.mark.parametrize(("days", "refused"), [(35, False), (36, True), (3650, True)])
def test_a_file_about_days_far_ahead_is_refused(payer, days, refused):
    open_account(number=ACCOUNT, counted_through=date(2026, 1, 1))
    ahead = clock.today() + timedelta(days=days)
    content = whole(order(posted_on=ahead), first=ahead)

    with pytest.raises(NotAStatement) if refused else nullcontext():
        take(content)

    assert Statement.objects.exists() != refused


def test_a_refused_file_leaves_nothing(payer):
    broken = whole(order(), order(number="2"))[:-200]

    with pytest.raises(NotAStatement):
        import_statement(content=broken, name="broken.txt")

    assert not Statement.objects.exists()
    assert not StatementLine.objects.exists()


def test_the_database_itself_refuses_to_change_a_line(payer):
    take(whole(order()))

    with pytest.raises(IntegrityError):
        StatementLine.objects.update(amount=1)


# --- two at once


def at_once(*jobs):
    """Run the jobs in threads of their own and give what they return or raise."""
    together = Barrier(len(jobs))

    def run(job):
        together.wait()
        try:
            return job()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def together(monkeypatch):
    """Hold every import between sharing out and posting until the other one is there, too."""
    ready, share_out = Barrier(2), slices.share_out

    def share_out_then_wait(*args):
        share_out(*args)
        with suppress(BrokenBarrierError):  # alone here: the other one waits for the account
            ready.wait(timeout=2)

    monkeypatch.setattr(slices, "share_out", share_out_then_wait)


def without_the_lock_of_imports(monkeypatch):
    monkeypatch.setattr(statements, "alone_with_imports", lambda numbers: nullcontext())


MORNING = piece(order(), number="1", formed="{same} 12:00:00")
EVENING = piece(order(), number="2", formed="{same} 18:00:00")


@pytest.mark.django_db(transaction=True)
def test_the_same_file_by_two_at_once_is_posted_once(payer, monkeypatch):
    together(monkeypatch)

    results = at_once(*[lambda: take(whole(order(), order(number="2")))] * 2)

    assert sorted(results) == [(2, 0, 0, 2), (2, 2, 0, 0)]
    assert StatementLine.objects.count() == 2
    assert Placement.objects.matched().count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_pieces_with_equal_lines_at_once_are_two_payments(payer, monkeypatch):
    together(monkeypatch)

    results = at_once(lambda: take(MORNING), lambda: take(EVENING))

    assert results == [(1, 1, 0, 0), (1, 1, 0, 0)]
    assert Placement.objects.matched().count() == 2


@pytest.mark.django_db(transaction=True)
def test_twin_without_the_lock_of_imports_one_of_the_two_stumbles(payer, monkeypatch):
    without_the_lock_of_imports(monkeypatch)
    together(monkeypatch)

    results = at_once(*[lambda: take(whole(order(), order(number="2")))] * 2)

    assert [type(one) for one in results if isinstance(one, Exception)] == [IntegrityError]


# --- any order of files


ONE, TWO = order(), order(number="2")
OF_MANY, OF_OTHERS = (order(number="55", purpose=f"Реестр, {name}") for name in ("КАРИМОВ", "А"))
FILES = [
    piece(OF_MANY, number="3", formed="{same} 10:00:00"),
    piece(OF_OTHERS, number="4", formed="{same} 11:00:00"),
    whole(OF_MANY, OF_OTHERS, ONE, number="12"),
    piece(ONE, number="1", formed="{same} 09:00:00"),
    piece(ONE, number="2", formed="{same} 12:00:00"),
    piece(ONE, TWO, number="2", formed="{same} 12:00:00"),
    piece(TWO, formed="", sender="Банк"),
    piece(TWO, TWO, formed="", sender="Другой банк"),
    whole(ONE, ONE, number="9"),
    whole(ONE, TWO, first=date(2026, 2, 10), last=date(2026, 2, 11), number="10"),
    whole(first=date(2026, 2, 10)),
]


def everything() -> list[tuple]:
    """What is true at the end, without row ids."""
    rows = Placement.objects.current().values_list(
        "line__digest", "place", "queue_reason", "amount", "months", "application_id", "paid_on"
    )
    return sorted(rows, key=str) + list(Account.objects.values_list("complete_through"))


class AnyOrderTests(TestCase):
    @settings(max_examples=settings.default.max_examples // 4)  # each reads some ten files
    @given(
        chosen=st.lists(st.sampled_from(FILES), min_size=2, max_size=5),
        shuffle=st.randoms(use_true_random=False),
    )
    def test_any_order_and_repetition_of_files_gives_the_same_books(self, chosen, shuffle):
        ApplicationFactory(person=InnFactory(value=INN).person)
        open_account(number=ACCOUNT, counted_through=date(2026, 2, 9))
        again = [*chosen, *chosen]
        shuffle.shuffle(again)

        one_way = self.books_after(chosen)
        other_way = self.books_after(again)

        assert one_way == other_way

    def books_after(self, files: list[bytes]) -> list[tuple]:
        before = transaction.savepoint()
        for content in files:
            take(content)
        books = everything()
        transaction.savepoint_rollback(before)
        return books


def test_person_of_nobody_waits_as_unknown():
    PersonFactory()

    assert take(whole(order())) == (1, 0, 1, 0)
    assert queue_reasons() == [QueueReason.UNKNOWN_PAYER]
