"""Every page as people see it: on a small phone, in the dark, by keyboard, without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import states
from tests.e2e.conftest import PHONE_SCREEN as PHONE
from tests.e2e.conftest import enter
from tests.e2e.looks import FOOT, RESET_FOOT, Listener, faults, violations

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

DESK = {"width": 1280, "height": 900}
SHEET = {"width": 718, "height": 1046}  # A4 without its margins
VALID, MUST_CHANGE, IN_TRANSIT, LAPSED, UNSEEN, AT_COUNTER = (f"138116{n}" for n in range(1, 7))
INK_AND_PAPER = """() => [getComputedStyle(document.querySelector("#status h1")).color,
    getComputedStyle(document.querySelector("#status")).backgroundColor]"""
PUBLIC = [
    "/",
    "/posting-times/",
    "/login/",
    "/help/",
    "/help/no-access/",
    "/help/no-sms/",
    "/help/our-sms/",
    "/help/words/",
    "/no/such/page/",
]
OPEN_SERVICES = [f"/services/{name}/" for name in ("status", "inn", "receipt", "patent", "pay")]
CODES_AND_LINKS = ["/verify/", "/verify/NOT-A-CODE/", "/pay/no-such-link/"]
RESET = ["/password/reset/", "/password/reset/done/"]
CABINET = [
    "/cabinet/",
    "/cabinet/patent/",
    "/cabinet/inn/",
    "/cabinet/documents/",
    "/cabinet/documents/sample/",
    "/cabinet/tariffs/",
    "/cabinet/history/",
    "/cabinet/news/",
    "/cabinet/contacts/",
    "/cabinet/access-log/",
    "/cabinet/obligations/",
    "/cabinet/messages/",
    "/cabinet/payments/",
    "/cabinet/payments/pay/",
    "/cabinet/payments/claims/",
    "/cabinet/payments/times/",
    "/cabinet/payments/certificate/",
    "/cabinet/patent/code/",
    "/cabinet/payments/calculator/",
    "/cabinet/payments/links/",
    "/cabinet/papers/",
    "/cabinet/receipts/new/",
    "/cabinet/settings/",
    "/cabinet/settings/sessions/",
    "/password/change/",
]
MONEY = ["/cabinet/", "/cabinet/payments/", "/cabinet/receipts/new/"]
STAFF = {
    "operator": [
        "/admin/",
        "/admin/patents/application/",
        "/admin/patents/application/add/",
        "/admin/card/1/",
        "/admin/accounts/person/",
        "/admin/patents/patent/",
        "/admin/patents/inn/",
        "/admin/patents/paper/",
        "/admin/patents/feeditem/?shown=all",
        "/admin/notifications/message/",
        "/admin/work/no-inn/",
    ],
    "accountant": [
        "/admin/payments/placement/",
        "/admin/payments/statementline/",
        "/admin/payments/openingmonths/",
        "/admin/tills/",
        "/admin/check/",
    ],
}


def test_pages_before_the_door_are_sound(portal, opened):
    page = opened()
    for path in PUBLIC + OPEN_SERVICES + CODES_AND_LINKS:
        page.goto(f"{portal.url}{path}")
        assert faults(page) == [], path


def test_pages_of_the_reset_are_sound_with_their_own_foot(portal, opened):
    page = opened()
    for path in RESET:
        page.goto(f"{portal.url}{path}")
        assert faults(page, foot=RESET_FOOT) == [], path


@pytest.mark.parametrize(
    ("path", "foot"), [("/login/", FOOT), ("/password/reset/", RESET_FOOT)], ids=["login", "reset"]
)
def test_a_form_with_errors_is_sound_and_its_summary_leads_to_the_field(portal, opened, path, foot):
    page = opened()
    page.goto(f"{portal.url}{path}")
    page.click("main [type=submit]")

    assert page.title().startswith("Ошибка:")
    assert faults(page, foot=foot) == []
    page.click(".errors a >> nth=0")
    assert page.evaluate("location.hash") == "#id_username"


@pytest.mark.parametrize("login", [IN_TRANSIT])
def test_every_page_of_a_cabinet_is_sound(portal, opened, signed_in, login):
    page = opened(signed_in(login))
    for path in CABINET:
        page.goto(f"{portal.url}{path}")
        assert faults(page) == [], path


@pytest.mark.parametrize("login", [VALID, LAPSED, UNSEEN])
def test_pages_about_money_are_sound_in_other_standings(portal, opened, signed_in, login):
    page = opened(signed_in(login))
    for path in MONEY[:2]:
        page.goto(f"{portal.url}{path}")
        assert faults(page) == [], path


@pytest.mark.parametrize("login", [states.REFUSED, states.TENTH_MONTH, states.TO_MEND])
def test_a_refusal_a_paper_to_mend_and_the_end_of_the_year_are_sound(
    portal, opened, signed_in, other_states, login
):
    page = opened(signed_in(login))
    for path in ["/cabinet/", "/cabinet/patent/", "/cabinet/documents/", "/cabinet/obligations/"]:
        page.goto(f"{portal.url}{path}")
        assert faults(page) == [], path


@pytest.mark.parametrize(
    "path",
    [
        "/cabinet/",
        "/cabinet/patent/",
        "/cabinet/inn/",
        "/cabinet/payments/",
        "/cabinet/news/",
        "/cabinet/documents/",
        "/cabinet/documents/sample/",
        "/cabinet/obligations/",
        "/cabinet/tariffs/",
        "/cabinet/history/",
        "/help/",
        "/help/words/",
        "/cabinet/patent/code/",
        "/cabinet/payments/certificate/",
    ],
)
def test_what_is_carried_on_paper_prints_no_button_and_stays_inside_the_sheet(
    portal, opened, signed_in, path
):
    page = opened(signed_in(VALID), viewport=SHEET)
    page.goto(f"{portal.url}{path}")
    page.emulate_media(media="print")

    expect(page.locator(".btn:visible, .tabs:visible, .pill:visible, .menu:visible")).to_have_count(
        0
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= SHEET["width"]


def test_paper_is_black_on_white_in_the_dark_too(portal, opened, signed_in):
    page = opened(signed_in(VALID), viewport=SHEET, color_scheme="dark")
    page.goto(f"{portal.url}/cabinet/")
    on_screen = page.evaluate(INK_AND_PAPER)
    page.emulate_media(media="print", color_scheme="dark")

    assert page.evaluate(INK_AND_PAPER) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert on_screen != ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


def test_the_forced_change_is_sound(portal, opened, signed_in):
    page = opened(signed_in(MUST_CHANGE))
    page.goto(f"{portal.url}/cabinet/")

    expect(page).to_have_url(re.compile("/password/change/"))
    assert faults(page) == []


def go_on(page: Page) -> None:
    """Three months are paid: whoever pays again reads that first."""
    page.get_by_role("button", name="Всё понятно, платить дальше").click()


def test_a_receipt_is_sound_and_prints_both_halves_and_no_button(portal, opened, signed_in):
    page = opened(signed_in(VALID))
    page.goto(f"{portal.url}/cabinet/receipts/new/")
    page.click("main [type=submit]")
    assert faults(page) == []
    go_on(page)
    assert faults(page) == []
    expect(page.locator(".slip section")).to_have_count(2)
    expect(page.locator(".slip section >> nth=1")).to_be_hidden()

    page.emulate_media(media="print")

    expect(page.locator(".slip section >> nth=1")).to_be_visible()
    expect(page.locator(".btn:visible, .tabs:visible, .pill:visible")).to_have_count(0)


def test_a_page_that_was_open_too_long_is_sound(portal, opened):
    page = opened()
    page.goto(f"{portal.url}/login/")
    page.context.clear_cookies()
    enter(page, VALID)

    expect(page.locator("h1")).to_have_text("Страница была открыта слишком долго")
    assert faults(page) == []


@pytest.mark.parametrize("login", STAFF)
def test_the_pages_of_the_staff_read_like_ours(portal, opened, signed_in, login):
    page = opened(signed_in(login))
    for path in STAFF[login]:
        page.set_viewport_size(DESK)
        page.goto(f"{portal.url}{path}")
        assert faults(page) == [], f"{path} at a desk"
        page.set_viewport_size(PHONE)
        assert faults(page) == [], f"{path} on a phone"


def test_the_living_examples_are_sound(portal, opened, signed_in):
    """Each state has its filled button there."""
    page = opened(signed_in("accountant"))
    page.goto(f"{portal.url}/examples/")

    assert [fault for fault in faults(page) if "filled buttons" not in fault] == []


def test_the_way_from_the_door_to_a_receipt_needs_no_script(portal, opened):
    page = opened(java_script_enabled=False)
    page.goto(f"{portal.url}/login/")
    enter(page, VALID)
    expect(page.locator("#status")).to_have_attribute("data-state", "valid")

    page.locator(".menu a", has_text="квитанция").click()
    page.locator(".months label", has_text=re.compile("^2$")).click()
    expect(page.locator(".choices p:visible")).to_contain_text(["2 месяца: 20 000 ₽"])
    page.click("main [type=submit]")
    go_on(page)

    expect(page.locator(".slip")).to_contain_text("20 000 руб. 00 коп.")


def test_the_keyboard_meets_the_skip_link_first_and_sees_where_it_is(portal, opened, signed_in):
    page = opened(signed_in(VALID))
    page.goto(f"{portal.url}/cabinet/")

    page.keyboard.press("Tab")
    expect(page.locator("[href='#main']")).to_be_focused()
    expect(page.locator("[href='#main']")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    expect(page.locator("#status .go")).to_be_focused()
    style = page.evaluate("getComputedStyle(document.activeElement).outline")
    assert re.search(r"solid (\d)px", style)[1] >= "3"


def test_letters_twice_as_large_stay_on_the_screen(portal, opened, signed_in):
    page = opened(signed_in(IN_TRANSIT))
    for path in MONEY:
        page.goto(f"{portal.url}{path}")
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path


def test_the_looker_sees_what_is_wrong(opened):
    page = opened()
    page.set_content(
        "<main><button class='btn-primary'>1</button><button class='btn-primary'>2</button>"
        "<p style='width:400px;color:#bbb;background:#fff'>pale</p></main><footer></footer>"
    )

    found = "\n".join(faults(page))

    for fault in ("color-contrast", "2 filled buttons", "px high", "px wide", "the foot lacks"):
        assert fault in found
    assert violations(page, {"runOnly": ["html-has-lang"]}, "light")


def test_the_listener_hears_a_refused_style_and_a_lost_file(portal, page):
    listener = Listener(page)
    page.goto(f"{portal.url}/login/")

    page.evaluate("document.body.append(document.createElement('style'))")
    page.evaluate("document.querySelector('style').textContent = 'p { color: red }'")
    with page.expect_response("**/lost.png"):
        page.evaluate("document.body.append(Object.assign(new Image(), {src: '/lost.png'}))")

    assert any("Content Security Policy" in line for line in listener.heard)
    assert any(line.startswith("404") and line.endswith("/lost.png") for line in listener.heard)
