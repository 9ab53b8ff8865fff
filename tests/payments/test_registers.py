"""Registers in CSV and Excel, one little file for each thing that senders do with them."""

import io
import time
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation
from openpyxl import Workbook

from payments.statements import tables
from payments.statements.registers import Mapping, Registers
from tests.payments import parsing
from tests.payments.parsing import Rewindable, memory_of
from tests.payments.statement_files import ACCOUNT, INN, WORDING

HEADS = {
    "amount": "Сумма",
    "posted_on": "Дата зачисления",
    "paid_on": "Дата операции",
    "document_number": "№ операции",
    "payer_name": "ФИО",
    "payer_inn": "ИНН",
    "purpose": "Назначение",
}
BANK = Mapping("ПАО БАНК", HEADS, account=ACCOUNT, number_after="Реестр №")
TERMINAL = Mapping("Терминал", {"amount": "Коп", "posted_on": "День"}, ACCOUNT, in_kopecks=True)
EATEN = "50100732225"  # a zero stood in front
ALL_HEADS = tuple(HEADS.values())
ROW = ["10 000,00", "11.02.2026", "09.02.2026", "104233", "КАРИМОВ ТИМУР", INN, WORDING]
ONLY = Registers([BANK])


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def read(content: bytes, *mappings: Mapping):
    return parsing.read(content, Registers(mappings or [BANK]))


def refusal(content: bytes, *mappings: Mapping) -> str:
    return parsing.refusal(content, Registers(mappings or [BANK]))


def changed(**new: str) -> list[str]:
    """The row with other cells, by our names of the columns."""
    return [new.get(name, cell) for name, cell in zip(HEADS, ROW, strict=True)]


def table(*rows: list[str], delimiter=";", before=(), heads=ALL_HEADS) -> str:
    lines = [*before, delimiter.join(heads), *(delimiter.join(row) for row in rows)]
    return "\r\n".join([*lines, ""])


def csv_of(*rows: list[str], **options) -> bytes:
    return table(*rows, **options).encode("cp1251")


def excel_of(*rows: list, before=(), sheets=()) -> bytes:
    book = Workbook()
    for title in sheets:
        book.create_sheet(title, 0)
    sheet = book.worksheets[-1]
    for row in (*before, list(HEADS.values()), *rows):
        sheet.append(row)
    return saved(book)


