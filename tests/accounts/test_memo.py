"""The printable memo: public, with pictures that exist, in the chosen language."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from tests.factories import StaffFactory

MEMO = reverse("accounts:memo")
pytestmark = pytest.mark.django_db


def test_everybody_reads_the_memo_and_each_step_has_its_drawing(client):
    page = client.get(MEMO)

    pictures = re.findall(r'<img src="/static/([^"]+)"', page.content.decode())
    assert len(pictures) == 8
    assert all(finders.find(picture) for picture in pictures)


def test_the_memo_speaks_the_chosen_language(client):
    client.cookies["django_language"] = "en"

    page = client.get(MEMO).content.decode()

    assert '<html lang="en">' in page
    assert "Take the slip from the centre" in page


def test_help_leads_to_the_memo(client):
    assert f'href="{MEMO}"' in client.get(reverse("cabinet:help")).content.decode()


def test_the_desk_begins_with_its_daily_work(client):
    client.force_login(StaffFactory())

    page = client.get(reverse("admin:index")).content.decode()

    for name in ["patents_application_add", "patents_application_list", "accounts_person_shift"]:
        assert f'href="{reverse(f"admin:{name}")}"' in page
