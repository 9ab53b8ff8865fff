"""People in every standing on a small phone, and what a page of one number does."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import states

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

VALID = "1381161"
INN = "775100004210"
PAGES = ["/cabinet/", "/cabinet/patent/", "/cabinet/payments/", "/cabinet/documents/"]
SCREENS = (320, 360)
WIDTH = "document.documentElement.scrollWidth"
SIZE = "one => parseFloat(getComputedStyle(one).fontSize)"


def too_wide(page: Page, address: str) -> list[str]:
    """The screens on which the page scrolls sideways."""
    found = []
    page.goto(address)
    for screen in SCREENS:
        page.set_viewport_size({"width": screen, "height": 740})
        width = page.evaluate(WIDTH)
        found += [f"{address}: {width} on {screen}"] if width > screen else []
    return found


@pytest.mark.parametrize("login", states.STANDING)
def test_no_standing_makes_a_page_scroll_sideways(portal, opened, signed_in, other_states, login):
    page = opened(signed_in(login))
    page.goto(f"{portal.url}/cabinet/")
    expect(page.locator("#status")).to_have_attribute("data-state", states.STANDING[login])

    found = [fault for path in PAGES for fault in too_wide(page, f"{portal.url}{path}")]

    assert found == []


def test_the_list_of_sessions_does_not_scroll_sideways(portal, opened, signed_in):
    page = opened(signed_in(VALID))

    assert too_wide(page, f"{portal.url}/cabinet/settings/sessions/") == []


def test_the_copy_button_puts_the_plain_number_into_the_clipboard(portal, opened, signed_in):
    page = opened(signed_in(VALID), permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{portal.url}/cabinet/inn/")
    expect(page.locator("[data-copied]")).to_have_text("")

    page.locator("[data-copy=inn]").click()

    expect(page.locator("[data-copied]")).to_have_text("Скопировано")
    assert page.evaluate("navigator.clipboard.readText()") == INN


def test_without_scripts_no_button_of_the_number_is_offered(portal, opened, signed_in):
    page = opened(signed_in(VALID), java_script_enabled=False)
    page.goto(f"{portal.url}/cabinet/inn/")

    expect(page.locator("[data-copy], [data-print]")).to_have_count(2)
    expect(page.locator("[data-copy]:visible, [data-print]:visible")).to_have_count(0)


def test_the_inn_is_printed_large_with_its_owner(portal, opened, signed_in):
    page = opened(signed_in(VALID))
    page.goto(f"{portal.url}/cabinet/inn/")
    on_screen = page.locator("#inn").evaluate(SIZE)

    page.emulate_media(media="print")

    printed = page.locator("#inn").evaluate(SIZE)
    text = page.locator("h1").evaluate(SIZE)
    assert printed > 50 > on_screen  # 40 points of paper are 53 pixels
    assert printed > 2 * text
    expect(page.locator("main .d-print-block")).to_be_visible()
    expect(page.locator("main .d-print-block")).to_contain_text("Назаров")


def test_the_print_button_opens_the_printing(portal, opened, signed_in):
    page = opened(signed_in(VALID))
    page.add_init_script("window.print = () => { window.printed = true }")
    page.goto(f"{portal.url}/cabinet/inn/")

    page.locator("[data-print]").click()

    assert page.evaluate("window.printed") is True
