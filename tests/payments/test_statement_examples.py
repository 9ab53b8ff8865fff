"""The examples for staff are what the docs show, and the parsers read each of them."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from stdnum.ru import inn as stdnum_inn

from payments.statements.examples import ACCOUNT, PEOPLE, REGISTER_HEADS, TOTAL, examples
from payments.statements.gis_gmp import GisGmp
from payments.statements.registers import Mapping, Registers
from tests.payments.parsing import read

SHOWN = Path(__file__).parents[2] / "docs" / "statements"
FIELDS = ("posted_on", "paid_on", "payer_name", "payer_inn", "amount", "purpose")
REGISTER = Mapping(
    "Банк", dict(zip(FIELDS, REGISTER_HEADS, strict=True)), ACCOUNT, False, "Реестр №"
)


@pytest.mark.parametrize("name", examples())
def test_every_example_is_read_and_tells_of_the_same_people(name):
    lines, [head] = read(examples()[name], GisGmp(), Registers([REGISTER]))

    assert sum((line.amount for line in lines), Decimal(0)) == TOTAL
    assert [line.payer_inn for line in lines] == [one.inn for one in PEOPLE]
    assert [line.paid_on for line in lines] == [one.paid_on for one in PEOPLE]
    assert head.account == ACCOUNT


def test_the_whole_day_examples_prove_their_day():
    for name in ("1c.txt", "camt053.xml"):
        _lines, [head] = read(examples()[name])
        assert head.whole_through == head.last_day


def test_the_people_are_invented_and_their_numbers_valid():
    assert all(stdnum_inn.is_valid(one.inn) for one in PEOPLE)


def test_the_docs_show_these_very_files(tmp_path):
    call_command("statement_examples", tmp_path)

    assert {path.name: path.read_bytes() for path in SHOWN.iterdir()} == {
        path.name: path.read_bytes() for path in tmp_path.iterdir()
    }
