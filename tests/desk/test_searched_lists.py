"""Words of a search are somebody's data: they stand in no address, and survive every click."""

import io
import re
from html import unescape

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from accounts.models import Person
from common import searching, staff_lists
from common.staff_lists import StaffList
from journal.models import Export
from tests.factories import ApplicationFactory, PatentFactory, PersonFactory, StaffFactory
from tests.searches import BUTTON, searched

pytestmark = pytest.mark.django_db
LIST = "/admin/patents/application/"
WORDS = "Гафуров"


@pytest.fixture
def operator(client):
    user = StaffFactory(username="operator", is_superuser=False)
    user.groups.set(Group.objects.filter(name="operator"))
    client.force_login(user)
    return user


@pytest.fixture
def found(operator):
    return ApplicationFactory(person__last_name=WORDS, accepted_on="2026-02-03")


@pytest.fixture
def others(operator):
    return [ApplicationFactory(person__last_name="Иванов") for _number in range(3)]


def rows(answer) -> list:
    return list(answer.context["cl"].result_list)


def addresses_of(page) -> list[str]:
    return [
        unescape(one) for one in re.findall(r'(?:href|action)="([^"]*)"', page.content.decode())
    ]


def test_every_admin_is_searched_by_post():
    plain = [shown for shown in admin.site._registry.values() if not isinstance(shown, StaffList)]

    assert plain == []


def test_no_form_of_a_search_goes_by_get(client, operator, found):
    person = found.person_id
    pages = [LIST, "/admin/", reverse("admin:accounts_person_merge", args=[person])]
    pages += [reverse("admin:patents_application_add"), reverse("admin:worklist", args=["ready"])]
    for page in pages:
        html = client.get(page).content.decode()
        forms = re.findall(r"<form[^>]*>", html)
        assert [form for form in forms if 'method="post"' not in form] == [], page


def test_the_answer_of_a_search_is_an_address_without_the_words(client, found, others):
    answer = client.post(LIST, {"q": WORDS, **BUTTON})

    assert answer.status_code == 302
    assert re.fullmatch(rf"{LIST}\?s=[\w-]+", answer.headers["Location"])
    page = client.get(answer.headers["Location"])
    assert rows(page) == [found]
    assert [one for one in addresses_of(page) if "q=" in one or WORDS in one] == []


def test_the_words_survive_filters_pages_orders_and_days(client, found, others, monkeypatch):
    monkeypatch.setattr("patents.admin.ApplicationAdmin.list_per_page", 1)
    ApplicationFactory(person__last_name=WORDS)

    page = searched(client, LIST, WORDS)

    kept = f"s={page.context['cl'].params['s']}"
    links = [one for one in addresses_of(page) if one.startswith("?") and one != "?"]
    assert {"p=2", "o=", "status__exact=", "accepted_on__"} <= {
        part
        for part in ("p=2", "o=", "status__exact=", "accepted_on__")
        for one in links
        if part in one
    }
    assert [one for one in links if kept not in one] == []
    for link in links:
        shown = client.get(LIST + link)
        assert {row.person.last_name for row in rows(shown)} <= {WORDS}


def test_a_search_keeps_the_filters_and_begins_at_the_first_page(client, found):
    answer = client.post(f"{LIST}?status__exact=accepted&p=3&s=old", {"q": WORDS, **BUTTON})

    assert re.fullmatch(rf"{LIST}\?status__exact=accepted&s=[\w-]+", answer.headers["Location"])


def test_an_empty_search_shows_the_whole_list_again(client, found, others):
    page = searched(client, searched(client, LIST, WORDS).request["PATH_INFO"], "  ")

    assert len(rows(page)) == 4


def test_the_file_of_a_searched_list_holds_what_was_found(client, found, others):
    address = client.post(LIST, {"q": WORDS, **BUTTON}).headers["Location"]

    chosen = [row.pk for row in [found, *others]]
    answer = client.post(address, {"action": "export", "_selected_action": chosen})

    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert [sheet["A2"].value, sheet.max_row] == [found.number, 2]
    assert Export.objects.get().narrowed == ""


