"""A click moves the money of a line: what it reads is found by keys, however many there are."""

import pytest
from django.db import connection
from django.db.models import QuerySet

from payments.models import Placement, guards
from payments.services.deciding import by_hand
from tests.factories import PlacementFactory

pytestmark = pytest.mark.django_db
# As many lines, places, and parts of months, that reading them all costs more than keys.
MANY_LINES = """
INSERT INTO payments_statementline SELECT (jsonb_populate_record(one, jsonb_build_object(
    'id', one.id + number, 'occurrence', one.occurrence + number))).*
FROM payments_statementline AS one, generate_series(1, 3000) AS number WHERE one.id = %s
"""
MANY_PLACES = """
INSERT INTO payments_placement SELECT (jsonb_populate_record(one, jsonb_build_object(
    'id', one.id + number, 'line_id', one.line_id + number, 'months', 0,
    'completed_by_id', one.id + number + 1))).*
FROM payments_placement AS one, generate_series(1, 3000) AS number WHERE one.id = %s
"""
# What the guard asked before, of the places that one command opens.
JOINED_AS_THE_PLANNER_LIKES = """
    SELECT FROM payments_statementline AS line
    JOIN payments_placement AS place ON place.line_id = line.id AND place.closed_at IS NULL
    WHERE line.id IN (SELECT line_id FROM opened)
    GROUP BY line.id, line.amount HAVING sum(place.amount) > line.amount
"""


@pytest.fixture
def place():
    """One of some thousand. The others keep no rule, and are gone before any is asked for."""
    place = PlacementFactory()
    without_rules(MANY_LINES, place.line_id)
    without_rules(MANY_PLACES, place.pk)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE payments_placement, payments_statementline")
    yield place
    without_rules("DELETE FROM payments_placement WHERE id > %s", place.pk)
    without_rules("DELETE FROM payments_statementline WHERE id > %s", place.line_id)


def without_rules(sql: str, key: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, [key])
        cursor.execute("SET LOCAL session_replication_role = origin")


def plan_of(rows: QuerySet) -> str:
    forbid_reading_all()
    return rows.order_by().explain()


def forbid_reading_all() -> None:
    """With few rows in it a table is read whole, or along some index, unless that is made dear."""
    with connection.cursor() as cursor:
        for way in ("seqscan", "indexscan", "indexonlyscan"):
            cursor.execute(f"SET LOCAL enable_{way} = off")


def test_the_months_a_line_makes_with_others_are_found_by_keys(place):
    rows = by_hand.together_with(place)

    assert "BitmapOr" in plan_of(rows)


def test_a_subquery_in_the_or_reads_all_lines(place):
    """Why `together_with` gives plain keys."""
    together = Placement.objects.filter(pk__in=[place.pk])
    parts = Placement.objects.current().filter(completed_by__in=together)

    assert "BitmapOr" not in plan_of(together | parts)


@pytest.mark.parametrize(("asks", "by_keys"), [("part.completed_by_id", True), ("last.id", False)])
def test_whether_a_closed_place_leaves_a_part_behind_is_asked_by_keys(asks, by_keys, place):
    """At the end of each transaction, for each place it closed; the second is the twin."""
    question = guards.LOST_A_PART.replace("part.completed_by_id = NEW", f"{asks} = NEW")
    forbid_reading_all()

    assert ("BitmapOr" in explained(question.replace("NEW.id", str(place.pk)))) is by_keys


@pytest.mark.parametrize(
    ("question", "by_keys"),
    [(guards.MORE_THAN_THE_LINE, True), (JOINED_AS_THE_PLANNER_LIKES, False)],
    ids=["one by one", "joined"],
)
def test_whether_a_line_holds_too_much_is_asked_by_keys(question, by_keys, place):
    """At each command that opens places: a slice of an import opens two thousand."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE opened AS SELECT * FROM payments_placement LIMIT 1000")
        cursor.execute("ANALYZE opened")

    assert ("Index Cond: (line_id = " in explained(question)) is by_keys


def explained(question: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + question)
        return "\n".join(line for [line] in cursor.fetchall())
