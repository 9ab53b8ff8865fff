"""The real samples that domain facts 7.1 names, in shape: each is read, and its twin refused."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from payments.statements.model import Line
from tests.payments import real_shapes as shapes
from tests.payments.parsing import read, refusal


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def lines_of(text: str, encoding: str = "cp1251") -> list[Line]:
    return read(text.encode(encoding))[0]


@pytest.mark.parametrize("encoding", ["cp1251", "utf-8"])
def test_a_banks_statement_of_one_day_is_read(encoding):
    """Its two files differ in their letters alone, and both say `Windows`."""
    lines, [head] = read(shapes.one_day().encode(encoding))

    assert [line.outgoing for line in lines] == [True] * 10 + [False] * 3
    assert sum(line.amount for line in lines if not line.outgoing) == Decimal("40000.00")
    assert (head.account, head.whole_through) == (shapes.OWN, date(2026, 1, 11))
    assert {line.payer_inn for line in lines if not line.outgoing} == {shapes.WORKER}


def test_an_employers_orders_for_the_tax_are_read_as_what_left():
    lines, [head] = read(shapes.tax_orders().encode("cp1251"))

    assert [(line.document_number, line.outgoing) for line in lines] == [
        ("2335", True),
        ("2322", True),
    ]
    assert lines[0].raw["ПоказательПериода"] == "МС.08.2021"
    assert lines[0].raw["ПоказательКБК"] == "18210102010011000110"
    assert (lines[0].amount, lines[0].uin) == (Decimal("0.01"), "")
    assert head.whole_through is None


def test_a_receipt_of_the_treasury_is_read():
    [line] = lines_of(shapes.of_treasury(shapes.receipt()))

    assert (line.account, line.posted_on) == (shapes.TREASURY, date(2026, 3, 11))
    assert (line.paid_on, line.payer_inn) == (date(2026, 3, 5), shapes.WORKER)
    assert line.raw["ПоказательКБК"] == "18210102040011000110"


def test_a_consolidated_order_gives_a_line_for_each_worker():
    lines = lines_of(shapes.consolidated())

    assert [line.payer_inn for line in lines] == [
        shapes.WORKER,
        shapes.OTHER_WORKER,
        "7700000025",
    ]
    assert {line.document_number for line in lines} == {"99001"}
    assert {line.uin for line in lines} == {"0349347501810000000132623"}
    assert shapes.WORKER in lines[2].purpose


def test_a_file_with_every_key_and_two_accounts_is_read():
    lines, heads = read(shapes.two_accounts().encode("utf-8"))

    assert [(line.account[-1], line.outgoing) for line in lines] == [("1", False), ("0", True)]
    assert lines[0].payer_name == "Плательщик1 Плательщик2 Плательщик3 Плательщик4"
    assert lines[0].purpose == "часть 1 часть 2 часть 3 часть 4 часть 5 часть 6"
    assert [head.whole_through for head in heads] == [date(2026, 1, 1)] * 2


def test_a_file_of_dos_is_read():
    lines, [head] = read(shapes.of_dos().encode("cp866"))

    assert [(line.amount, line.payer_name) for line in lines] == [
        (Decimal("10000.00"), "ПРИМЕРОВ ТИМУР")
    ]
    assert (head.sums_agree, head.whole_through) == (True, date(2026, 3, 11))


# --- their twins


def last_left_out(text: str) -> str:
    """Without the last document, as a file that was cut off and closed again."""
    return text[: text.rindex("СекцияДокумент")] + "КонецФайла\r\n"


TWINS = {
    "a statement of one day without its last document": (
        last_left_out(shapes.one_day()),
        "Line 16: ВсегоПоступило is 40000.00, but the payments of the file make 20000.00."
        " Is it cut off?",
    ),
    "a statement of one day that begins with another sum": (
        shapes.one_day().replace("=45329.91", "=45329.19"),
        "Line 18: КонечныйОстаток is 44145.91, but the other sums of the section make 44145.19.",
    ),
    "orders for the tax, one of them from another account": (
        shapes.tax_orders().replace(shapes.OWN, "40702810800030005413").replace(
            "РасчСчет=40702810800030005413", f"РасчСчет={shapes.OWN}", 1
        ),
        "Line 12: neither the payer nor the payee is the account of this file.",
    ),
    "orders for the tax, cut off between two": (
        shapes.tax_orders()[: shapes.tax_orders().rindex("СекцияДокумент")],
        "The file is cut off after line 51: it has no end (КонецФайла).",
    ),
    "a receipt with the period in place of its day": (
        shapes.of_treasury(shapes.receipt(Дата="МС.03.2026")),
        "Line 12: “Дата” is not a date like 14.02.2026.",
    ),
    "a consolidated order with a line of the day before": (
        shapes.consolidated().replace("ДатаПоступило=11.03", "ДатаПоступило=10.03", 1),
        "Line 18: the day of posting is outside of the days of this file.",
    ),
    "two accounts, the sums of one are those of the other": (
        shapes.two_accounts().replace("ВсегоСписано=10.10", "ВсегоСписано=0.00"),
        "Line 19: ВсегоСписано is 0.00, but the payments of the file make 10.10. Is it cut off?",
    ),
    "a file of DOS with a third of a kopeck": (
        shapes.of_dos().replace("Сумма=10 000,00", "Сумма=10 000,003"),
        "Line 23: “Сумма” is not a sum of money.",
    ),
    "a file of DOS without its end, its last document lost": (
        shapes.of_dos()[: shapes.of_dos().rindex("СекцияДокумент")],
        "Line 14: ВсегоПоступило is 10000.00, but the payments of the file make 0.00."
        " Is it cut off?",
    ),
}  # fmt: skip


@pytest.mark.parametrize("twin", TWINS)
@pytest.mark.parametrize("encoding", ["cp1251", "cp866"])
def test_its_twin_with_one_fault_is_refused_whole_with_the_line(twin, encoding):
    text, sentence = TWINS[twin]

    assert refusal(text.encode(encoding, errors="replace")) == sentence
