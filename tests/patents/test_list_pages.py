"""A list of people in the browser and by the command: preview, confirmation, results."""

import io
import re

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Person
from common.sealing import unseal
from journal.models import Look
from notifications.models import Message
from patents.lists import sealed, tables, workbooks
from patents.lists.errors import PreviewTooOld
from patents.lists.registering import Outcome
from patents.models import Application
from tests.factories import PassportFactory, PersonFactory, UserFactory
from tests.patents.list_files import GOOD, PASSWORD, a_csv, rows_of, someone

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
