"""What only `check_ledger` found before: the database lets nobody do it, by plain SQL either.

No sum of a place is edited, no place is deleted, and no line stands without places for all of it.
"""

import pytest
from django.db import IntegrityError, connection, transaction

from payments.models import Account, Place, StatementLine
from tests.factories import PlacementFactory, StatementFactory
from tests.guards import behind_the_guards

pytestmark = pytest.mark.django_db
LINES = """
INSERT INTO payments_statementline (statement_id, account_id, digest, occurrence, posted_on,
    document_number, amount, payer_name, payer_account, payer_inn, purpose, said, raw)
SELECT %s, %s, n, 1, '2026-02-10', '', 10000, '', '', '', '', 'new', '{}'
FROM generate_series(1, %s) AS n RETURNING id
"""
PLACES = """
INSERT INTO payments_placement (line_id, place, amount, months, queue_reason, reason, opened_at)
SELECT id, 'queue', %s, 0, 'unknown_payer', '-', now()
FROM payments_statementline WHERE id = ANY(%s)
"""


def sql(command: str, *values) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(command, values or None)
        return cursor.fetchall() if cursor.description else []


def at_the_end() -> None:
    """What is asked when a transaction ends is asked now."""
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql("SET CONSTRAINTS ALL DEFERRED")


def lines(count: int) -> list[int]:
    statement = StatementFactory()
    return [pk for [pk] in sql(LINES, statement.pk, statement.account_id, count)]


def place(keys: list[int], amount: int = 10000) -> None:
    sql(PLACES, amount, keys)


def refused() -> pytest.RaisesExc:
    return pytest.raises(IntegrityError)


def test_lines_with_places_for_all_of_their_money_stay_and_nothing_is_left_behind():
    place(lines(3))

    at_the_end()

    assert sql("SELECT count(*) FROM payments_newlines") == [(0,)]
    assert StatementLine.objects.count() == 3


@pytest.mark.parametrize("without", [0, 1, 2])
def test_a_line_without_any_place_ends_no_transaction(without):
    with refused(), transaction.atomic():
        written = lines(3)
        place(written[:without] + written[without + 1 :])
        at_the_end()


@pytest.mark.parametrize("amount", [9999, 1])
def test_a_line_of_which_a_part_has_no_place_ends_no_transaction(amount):
    with refused(), transaction.atomic():
        place(lines(2), amount)
        at_the_end()


def test_a_closed_place_is_none():
    with refused(), transaction.atomic():
        written = lines(1)
        place(written)
        sql("UPDATE payments_placement SET closed_at = now() WHERE line_id = ANY(%s)", written)
        at_the_end()


def test_places_may_come_later_in_the_transaction_and_in_parts():
    written = lines(2)
    place(written, 4000)
    place(written, 6000)

    at_the_end()

    assert Account.objects.exists()


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE payments_placement SET amount = amount - 1",
        "UPDATE payments_placement SET place = 'set_aside', queue_reason = ''",
        "UPDATE payments_placement SET line_id = (SELECT max(id) FROM payments_statementline)",
        "DELETE FROM payments_placement",
    ],
)
def test_what_a_place_holds_is_never_edited(edit):
    first = PlacementFactory(queued=True)
    PlacementFactory(queued=True)

    with refused(), transaction.atomic():
        sql(f"{edit} WHERE id = %s", first.pk)

    first.refresh_from_db()
    assert first.place == Place.QUEUE


def test_behind_the_guards_all_of_it_goes_through():
    """The twin: without the triggers nothing of this is seen before the ledger is checked."""
    with behind_the_guards():
        place(lines(1), 9999)
        sql("UPDATE payments_placement SET amount = 1")

    at_the_end()

    assert sql("SELECT sum(amount) FROM payments_placement") == [(1,)]