def book_of(rows: list[list]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# --- what a register says


def test_a_row_is_read_with_everything_that_identifies_it():
    [line], [head] = read(csv_of(ROW))

    assert (line.account, line.amount) == (ACCOUNT, Decimal("10000.00"))
    assert (line.posted_on, line.paid_on) == (date(2026, 2, 11), date(2026, 2, 9))
    assert (line.document_number, line.payer_name) == ("104233", "КАРИМОВ ТИМУР")
    assert (line.payer_inn, line.purpose) == (INN, WORDING)
    assert line.own_day
    assert line.raw["ФИО"] == "КАРИМОВ ТИМУР"
    assert (head.sender, head.first_day, head.last_day) == (
        "ПАО БАНК",
        date(2026, 2, 11),
        date(2026, 2, 11),
    )
    assert head.whole_through is None


@pytest.mark.parametrize("encoding", ["cp1251", "cp866", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_the_bytes_decide_the_encoding_and_the_delimiter(encoding, delimiter):
    [line], _heads = read(table(ROW, delimiter=delimiter).encode(encoding))

    assert line.payer_name == "КАРИМОВ ТИМУР"


def test_a_comma_divides_when_sums_are_in_quotes():
    [line], _heads = read(csv_of(changed(amount='"10 000,00"'), delimiter=","))

    assert line.amount == Decimal("10000.00")


def test_heads_may_stand_below_titles_in_any_order_and_case_beside_columns_nobody_asked_for():
    heads = ["  дата   ЗАЧИСЛЕНИЯ ", "лишнее", *[h for h in HEADS.values() if "зачисл" not in h]]
    row = ["11.02.2026", "-", *changed()[:1], *changed()[2:]]

    [line], [head] = read(csv_of(row, heads=heads, before=["ПАО БАНК;;", "Реестр № 17-Б от 11.02"]))

    assert (line.posted_on, line.document_number) == (date(2026, 2, 11), "104233")
    assert head.file_number == "17-Б"


def test_the_register_is_known_by_its_columns_among_several():
    [line], [head] = read("Коп;День\r\n749952;2026-02-11\r\n".encode(), BANK, TERMINAL)

    assert (line.amount, head.sender) == (Decimal("7499.52"), "Терминал")


def test_without_a_day_of_its_own_a_payment_of_many_has_none():
    mapping = Mapping("Б", {"amount": "Сумма", "document_date": "Дата"}, ACCOUNT)

    [line], _heads = read("Сумма;Дата\r\n5;11.02.2026\r\n".encode(), mapping)

    assert (line.posted_on, line.paid_on, line.own_day) == (date(2026, 2, 11), None, False)


def test_a_column_may_name_the_account():
    mapping = Mapping("Б", {"amount": "Сумма", "posted_on": "Дата", "account": "Счёт"})
    rows = [f"5;11.02.2026;{ACCOUNT}", "6;12.02.2026;03100643000000017300"]

    lines, heads = read("\n".join(["Сумма;Дата;Счёт", *rows]).encode(), mapping)

    assert [line.account for line in lines] == [head.account for head in heads]
    assert heads[1].first_day == date(2026, 2, 12)


@pytest.mark.parametrize("written", ["11.02.2026", "11.02.2026 14:05:09", "2026-02-11"])
def test_days_have_one_of_two_shapes(written):
    [line], _heads = read(csv_of(changed(posted_on=written)))

    assert line.posted_on == date(2026, 2, 11)


@pytest.mark.parametrize(
    ("written", "meant"),
    [(INN, INN), ("17701234560", "17701234560"), ("12345", "12345"), (EATEN, f"0{EATEN}")],
)
def test_an_inn_is_kept_as_sent_unless_excel_ate_its_zero(written, meant):
    assert read(csv_of(changed(payer_inn=written)))[0][0].payer_inn == meant


def test_a_cell_in_quotes_may_go_over_several_lines():
    lines, _heads = read(csv_of(changed(purpose='"НДФЛ\r\nпатент"'), changed(document_number="2")))

    assert [line.purpose for line in lines] == ["НДФЛ\r\nпатент", WORDING]


def test_the_total_is_checked_and_signatures_below_it_do_no_harm():
    total = ["20 000,00", "", "", "", "Итого:", "", ""]
    signature = ["", "", "", "", "Бухгалтер Иванова", "", ""]

    lines, _heads = read(csv_of(ROW, ROW, [""] * 7, total, signature))

    assert len(lines) == 2


@pytest.mark.parametrize(
    "cells",
    [
        {"payer_name": "Всеголов Итогбек"},
        {"payer_name": "ТОТАЛОВ ТИМУР", "purpose": "Итоговый платёж"},
        {"purpose": "Всего за февраль, НДФЛ"},
        {"purpose": "Итого к уплате: патент"},
    ],
    ids=lambda cells: " ".join(cells),
)
def test_a_payment_whose_words_begin_like_a_total_is_a_payment(cells):
    lines, _heads = read(csv_of(ROW, changed(**cells), ROW))

    assert len(lines) == 3
    assert lines[1].amount == Decimal("10000.00")


@pytest.mark.parametrize(
    "total",
    [
        ["10 000,00", "", "", "", "Итого:", "", ""],
        ["10 000,00", "", "", "1", "", "", "Всего 1 платёж"],
        ["10 000,00", "", "", "Итоговая сумма", "", "", ""],
        ["10 000,00", "11.02.2026", "", "", "ИТОГО", "", ""],
        ["10 000,00", "11.02.2026", "", "", "", "", "Всего:"],
    ],
    ids=["name", "purpose", "number", "with its day", "alone in the purpose, with its day"],
)
def test_a_total_is_no_payment_wherever_its_word_stands(total):
    assert len(read(csv_of(ROW, total))[0]) == 1
    assert "the total is 10000.00, but" in refusal(csv_of(ROW, ROW, total))


def test_the_sign_that_ends_a_text_of_dos_is_no_row():
    assert len(read(table(ROW).encode("cp866") + b"\x1a")[0]) == 1


ACCOUNTS = Mapping(
    "Б", {"amount": "Сумма", "posted_on": "Дата", "payer_account": "Счёт плательщика"}, ACCOUNT
)


@pytest.mark.parametrize("cut", ["4,08178E+19", "4.0817810000000002e+19"])
def test_a_number_that_excel_has_cut_is_refused_and_not_kept_so(cut):
    rows = [
        "Сумма;Дата;Счёт плательщика",
        "5;11.02.2026;40817810000000000001",
        f"6;11.02.2026;{cut}",
    ]

    assert refusal("\n".join(rows).encode(), ACCOUNTS) == (
        f"Line 3: “Счёт плательщика” is {cut}: Excel has cut the number. Keep the column as text."
    )


# --- Excel


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        (8900.000000000002, "8900.00"),
        (8899.999999999998, "8900.00"),
        (0.1 + 0.2, "0.30"),
        (1234567.8900000001, "1234567.89"),
    ],
)
def test_what_only_the_noise_of_excel_adds_to_a_sum_is_not_there(cell, meant):
    [line], _heads = read(excel_of([cell, *ROW[1:]]))

    assert line.amount == Decimal(meant)


@pytest.mark.parametrize("cell", [8900.001, 8900.0000001, 0.005])
def test_a_true_fraction_of_a_kopeck_is_refused_from_excel_too(cell):
    assert refusal(excel_of([cell, *ROW[1:]])) == "Line 2: “Сумма” is not a sum of money."


def test_an_account_that_excel_keeps_as_a_number_is_refused_with_its_column():
    heads = list(ACCOUNTS.columns.values())
    book = book_of([heads, [5, "11.02.2026", 40817810000000000001]])

    assert refusal(book, ACCOUNTS) == (
        "Line 2: “Счёт плательщика” is 4.081781e+19: Excel has cut the number."
        " Keep the column as text."
    )


def test_excel_is_read_by_its_first_sheet_that_has_rows():
    row = [7499.52, date(2026, 2, 11), "09.02.2026", 104233, "КАРИМОВ", int(INN), WORDING]

    [line], [head] = read(excel_of(row, before=[["Реестр № 9"], []], sheets=["Пусто"]))

    assert (line.amount, line.posted_on) == (Decimal("7499.52"), date(2026, 2, 11))
    assert (line.document_number, line.payer_inn) == ("104233", INN)
    assert head.file_number == "9"


def test_excel_lines_are_numbered_as_a_person_sees_them():
    assert refusal(excel_of(ROW, [], changed(amount="ten"), before=[["Заголовок"]])) == (
        "Line 5: “Сумма” is not a sum of money."
    )


def test_excel_with_columns_nobody_described_is_refused_with_what_to_do():
    other = Mapping("Другой", {"amount": "Нет такой", "posted_on": "И такой"}, ACCOUNT)

    assert refusal(excel_of(ROW), other) == (
        "No register that the centre has described has the columns of these lines, 1 to 30."
        " Describe it first."
    )


def test_an_excel_file_too_big_is_refused_without_being_unpacked(monkeypatch):
    monkeypatch.setattr(tables, "MOST_BYTES", 1000)

    assert "too big" in refusal(excel_of(ROW))


def test_a_broken_excel_file_is_refused():
    assert refusal(excel_of(ROW)[:-500]) == "The Excel file cannot be read. Save it anew as .xlsx."
    assert refusal(excel_of(ROW)[:200]) == "The Excel file cannot be read. Save it anew as .xlsx."


# --- what is refused, whole


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (csv_of(), "Line 1: below these heads there is no payment."),
        (csv_of(changed(amount="ten")), "Line 2: “Сумма” is not a sum of money."),
        (csv_of(changed(amount="")), "Line 2: the sum of the payment must be more than zero."),
        (csv_of(changed(amount="-5")), "Line 2: the sum of the payment must be more than zero."),
        (
            csv_of(ROW, changed(posted_on="31.02.2026")),
            "Line 3: “Дата зачисления” is not a date like 14.02.2026.",
        ),
        (csv_of(changed(posted_on="", paid_on="")), "Line 2: the payment has no day."),
        (
            csv_of(ROW, ["9 999,99", "", "", "", "Итого", "", ""]),
            "Line 3: the total is 9999.99, but the payments above make 10000.00.",
        ),
        (
            csv_of(ROW, ["10 000,00", "", "", "", "Итого", "", ""], ROW),
            "Line 4: a payment stands after the total.",
        ),
        (
            csv_of(ROW, changed(purpose='"НДФЛ')) + b"x" * 200_000,
            "Line 4: the line is too long for a statement.",
        ),
        (
            csv_of(ROW, changed(purpose='"НДФЛ')) + b"x\r\n" * 60_000,
            "Line 3: the row cannot be read. Is a quote left open?",
        ),
        (csv_of(ROW).replace(b"104233", b"104\x0033"), "Line 2: this is not text."),
        (
            csv_of(ROW) + table(ROW, heads=["КАРИМОВ ТИМУР"]).encode(),
            "Line 3: the encoding changes within the file.",
        ),
    ],
    ids=[
        "nothing in it",
        "a sum in words",
        "no sum",
        "a negative sum",
        "an impossible day",
        "no day",
        "a wrong total",
        "a payment below the total",
        "an endless line",
        "an open quote",
        "binary inside",
        "two encodings",
    ],
)
def test_a_bad_register_is_refused_whole_with_the_line_and_the_reason(content, sentence):
    assert refusal(content) == sentence


def test_a_table_of_a_sender_nobody_described_is_no_statement():
    assert parsing.refusal(csv_of(ROW)).startswith("This is no statement that we know")


def test_garbage_is_answered_at_once():
    started = time.process_time()

    refusal(csv_of(ROW) + b"\xff;" * 5_000_000)

    assert time.process_time() - started < 2


def test_memory_does_not_grow_with_a_csv():
    def parts(count: int):
        yield csv_of()
        for number in range(count):
            yield ";".join(changed(document_number=str(number))).encode("cp1251") + b"\r\n"

    little, much = (
        memory_of(Rewindable(lambda count=count: parts(count)), ONLY) for count in (1000, 10_000)
    )

    assert much < little + 100_000
