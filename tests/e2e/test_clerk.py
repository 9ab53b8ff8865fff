"""A line without an INN: a clerk finds the person, two post it, the home of the person says so."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from common import clock
from tests.e2e.looks import faults
from tests.e2e.test_pages import VALID, enter
from tests.payments.statement_files import order, piece

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]
NAME = f"""
SELECT concat_ws(' ', last_name, first_name, nullif(middle_name, '')) FROM accounts_person
JOIN patents_application ON person_id = accounts_person.id WHERE number = '{VALID}'
"""
DESK = {"width": 1280, "height": 900}
POSTED = "ol.year li[data-state=posted]"


def signed(portal, page: Page, who: str, path: str) -> Page:
    page.goto(f"{portal.url}{path}")
    enter(page, who)
    page.wait_for_url(lambda url: "/login/" not in url)
    return page


def arrived(portal, tmp_path) -> None:
    """The bank left the INN out: the name alone stands there."""
    name, today = portal.asked(NAME).upper(), clock.today()
    line = order(on=today - timedelta(1), posted_on=today, inn="", payer=name, purpose="За патент")
    file = tmp_path / "bank.txt"
    file.write_bytes(piece(line, first=today, number="e2e-clerk", sender="Банк"))
    done = portal.manage("import_statement", str(file))
    assert done.returncode == 0, done.stderr


def test_a_line_without_an_inn_is_posted_by_two_and_home_says_so(
    portal, opened, signed_in, tmp_path
):
    home = opened(signed_in(VALID))
    home.goto(f"{portal.url}/cabinet/")
    paid = home.locator(POSTED).count()
    arrived(portal, tmp_path)

    clerk = signed(portal, opened(viewport=DESK), "accountant", "/admin/")
    clerk.goto(f"{portal.url}/admin/payments/placement/?kind=unknown_payer")
    clerk.locator("#result_list tbody th a").first.click()
    clerk.get_by_role("link", name="Указать, чьи это деньги").click()
    assert faults(clerk) == []
    clerk.get_by_role("button", name=re.compile("спросить второго сотрудника")).first.click()
    expect(clerk.locator("ul.messagelist li").first).to_be_visible()

    second = signed(portal, opened(viewport=DESK), "supervisor", "/admin/")
    second.goto(f"{portal.url}/admin/accounts/approval/?kind__exact=place")
    second.locator("#result_list tbody th a").first.click()
    second.locator("button[value=grant]").click()
    expect(second.locator("ul.messagelist li").first).to_be_visible()

    home.goto(f"{portal.url}/cabinet/")
    expect(home.locator(POSTED)).to_have_count(paid + 1)
    expect(home.locator("#status")).to_have_attribute("data-state", "valid")
