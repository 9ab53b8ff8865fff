"""When an import lets the database count its tables again: a count costs what a day's file does."""

from unittest import mock

import pytest

from payments.services.importing import slices

YEAR, NEVER = 1_000_000, -1


@pytest.mark.parametrize(
    ("known", "slices_done", "lines_done", "is_counted"),
    [
        (NEVER, 1, 5, True),
        (YEAR, 1, 2_000, False),
        (10_000, 1, 2_000, True),
        (10_000, 2, 4_000, False),
        (10_000, 4, 8_000, True),
        (YEAR, 64, 128_000, True),
    ],
)
def test_tables_are_counted_again_when_a_file_made_them_grow(
    known, slices_done, lines_done, is_counted
):
    with (
        mock.patch.object(slices, "ask", return_value=[[known]]),
        mock.patch.object(slices, "run") as run,
    ):
        slices.look_at_what_grew(slices_done, lines_done)

    assert run.called is is_counted


@pytest.mark.django_db
def test_the_database_says_how_many_lines_it_counted_last():
    [[known]] = slices.ask(slices.LINES_KNOWN)

    assert known >= NEVER
