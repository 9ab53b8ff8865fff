"""Files made to harm: whatever format carries them, they are refused soon and do nothing."""

import io
import re
import time
import zipfile
from collections.abc import Callable

import pytest
from django.utils import translation
from openpyxl import Workbook
from openpyxl.styles import Font

from payments.statements import tables
from tests.payments import camt_files, gis_gmp_files, parsing
from tests.payments.test_registers import HEADS, ONLY, ROW, excel_of, saved

MEGABYTE = 2**20
NO_TYPE = "Line 1: a document type (DOCTYPE) stands here. No statement has one, so it is not read."
UNREADABLE = "The Excel file cannot be read. Save it anew as .xlsx."
TOO_BIG = "The Excel file is too big: it may have 30000 rows. Save the register as CSV."
SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
TEXTS = "xl/sharedStrings.xml"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
TYPES = {
    "a billion laughs": f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]>',
    "a file of ours": '<!DOCTYPE a [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
    "a page of theirs": '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/evil.dtd">',
    "a parameter": '<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
}


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def refusal(content: bytes) -> str:
    return parsing.refusal(content, ONLY)


def typed(document: bytes, type_: str) -> bytes:
    """With the type before its first element, and the type's entity in place of the word."""
    head, rest = re.fullmatch(rb"(\s*<\?xml[^>]*>)?(.*)", document, re.DOTALL).groups(b"")
    return head + type_.encode() + (rest.replace(b"PLACE", b"&l9;") if type_ else rest)


