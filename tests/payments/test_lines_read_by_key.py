"""A click moves the money of a line: what it reads is found by keys, however many there are."""

import pytest
from django.db import connection
from django.db.models import QuerySet

from payments.models import Placement
from payments.services.deciding import by_hand
from tests.factories import PlacementFactory

pytestmark = pytest.mark.django_db


def plan_of(rows: QuerySet) -> str:
    """With few rows in it a table is read whole, unless that is made dear."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    return rows.order_by().explain()


def test_the_months_a_line_makes_with_others_are_found_by_keys():
    rows = by_hand.together_with(PlacementFactory())

    assert "BitmapOr" in plan_of(rows)


def test_a_subquery_in_the_or_reads_all_lines():
    """Why `together_with` gives plain keys."""
    together = Placement.objects.filter(pk__in=[PlacementFactory().pk])
    parts = Placement.objects.current().filter(completed_by__in=together)

    assert "BitmapOr" not in plan_of(together | parts)
