"""Rows by COPY come out as they went in, whatever signs they have."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from common.copying import NULL, copy_into, next_ids
from payments.models import StatementLine

TRICKY = st.text(alphabet=[NULL, "\\", "\t", "\n", "\r", "N", "x", "0", "1", "я", " "], max_size=6)
ANY = st.one_of(st.none(), TRICKY, st.text(st.characters(exclude_characters="\0", codec="utf-8")))


def back(rows: list) -> list:
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TABLE IF EXISTS tried; CREATE TEMP TABLE tried (n serial, one text, other text)"
        )
        copy_into("tried", ("one", "other"), rows)
        cursor.execute("SELECT one, other FROM tried ORDER BY n")
        return cursor.fetchall()


class Copies(TestCase):
    @given(st.lists(st.tuples(ANY, ANY), max_size=5))
    def test_any_text_and_nothing_stay_what_they_are(self, rows):
        assert back(rows) == rows


@pytest.mark.django_db
def test_days_sums_and_numbers_are_written_as_the_database_reads_them():
    assert back([(date(2026, 2, 14), Decimal("10.00")), (7, None)]) == [
        ("2026-02-14", "10.00"),
        ("7", None),
    ]


@pytest.mark.django_db
def test_keys_are_new_and_in_their_order():
    first, second = next_ids(StatementLine, 3), next_ids(StatementLine, 2)

    assert sorted({*first, *second}) == [*first, *second]
