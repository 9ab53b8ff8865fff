"""Pages on which money is decided, walked through as people do; each must be sound on its way."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.looks import Listener, faults
from tests.e2e.test_pages import AT_COUNTER, IN_TRANSIT, PHONE, VALID, enter, go_on

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]
LAST_CODE = "SELECT code FROM payments_signedcode ORDER BY id DESC LIMIT 1"


@pytest.fixture
def opened(browser):
    """A phone of somebody; what its browser complained about fails the test at its end."""
    contexts, listeners = [], []

    def open_(portal, login: str = "") -> Page:
        context = browser.new_context(viewport=PHONE, locale="ru-RU", reduced_motion="reduce")
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        listeners.append(Listener(page))
        if login:
            page.goto(f"{portal.url}/login/")
            enter(page, login)
            page.wait_for_url(lambda url: "/login/" not in url)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert [line for listener in listeners for line in listener.heard] == []


def pressed(page: Page, name: str, *, at: str) -> None:
    """Press a button that leads to a page at another address, the acquirer's among them."""
    page.get_by_role("button", name=re.compile(name)).first.click()
    page.wait_for_url(re.compile(at))


def sound(page: Page) -> None:
    assert faults(page) == [], page.url


def test_a_relative_pays_by_a_link_from_its_page_to_the_thanks(portal, opened):
    owner, relative = opened(portal, AT_COUNTER), opened(portal)
    owner.goto(f"{portal.url}/cabinet/payments/links/")
    sound(owner)
    address = owner.locator("[data-plain]").first.get_attribute("data-plain")

    relative.goto(address)
    sound(relative)
    relative.click("main [type=submit]")
    expect(relative).to_have_title(re.compile("^Ошибка:"))
    sound(relative)
    relative.fill("[name=payer_name]", "Юсупов Рустам")
    pressed(relative, "Заплатить", at=portal.sandbox)
    relative.goto(address)
    sound(relative)
    relative.fill("[name=payer_name]", "Юсупов Рустам")
    pressed(relative, "Заплатить", at=portal.sandbox)
    pressed(relative, "Оплатить картой", at=portal.url)

    expect(relative.locator(".tag[data-state=posted]")).to_be_visible()
    sound(relative)


def test_paying_online_is_sound_before_the_bank_says_and_when_nobody_paid(portal, opened):
    page = opened(portal, VALID)
    page.goto(f"{portal.url}/cabinet/payments/pay/")
    page.click("main [type=submit]")
    sound(page)
    go_on(page)
    page.wait_for_url(re.compile(portal.sandbox))

    page.goto(f"{portal.url}/cabinet/payments/")
    sound(page)
    page.goto(f"{portal.url}/cabinet/payments/pay/")
    page.click("main [type=submit]")
    sound(page)
    go_on(page)
    page.wait_for_url(re.compile(portal.sandbox))
    pressed(page, "Отказаться", at=portal.url)
    sound(page)


def test_a_certificate_is_confirmed_by_the_page_of_its_code(portal, opened):
    owner, checker = opened(portal, IN_TRANSIT), opened(portal)
    owner.goto(f"{portal.url}/cabinet/payments/certificate/")
    with owner.expect_download():
        owner.locator("main form [type=submit]").first.click()
    owner.reload()
    sound(owner)
    code = portal.asked(LAST_CODE)

    checker.goto(f"{portal.url}/VERIFY/{code}")
    expect(checker.locator("#status")).to_have_attribute("data-state", "in-transit")
    sound(checker)


def test_the_till_and_the_check_of_a_paper_are_sound(portal, opened):
    page = opened(portal, "supervisor")
    page.goto(f"{portal.url}/admin/tills/")
    page.get_by_role("link", name="Исправить").first.click()
    sound(page)
    for said in ("775104318200", "ST00012|Name=ООО Ромашка|PersonalAcc=40702810000000000001"):
        page.goto(f"{portal.url}/admin/check/")
        page.fill("[name=text]", said)
        page.click("#content-main [type=submit]")
        sound(page)
