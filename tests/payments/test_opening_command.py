"""The command that brings a whole centre in, and what it prints."""

from datetime import date

import pytest
import time_machine
from django.core.management import call_command
from django.utils import translation
from stdnum.ru import inn

from accounts.models import Person
from common.sheets import workbook_of
from payments.models import OpeningMonths
from tests.payments.opened import bring, changed, check_ledger_is_quiet, nothing_is_there
from tests.payments.opening_files import APPLICATION, PATENT, PERSON, opening

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 10)


@pytest.fixture(autouse=True)
def april():
    """Friday 10 April 2026, the morning of the first day."""
    with time_machine.travel("2026-04-10 06:00:00+00:00", tick=True) as traveller:
        yield traveller


@pytest.fixture
def path(tmp_path):
    return tmp_path / "opening.xlsx"


def said(capsys, *arguments) -> list[str]:
    with translation.override("en"):
        call_command("import_opening", *map(str, arguments))
    return capsys.readouterr().out.splitlines()


def refused(capsys, *arguments) -> list[str]:
    with translation.override("en"), pytest.raises(SystemExit) as exit_:
        call_command("import_opening", *map(str, arguments))
    assert exit_.value.code == 1
    return capsys.readouterr().err.splitlines()


def test_the_example_is_a_file_that_can_be_taken_in(path, capsys):
    said(capsys, path, "--example")

    assert said(capsys, path, "--check") == [
        "people 1, applications 1, patents 1, months 3",
        "Nothing is written yet.",
    ]
    assert nothing_is_there()
    assert said(capsys, path)[1] == "All of it is taken in."
    assert OpeningMonths.objects.get().months == 3


def test_the_command_counts_those_who_need_a_slip(path, capsys):
    path.write_bytes(opening(people=changed(PERSON, centre_sim="")))

    assert said(capsys, path)[2] == "1 people have no phone: print slips for them."


def test_the_command_prints_every_reason_and_exits_with_1(path, capsys):
    path.write_bytes(opening(people=changed(PERSON, inn="1"), totals={"months": 4}))

    *reasons, last = refused(capsys, path)

    assert len(reasons) == 2
    assert last == f"{path}: 2 reasons. Nothing was taken in."


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "No such file"),
        (b"", "neither an Excel file"),
        (b"PK\x03\x04 broken", "neither an Excel file"),
        (workbook_of({"Люди": (["person"], [])}), "no sheet Заявления, Патенты, Счета, Итоги"),
    ],
    ids=["missing", "empty", "broken", "other sheets"],
)
def test_what_is_no_opening_is_one_clear_line(path, capsys, content, words):
    if content is not None:
        path.write_bytes(content)

    [line] = refused(capsys, path)

    assert words in line


def test_a_column_that_nobody_knows_is_not_left_out_in_silence(path, capsys):
    path.write_bytes(opening(people=[PERSON | {"Второй паспорт": "FA7777777"}]))

    [line] = refused(capsys, path)

    assert "columns nobody knows, or one of them twice: Второй паспорт" in line


@pytest.mark.parametrize(
    "count", [300, pytest.param(20_000, marks=[pytest.mark.long, pytest.mark.timeout(900)])]
)
def test_a_whole_centre_is_brought_in_a_constant_number_of_questions_a_thousand(
    count, django_assert_max_num_queries
):
    content = opening(**many(count))

    with django_assert_max_num_queries(80 + count // 100):
        bring(content)

    assert OpeningMonths.objects.count() == Person.objects.count() == count
    assert check_ledger_is_quiet()


def many(count: int) -> dict:
    people = [
        PERSON | {"person": str(n), "passport": f"FA{n:07d}", "inn": inn_number(n)}
        for n in range(count)
    ]
    numbers = [str(3_000_000 + n) for n in range(count)]
    return {
        "people": people,
        "applications": [
            APPLICATION | {"person": str(n), "number": number} for n, number in enumerate(numbers)
        ],
        "patents": [
            PATENT | {"number": number, "patent_number": f"26{number:0>8}"} for number in numbers
        ],
    }


def inn_number(n: int) -> str:
    body = f"77{n:08d}"
    return next(number for ending in range(100) if inn.is_valid(number := f"{body}{ending:02d}"))
