"""The staff's list of items taken to a file, and found by words that stand in no address."""

import io

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from journal.models import Export, Look
from patents.models import FeedItem
from tests.factories import ApplicationFactory, StaffFactory
from tests.patents.feed.items import NUMBER, item, receive
from tests.searches import searched

pytestmark = pytest.mark.django_db
LIST = reverse("admin:patents_feeditem_changelist")


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-02-01 12:00:00+03:00"):
        yield


@pytest.fixture
def staff(client):
    client.force_login(StaffFactory())
    return client


@pytest.fixture
def refused():
    """A refusal of somebody whose patent is ready."""
    ApplicationFactory(number=NUMBER)
    receive(item("ready", "2026-01-12"), item("refused", "2026-01-20"))
    return FeedItem.objects.get(status="bad")


def test_the_file_says_why_each_item_was_not_taken_and_leaves_its_trace(staff, refused):
    answer = staff.post(LIST, {"action": "export", "_selected_action": [refused.pk]})

    sheet = load_workbook(io.BytesIO(answer.content)).active
    said = {str(cell.value) for cell in sheet[2]}
    assert sheet.max_row == 2
    assert {NUMBER, "отказ"} <= said
    assert "Отказ, хотя патент готов или выдан. Узнайте в МВД, что верно." in said
    assert (Export.objects.get().name, Export.objects.get().rows) == ("feeditem", 1)
    person_id = refused.application.person_id
    assert Look.objects.filter(person_id=person_id, page="export feeditem").exists()


def test_an_item_about_nobody_we_know_is_found_by_its_number(staff, refused):
    receive(item("ready", "2026-01-12", application="7654321"))
    unknown = FeedItem.objects.get(number="7654321")

    page = searched(staff, LIST, "76-54 321")

    assert list(page.context["cl"].result_list) == [unknown]
    assert "7654321" not in page.redirect_chain[-1][0]
