"""Whole lists of people from Excel and CSV: read, previewed, registered, reported."""

import io
import re
import zipfile
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from accounts.models import Person
from accounts.passwords import ALPHABET
from common import clock
from common.sealing import unseal
from journal.models import Look
from notifications.models import Message
from patents.lists import excel, sealed, tables, workbooks
from patents.lists.checking import Verdict, check
from patents.lists.columns import COLUMNS, KEYS
from patents.lists.errors import (
    ColumnsMissing,
    ListEmpty,
    ListTooBig,
    ListUnreadable,
    PreviewTooOld,
)
from patents.lists.registering import Outcome, register
from patents.models import Application
from tests.factories import ApplicationFactory, PassportFactory, PersonFactory, UserFactory
from tests.searches import searched

GOOD = {
    "number": "1381170",
    "accepted_on": f"{clock.today() - timedelta(days=1):%d.%m.%Y}",
    "last_name": "Каримов",
    "first_name": "Тимур",
    "birth_date": "17.05.1990",
    "citizenship": "UZB",
    "passport": "FA1234567",
    "centre_sim": "8 916 123-45-67",
}
PASSWORD = re.compile(rf"(?<![-\w])[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}(?![-\w])")


def a_csv(*rows, encoding="utf-8", delimiter=";", heads=None):
    heads = heads or list(GOOD)
    lines = [delimiter.join(heads)] + [delimiter.join(row.values()) for row in rows]
    return "\r\n".join(lines).encode(encoding)