def with_member(book: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The Excel file with one of its parts changed, or a new one beside them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", 8) as new:
        parts = {one.filename: old.read(one) for one in old.infolist()}
        for part, content in (parts | {name: change(parts.get(name, b""))}).items():
            new.writestr(part, content)
    return out.getvalue()


def in_gis_gmp(type_: str) -> bytes:
    return typed(gis_gmp_files.package(gis_gmp_files.notice(purpose="PLACE")), type_)


def in_camt(type_: str) -> bytes:
    return typed(camt_files.whole(camt_files.entry(purpose="PLACE")), type_)


def in_a_sheet(type_: str) -> bytes:
    book = excel_of([*ROW[:-1], "PLACE"])
    return with_member(book, SHEET, lambda part: typed(part, type_))


def in_the_book(type_: str) -> bytes:
    return with_member(excel_of(ROW), BOOK, lambda part: typed(part, type_))


CARRIERS = {
    "gis_gmp": (in_gis_gmp, NO_TYPE),
    "camt": (in_camt, NO_TYPE),
    "a sheet of a register": (in_a_sheet, UNREADABLE),
    "the book of a register": (in_the_book, UNREADABLE),
}


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("carrier", CARRIERS)
def test_bombs_and_entities_from_outside_do_nothing(carrier, kind):
    make, sentence = CARRIERS[carrier]
    content = make(TYPES[kind])
    started = time.process_time()

    assert refusal(content) == sentence
    assert time.process_time() - started < 1


@pytest.mark.parametrize("carrier", CARRIERS)
def test_the_same_files_without_a_type_are_read(carrier):
    make, _sentence = CARRIERS[carrier]

    lines, _heads = parsing.read(make(""), ONLY)

    assert len(lines) == 1


def test_a_type_behind_a_long_comment_is_found_as_well():
    head, rest = gis_gmp_files.package(gis_gmp_files.notice()).decode().split("\n", 1)
    comment = f"<!--{'roskazna.ru/gisgmp/xsd ' * 4000}-->"

    assert refusal(f"{head}\n{comment}{TYPES['a file of ours']}{rest}".encode()) == (
        NO_TYPE.replace("Line 1", "Line 2")
    )


# --- what a register unpacks to


def test_a_register_that_unpacks_beyond_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(tables, "MOST_UNPACKED", 20 * MEGABYTE)
    out = io.BytesIO(excel_of(ROW))
    with zipfile.ZipFile(out, "a", 8) as book, book.open("xl/media/image1.png", "w") as part:
        for _megabyte in range(21):
            part.write(bytes(MEGABYTE))
    assert len(out.getvalue()) < MEGABYTE

    assert refusal(out.getvalue()) == TOO_BIG


def sheet_of(rows: str) -> bytes:
    data = f'<?xml version="1.0"?><worksheet><sheetData>{rows}</sheetData></worksheet>'.encode()
    return with_member(excel_of(ROW), SHEET, lambda _part: data)


CELL = "<v>1</v></c>"
FAR = {
    "far away": f'<row r="1"><c r="A1">{CELL}</row><row r="1048576"><c r="XFD1048576">{CELL}</row>',
    "far down, in small letters": f'<row><c r="a1">{CELL}<c r="xfd90000">{CELL}</row>',
    "rows without a name": f'<row><c r="ZZ1">{CELL}</row>{"<row/>" * 90_000}<row><c>{CELL}</row>',
    "cells without a name": f'<row>{"<c/>" * 16_000}<c>{CELL}</row><row r="9999"><c>{CELL}</row>',
    "a row after a cell out of turn": (
        f'<row r="999999"><c r="A1">{CELL}</row><row><c r="ZZ1">{CELL}<c>{CELL}</row>'
    ),
}


@pytest.mark.parametrize("rows", FAR.values(), ids=FAR)
def test_a_little_register_whose_cells_lie_far_apart_is_refused(rows):
    """The reader would make a table of all that lies between, and the process would be ended."""
    content = sheet_of(rows)
    assert len(content) < MEGABYTE

    assert refusal(content) == TOO_BIG


def with_texts(*texts: str, cells: list[int]) -> bytes:
    """A register in which each row names a text by its number."""
    rows = "".join(f'<row><c t="s"><v>{number}</v></c></row>' for number in cells)
    strings = "".join(f"<si><t>{text}</t></si>" for text in texts)
    document = f"<sst>{strings}</sst>".encode()
    return with_member(sheet_of(rows), TEXTS, lambda _part: document)


def test_a_long_text_that_many_cells_name_is_refused(monkeypatch):
    """A file of kilobytes would become gigabytes of copies."""
    monkeypatch.setattr(tables, "MOST_UNPACKED", 10 * MEGABYTE)
    content = with_texts("а", "Ж" * MEGABYTE, cells=[0] * 3000 + [1] * 11)
    assert len(content) < MEGABYTE

    assert refusal(content) == TOO_BIG
    assert refusal(with_texts("а", "Ж" * MEGABYTE, cells=[0] * 3000 + [1])) != TOO_BIG


HIDDEN = {
    "behind spaces": b" " * 100_000,
    "behind a word": b"x",
    "behind a picture": b"\x89PNG\r\n",
    "behind a broken element": b"<br></p>",
}


@pytest.mark.parametrize("before", HIDDEN.values(), ids=HIDDEN)
def test_a_sheet_is_found_wherever_the_reader_would_find_it(before):
    """It reads on behind whatever a part begins with."""
    sheet = f"<worksheet><sheetData>{FAR['far away']}</sheetData></worksheet>".encode()

    assert refusal(with_member(excel_of(ROW), SHEET, lambda _part: before + sheet)) in (
        TOO_BIG,
        UNREADABLE,
    )


def test_texts_are_found_wherever_the_reader_would_find_them():
    texts = b"x<sst><si><t>1</t></si></sst>"

    assert refusal(with_member(excel_of(ROW), TEXTS, lambda _part: texts)) == UNREADABLE
    assert parsing.read(with_member(excel_of(ROW), TEXTS, lambda _part: texts[1:]), ONLY)


@pytest.mark.parametrize("name", ["content.xml", "xl/workbook.bin", "XL/WORKBOOK.BIN"])
def test_tables_that_are_no_xlsx_are_not_read(name):
    """The reader would open them, and repeat a cell as often as they ask."""
    assert refusal(with_member(excel_of(ROW), name, lambda _part: b"<x/>")) == UNREADABLE


def test_a_part_that_is_no_sheet_may_be_as_broken_as_it_likes():
    """Old drawings of Excel have <br> without an end."""
    book = with_member(excel_of(ROW), "xl/drawings/a.vml", lambda _part: b"<xml><br></xml>")

    assert len(parsing.read(book, ONLY)[0]) == 1


def test_empty_cells_with_a_colour_take_no_room():
    """Whoever painted a whole column sends a million of them."""
    book = Workbook()
    for row in (list(HEADS.values()), ROW):
        book.active.append(row)
    book.active["XFD1048576"].font = Font(bold=True)

    lines, _heads = parsing.read(saved(book), ONLY)

    assert len(lines) == 1


@pytest.mark.parametrize("broken", ["<row>", "<row r='x'/>", '<row><c r="B"><v>1</v></c></row>'])
def test_a_sheet_that_cannot_be_measured_is_not_read(broken):
    assert refusal(sheet_of(broken)) == UNREADABLE