def test_words_in_an_address_are_not_looked_for(client, found, others):
    page = client.get(LIST, {"q": WORDS}, follow=True)

    assert len(rows(page)) == 4
    assert page.redirect_chain[-1][0] == f"{LIST}?"
    assert _("This search is over. Type the words again.") in page.content.decode()


def test_a_key_opens_only_the_search_of_its_own_session(client, found, others):
    address = client.post(LIST, {"q": WORDS, **BUTTON}).headers["Location"]
    client.logout()
    client.force_login(StaffFactory(username="another"))

    page = client.get(address, follow=True)

    assert len(rows(page)) == 4


def test_a_session_keeps_only_the_newest_searches(client, found):
    for number in range(searching.AT_MOST + 3):
        client.post(LIST, {"q": f"{number}", **BUTTON})

    kept = client.session[searching.KEPT]
    assert len(kept) == searching.AT_MOST
    assert list(kept.values())[-1] == f"{searching.AT_MOST + 2}"


@pytest.mark.parametrize("name", ["accounts_person_merge", "patents_application_add"])
def test_registration_and_merge_search_without_an_address(client, operator, found, name):
    someone = PersonFactory()
    address = reverse(f"admin:{name}", args=[someone.pk] if name.endswith("merge") else [])

    page = client.post(address, {"q": WORDS, **BUTTON})

    assert page.status_code == 200
    assert page.context["found"] == [found.person]
    assert client.get(address, {"q": WORDS}).context["found"] == []
    assert Person.objects.count() == 2


def test_a_worklist_keeps_its_words_over_pages_and_filters(client, operator, monkeypatch):
    monkeypatch.setattr("desk.work_page.ON_A_PAGE", 1)
    facts = {"status": "ready", "ready_on": "2026-01-01", "accepted_on": "2026-01-01"}
    mine = [ApplicationFactory(person__last_name=WORDS, **facts) for _number in range(2)]
    ApplicationFactory(person__last_name="Иванов", **facts)

    page = searched(client, reverse("admin:worklist", args=["ready"]), WORDS)

    links = [one for one in addresses_of(page) if one.startswith("?") and one != "?"]
    assert [one for one in links if "s=" not in one] == []
    [onward] = [one for one in links if "page=2" in one]
    second = client.get(reverse("admin:worklist", args=["ready"]) + onward)
    assert [*page.context["page"], *second.context["page"]] == mine


def test_a_long_list_is_counted_only_so_far(client, operator, monkeypatch):
    monkeypatch.setattr(staff_lists, "COUNTED", 3)
    for _number in range(4):
        ApplicationFactory()

    page = client.get(LIST)

    assert (page.context["cl"].result_count, len(rows(page))) == (3, 4)
    said = _("More than %(count)s. Take a filter, a day or a search.") % {"count": 3}
    assert said in page.content.decode()


def test_days_above_a_list_run_from_the_first_row_to_the_last(client, operator):
    PatentFactory(issued_on="2025-11-20")
    PatentFactory(issued_on="2026-02-03")
    address = "/admin/patents/patent/"

    def offered(**chosen):
        found = re.findall(r"issued_on__[^\"]*", client.get(address, chosen).content.decode())
        return [unescape(one) for one in dict.fromkeys(found)]

    assert offered() == ["issued_on__year=2025", "issued_on__year=2026"]
    months = offered(issued_on__year=2025)
    assert months[:2] == [
        "issued_on__month=11&issued_on__year=2025",
        "issued_on__month=12&issued_on__year=2025",
    ]
    days = offered(issued_on__year=2026, issued_on__month=2)
    assert "issued_on__day=3&issued_on__month=2&issued_on__year=2026" in days
    assert "issued_on__day=4&issued_on__month=2&issued_on__year=2026" not in days