def an_xlsx(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def someone(**changes):
    return GOOD | changes


def rows_of(*rows):
    return tables.read(a_csv(*rows), 100)


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


def many_members():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for n in range(tables.MAX_MEMBERS + 1):
            archive.writestr(f"{n}", b"")
    return out.getvalue()


HOSTILE = {
    "bomb": (a_bomb, ListTooBig),
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


# --- the pages


@pytest.fixture
def desk(client, db):
    operator = UserFactory(is_staff=True)
    operator.groups.add(Group.objects.get(name="operator"))
    client.force_login(operator)
    client.operator = operator
    return client


LIST = reverse("admin:patents_application_list")
REGISTER = reverse("admin:patents_application_register")
RESULTS = reverse("admin:patents_application_results")


def upload(desk, content, name="list.csv"):
    return desk.post(LIST, {"file": SimpleUploadedFile(name, content)})


def hidden(response) -> dict:
    page = response.content.decode()
    return dict(re.findall(r'type="hidden" name="(sealed|ticket)" value="([^"]+)"', page))


def test_the_way_of_a_list_from_upload_to_results(desk):
    preview = upload(desk, a_csv(GOOD, someone(passport="1")))
    assert not Person.objects.exists()

    answer = desk.post(REGISTER, hidden(preview))

    [password] = PASSWORD.findall(answer.content.decode())
    assert unseal(Message.objects.get().secret) == password
    assert answer["Cache-Control"].find("no-store") >= 0
    assert Application.objects.get().registered_by == desk.operator

    file = desk.post(RESULTS, hidden(answer))
    sheet = load_workbook(io.BytesIO(file.content)).active
    texts = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "1381170" in texts
    assert password not in " ".join(texts)
    assert file["Content-Disposition"].startswith("attachment")


def test_whoever_the_preview_names_was_looked_at(desk):
    """A likeness too: whoever types a passport reads the name of its owner."""
    same = PersonFactory()
    PassportFactory(person=same, number="FA0000001")
    alike = PersonFactory(last_name="Другой")
    PassportFactory(person=alike, number="FA0000002")

    upload(desk, a_csv(someone(passport="FA0000001"), someone(passport="FA0000002")))

    assert {look.person_id for look in Look.objects.all()} == {same.pk, alike.pk}


def test_a_list_sent_again_registers_and_prints_nothing(desk):
    typed = hidden(upload(desk, a_csv(GOOD)))
    desk.post(REGISTER, typed)

    again = desk.post(REGISTER, typed)

    assert again.url == LIST
    assert Application.objects.count() == Message.objects.count() == 1


def test_the_page_of_the_preview_holds_no_cell_in_clear_that_could_be_changed(desk):
    typed = hidden(upload(desk, a_csv(GOOD)))

    assert desk.post(REGISTER, typed | {"sealed": typed["sealed"][:-4] + "AAAA"}).url == LIST
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_a_preview_belongs_to_one_member_of_staff_and_grows_old(time_machine):
    letter = sealed.rows(rows_of(GOOD), 1)

    assert sealed.opened_rows(letter, 1) == rows_of(GOOD)
    for reader, kind in [(2, sealed.opened_rows), (1, sealed.opened_outcomes)]:
        with pytest.raises(PreviewTooOld):
            kind(letter, reader)
    time_machine.move_to("2099-01-01 00:00Z")
    with pytest.raises(PreviewTooOld):
        sealed.opened_rows(letter, 1)


@pytest.mark.parametrize("content", [b"", b"\x00", b"a;b\n1;2"])
def test_a_file_that_is_no_list_is_explained(desk, content):
    assert upload(desk, content).context["form"].errors["file"]


def test_the_template_is_downloaded(desk):
    page = desk.get(reverse("admin:patents_application_template"))

    assert page.content[:4] == tables.ZIP


@pytest.mark.parametrize("name", ["list", "template", "register", "results"])
@pytest.mark.parametrize("role", ["accountant", "reviewer"])
def test_lists_are_closed_to_other_roles(client, db, name, role):
    user = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    address = reverse(f"admin:patents_application_{name}")

    assert client.get(address).status_code == 403
    assert client.post(address).status_code == 403


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_formula_in_a_result_is_inert(start):
    text = f"{start}HYPERLINK(1)"
    content = workbooks.results([Outcome(2, "1381170", text, "ok")])

    cell = load_workbook(io.BytesIO(content)).active.cell(2, 3)
    assert (cell.data_type, cell.value[0]) == ("s", "'")


# --- the command


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "list.csv"
        path.write_bytes(content)
        return path

    return write


@pytest.mark.django_db
def test_the_command_registers_prints_a_line_a_row_and_no_password(file, capsys):
    call_command("issue_credentials", file(a_csv(GOOD)))

    said = capsys.readouterr().out
    assert said.startswith("2: 1381170: ")
    assert unseal(Message.objects.get().secret) not in said


@pytest.mark.django_db
def test_the_command_ends_with_one_when_a_row_failed(file):
    with pytest.raises(CommandError, match="1 of 2") as failure:
        call_command("issue_credentials", file(a_csv(GOOD, someone(passport="1"))))

    assert failure.value.returncode == 1
    assert Application.objects.count() == 1


@pytest.mark.django_db
def test_a_dry_run_writes_nothing(file, capsys):
    call_command("issue_credentials", file(a_csv(GOOD)), dry_run=True)

    assert capsys.readouterr().out.startswith("2: 1381170: ")
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_a_missing_or_wrong_file_is_one_clear_line(file, tmp_path):
    for path in (tmp_path / "none.csv", file(b"\x00")):
        with pytest.raises(CommandError, match=str(path.name)):
            call_command("issue_credentials", path)


# --- search first, then one more application of a known person

ADD = reverse("admin:patents_application_add")


@pytest.fixture
def known(db):
    known = PersonFactory()
    PassportFactory(person=known, number="FA1234567")
    ApplicationFactory(person=known, number="1300001")
    return known


def again(person):
    return reverse("admin:patents_application_again", args=[person.pk])


@pytest.mark.parametrize("term", ["Каримов", "fa 1234567", "130-0001"])
def test_registration_begins_with_a_search(desk, known, term):
    page = searched(desk, ADD, term).content.decode()

    assert again(known) in page
    assert searched(desk, ADD, "Никого").context["found"] == []


def test_a_new_application_of_a_known_person_opens_the_same_cabinet(desk, known):
    before = known.user.password
    assert desk.get(again(known)).status_code == 200

    answer = desk.post(again(known), {"number": "1381170", "accepted_on": GOOD["accepted_on"]})

    application = Application.objects.get(number="1381170")
    known.user.refresh_from_db()
    assert (application.person, known.user.password) == (known, before)
    assert answer.url == reverse("admin:patents_application_change", args=[application.pk])
    assert set(known.user.login_names.values_list("value", flat=True)) == {"1300001", "1381170"}


def test_the_same_form_twice_makes_one_application(desk, known):
    typed = {"number": "1381170", "accepted_on": GOOD["accepted_on"]}
    first, second = desk.post(again(known), typed), desk.post(again(known), typed)

    assert first.url == second.url
    assert known.applications.count() == 2


def test_a_taken_number_offers_the_next_free_one(desk, known):
    ApplicationFactory(number="1381170", person__last_name="Другой")

    form = desk.post(
        again(known), {"number": "1381170", "accepted_on": GOOD["accepted_on"]}
    ).context["form"]

    assert form["number"].value() == "1381171"
    assert known.applications.count() == 1
