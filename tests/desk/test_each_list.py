"""What holds of every list about people: a constant number of questions, files without formulas."""

import io

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from stdnum.ru import inn

from journal.exports import ListIsExported
from journal.models import Look
from patents.models import Application
from tests.desk.rows import ABOUT
from tests.factories import (
    InnFactory,
    PassportFactory,
    PatentFactory,
    PersonFactory,
    PhoneFactory,
    StaffFactory,
)

pytestmark = pytest.mark.django_db
FORMULA = "=cmd()"
# These lists begin with what waits for a decision.
EVERYTHING = {"payments.Placement": "?shown=all", "patents.FeedItem": "?shown=all"}
NAMES_BY_NUMBER = {"notifications.Message", "journal.Look"}
EXPORTED = sorted(
    model._meta.label
    for model, shown in admin.site._registry.items()
    if isinstance(shown, ListIsExported)
)


def somebody(number: int, last_name: str = "Саидов") -> Application:
    """With everything that a list may say of a person."""
    person = PersonFactory(last_name=last_name)
    PhoneFactory(person=person, number=f"+7916000{number:04}")
    PassportFactory(person=person, number=f"FA000{number:04}")
    value = f"770000{number:04}"
    InnFactory(person=person, value=value + inn.calc_personal_check_digits(value))
    facts = {"application__person": person, "application__number": f"138{number:04}"}
    return PatentFactory(number=f"260000{number:04}", **facts).application


def page_of(label: str) -> str:
    address = reverse(f"admin:{label.lower().replace('.', '_')}_changelist")
    return address + EVERYTHING.get(label, "")


def rows_and_questions(client, label: str) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as asked:
        page = client.get(page_of(label))
    return len(page.context["cl"].result_list), len(asked)


@pytest.mark.parametrize("label", ABOUT)
def test_a_list_asks_as_much_of_three_people_as_of_one(client, label):
    client.force_login(StaffFactory())
    ABOUT[label](somebody(1))
    client.get(page_of(label))  # what is asked once in the life of a process

    one, few = rows_and_questions(client, label)
    for number in (2, 3):
        ABOUT[label](somebody(number))
    more, many = rows_and_questions(client, label)

    assert more >= one + 2
    assert many == few


def test_lists_that_go_to_files_are_about_people():
    assert set(EXPORTED) <= set(ABOUT)


@pytest.mark.parametrize("label", EXPORTED)
def test_each_list_goes_to_a_file_without_formulas_and_leaves_its_trace(client, label):
    client.force_login(StaffFactory())
    application = somebody(1, last_name=FORMULA)
    row = ABOUT[label](application)

    answer = client.post(page_of(label), {"action": "export", "_selected_action": [row.pk]})

    sheet = load_workbook(io.BytesIO(answer.content)).active
    cells = [cell for cell in sheet[2] if cell.value is not None]
    named = [cell for cell in cells if str(cell.value).startswith(FORMULA)]
    assert sheet.max_row == 2
    assert bool(named) == (label not in NAMES_BY_NUMBER)
    assert all(cell.quotePrefix for cell in named)
    assert "f" not in {cell.data_type for cell in cells}
    looks = Look.objects.filter(page=f"export {row._meta.model_name}")
    assert list(looks.values_list("person_id", flat=True)) == [application.person_id]
