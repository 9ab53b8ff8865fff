"""The main journey with nothing but a keyboard: the door, home, a receipt; focus is always seen."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.e2e
VALID = "1381161"
MOST_TABS = 60


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus, which must be seen at every stop."""
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        assert seen(page), page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"{selector} is not reached by Tab")


def seen(page: Page) -> bool:
    """A ring of three pixels, or the browser's own on the page itself."""
    if page.evaluate("document.activeElement === document.body"):
        return True
    style = page.evaluate("getComputedStyle(document.activeElement).outline")
    width = re.search(r"solid (\d+)px", style)
    return width is not None and int(width[1]) >= 3


def test_from_the_door_to_a_receipt(portal, opened):
    page = opened()
    page.goto(f"{portal.url}/login/")
    tab_to(page, "[name=username]")
    page.keyboard.type(VALID)
    tab_to(page, "[name=password]")
    page.keyboard.type(f"demo-Parol-{VALID}")
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_have_attribute("data-state", "valid")

    tab_to(page, "[href='/cabinet/receipts/new/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cabinet/receipts/new/")
    tab_to(page, "[name=months]")
    page.keyboard.press("ArrowRight")
    tab_to(page, "main [type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Сначала проверьте")  # months ahead are paid
    tab_to(page, "main [type=submit]")
    page.keyboard.press("Enter")

    expect(page.locator(".slip")).to_contain_text("руб. 00 коп.")


def test_the_language_is_chosen_without_a_mouse(portal, opened):
    page = opened()
    page.goto(f"{portal.url}/help/")
    tab_to(page, ".lang summary")
    page.keyboard.press("Enter")
    tab_to(page, ".lang button[value=az]")
    page.keyboard.press("Enter")

    expect(page.locator("html")).to_have_attribute("lang", "az")
