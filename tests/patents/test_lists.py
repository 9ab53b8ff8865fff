"""Whole lists of people from Excel and CSV: read, previewed, registered, reported."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from accounts.models import Person
from notifications.models import Message
from patents.lists import excel, hostile, tables, workbooks
from patents.lists.checking import Verdict, check
from patents.lists.columns import COLUMNS, KEYS
from patents.lists.errors import ColumnsMissing, ListEmpty, ListTooBig, ListUnreadable
from patents.lists.registering import register
from patents.models import Application
from tests.factories import ApplicationFactory, PassportFactory, PersonFactory
from tests.patents.list_files import GOOD, a_csv, an_xlsx, rows_of, someone

# --- reading


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_csv_is_read_however_excel_saved_it(encoding, delimiter):
    [row] = tables.read(a_csv(GOOD, encoding=encoding, delimiter=delimiter), 10)

    assert (row.line, row.cells["last_name"]) == (2, "Каримов")
    assert row.cells["middle_name"] == ""


def test_russian_heads_are_understood():
    heads = [" НОМЕР  заявления", "Дата приема", "Фамилия*", "Имя", "Дата рождения"]
    heads += ["гражданство", "Паспорт", "Сим-карта центра"]

    [row] = tables.read(a_csv(GOOD, heads=heads), 10)

    assert row.cells["number"] == "1381170"


def test_an_excel_file_is_read_as_it_looks():
    [row] = tables.read(
        an_xlsx(
            list(GOOD),
            [1381170, date(2026, 2, 10), "Каримов", "Тимур", date(1990, 5, 17), "UZB",
             "FA1234567", 89161234567],
        ),
        10,
    )  # fmt: skip

    assert {key: row.cells[key] for key in GOOD} == GOOD | {
        "accepted_on": "10.02.2026",
        "centre_sim": "89161234567",
    }


def test_blank_rows_are_left_out_and_lines_keep_their_numbers():
    rows = tables.read(an_xlsx(list(GOOD), [None], list(GOOD.values())), 10)

    assert [row.line for row in rows] == [3]


def a_bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (tables.MAX_UNPACKED + 1))
    return out.getvalue()


def far_apart():
    book = Workbook()
    book.active["A1"], book.active["XFD1048576"] = "1", "2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def many_members():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for n in range(hostile.MAX_MEMBERS + 1):
            archive.writestr(f"{n}", b"")
    return out.getvalue()


HOSTILE = {
    "bomb": (a_bomb, ListTooBig),
    "far apart": (far_apart, ListTooBig),
    "members": (many_members, ListTooBig),
    "big": (lambda: b"x" * (tables.MAX_BYTES + 1), ListTooBig),
    "rows": (lambda: a_csv(*[GOOD] * 101), ListTooBig),
    "broken zip": (lambda: tables.ZIP + b"junk", ListUnreadable),
    "no workbook": (lambda: an_xlsx(list(GOOD))[:400], ListUnreadable),
    "binary": (lambda: b"\x00\x01", ListUnreadable),
    "old excel": (lambda: bytes.fromhex("d0cf11e0a1b11ae1") + b"\x98\x00", ListUnreadable),
    "empty": (lambda: b"", ListEmpty),
    "heads only": (lambda: a_csv(), ListEmpty),
    "no heads": (lambda: ";".join(GOOD.values()).encode(), ColumnsMissing),
    "a head twice": (lambda: a_csv(GOOD, heads=[*list(GOOD)[:-1], "passport"]), ColumnsMissing),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_no_list_is_refused_as_a_whole(name):
    make, refusal = HOSTILE[name]

    with pytest.raises(refusal):
        tables.read(make(), 100)


def test_the_template_is_a_list_itself_and_all_of_it_is_text():
    content = workbooks.template()

    [row] = tables.read(content, 10)
    sheet = load_workbook(io.BytesIO(content)).active
    assert row.cells == {column.key: column.example for column in COLUMNS}
    assert {sheet.cell(n, 1).number_format for n in range(1, 100)} == {"@"}


# --- what Excel does to numbers


@pytest.mark.parametrize(
    ("country", "typed", "read"),
    [
        ("TJK", "02110162", "02110162"),
        ("TJK", "42110162", "042110162"),
        ("TJK", "402110162", "402110162"),
        ("UZB", "42110162", "42110162"),
        ("TJK", "2110162", "2110162"),
    ],
)
def test_a_zero_comes_back_only_where_one_is_surely_missing(country, typed, read):
    cells = dict.fromkeys(KEYS, "") | {"passport": typed}

    assert excel.with_zeros(cells, country)["passport"] == read


def test_a_migration_card_of_ten_digits_lost_its_zero():
    cells = dict.fromkeys(KEYS, "") | {"migration_card": "4615123456"}

    assert excel.with_zeros(cells, "UZB")["migration_card"] == "04615123456"


@pytest.mark.parametrize("typed", ["7,91612E+10", "1.38E+06", "1381170,5"])
def test_a_shortened_number_is_noticed(typed):
    assert excel.shortened(dict.fromkeys(KEYS, "") | {"passport": typed}) == ["passport"]


# --- the preview


@pytest.mark.django_db
def test_the_preview_says_what_would_become_of_each_row():
    known = PersonFactory()
    PassportFactory(person=known, number="FA0000001")
    other = ApplicationFactory(number="1381199", person__last_name="Другой")
    done = PersonFactory(last_name="Саидов")
    PassportFactory(person=done, number="FA0000002")
    ApplicationFactory(person=done, number="1381198")

    checked = check(
        rows_of(
            someone(last_name="Новый"),
            someone(number="", passport="FA0000001"),
            someone(number="1381198", last_name="Саидов", passport="FA0000002"),
            someone(number=other.number, last_name="Чужой", passport="FA0000003"),
            someone(number="1381171", passport="FA0000004"),
            someone(number="1381172", last_name="Новый", first_name="Али"),
        )
    )

    wrong = Verdict.WRONG
    expected = [Verdict.NEW, Verdict.AGAIN, Verdict.DONE, wrong, wrong, wrong]
    assert [one.verdict for one in checked] == expected
    assert known.full_name in checked[4].notes[0]
    assert "2" in checked[5].notes[0]  # the same passport stands in line 2
    assert not Person.objects.filter(last_name="Новый").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("birth_date", "31.02.1990"),
        ("birth_date", "01.02.2024"),
        ("birth_date", "01.02.1890"),
        ("accepted_on", "01.02.2020"),
        ("passport", "12"),
        ("passport", "4,02E+08"),
        ("citizenship", "Нигде"),
        ("centre_sim", ""),
        ("number", "12A"),
        ("last_name", "=HYPERLINK(1)"),
    ],
)
def test_a_wrong_cell_is_explained_in_a_sentence(field, typed):
    [checked] = check(rows_of(someone(**{field: typed})))

    assert checked.verdict == Verdict.WRONG
    assert len(checked.notes) >= 1


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["uzb", "Uzbekistan", "Узбекистан"])
def test_a_country_is_read_by_code_or_name(typed):
    [checked] = check(rows_of(someone(citizenship=typed)))

    assert checked.verdict == Verdict.NEW


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "ground"),
    [
        ("", "first"),
        ("Первый патент", "first"),
        ("переоформление", "reissue"),
        ("reissue", "reissue"),
    ],
)
def test_the_ground_is_read_in_words_and_without_it_known_patents_say_it(typed, ground):
    row = someone(ground=typed)

    register(tables.read(a_csv(row, heads=list(row)), 10))

    assert Application.objects.get().ground == ground


@pytest.mark.django_db
def test_a_ground_that_is_none_is_explained():
    row = someone(ground="продление")

    [checked] = check(tables.read(a_csv(row, heads=list(row)), 10))

    assert checked.verdict == Verdict.WRONG
    assert "Напишите «первый патент» или «переоформление»" in " ".join(checked.notes)


# --- registering


@pytest.mark.django_db
def test_good_rows_are_registered_and_a_bad_one_stops_none():
    rows = rows_of(someone(number=""), someone(passport="1"), someone(number="", passport="FA7"
                   "654321", first_name="Али", birth_date="01.02.1980"))  # fmt: skip

    outcomes = register(rows)

    assert [outcome.failed for outcome in outcomes] == [False, True, False]
    assert [o.number for o in outcomes if not o.failed] == ["1000001", "1000002"]
    assert Application.objects.count() == Message.objects.count() == 2
    for outcome in (outcomes[0], outcomes[2]):
        assert outcome.person.user.check_password(outcome.password)


@pytest.mark.django_db
def test_the_same_list_again_registers_nobody_twice():
    register(rows_of(GOOD))

    [again] = register(rows_of(GOOD))

    assert (again.failed, again.password) == (False, "")
    assert Application.objects.count() == Message.objects.count() == 1


@pytest.mark.django_db
def test_an_accident_in_one_row_is_told_and_undone(monkeypatch):
    from patents import services

    enrol = services.enrol

    def breaks(**facts):
        made = enrol(**facts)
        if made.application.number == "1381170":
            raise RuntimeError("power cut")
        return made

    monkeypatch.setattr("patents.lists.registering.services.enrol", breaks)
    outcomes = register(rows_of(GOOD, someone(number="1381171", passport="FA7654321",
                                              first_name="Али")))  # fmt: skip

    assert [outcome.failed for outcome in outcomes] == [True, False]
