"""The entrance in a real browser: hints while one types, a borrowed phone, the back button."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(200)]
NUMBER, PASSWORD = "1381161", "demo-Parol-1381161"


def enter(page: Page, portal, *, borrowed: bool = False) -> None:
    page.goto(f"{portal.url}/login/")
    page.fill("[name=username]", NUMBER)
    page.fill("[name=password]", PASSWORD)
    page.set_checked("[name=borrowed]", borrowed)
    page.click("main button.go")
    expect(page.locator("#status")).to_be_visible()


def test_the_keyboard_is_hinted_at_while_one_types(portal, page: Page):
    page.goto(f"{portal.url}/login/")
    hint = page.locator("[data-typing-hints]")
    expect(hint).to_be_hidden()

    page.locator("[name=password]").press_sequentially("пароль")
    expect(hint).to_be_visible()

    page.fill("[name=password]", "parol")
    expect(hint).to_be_hidden()


def test_the_strength_is_said_while_one_types(portal, page: Page):
    enter(page, portal)
    page.goto(f"{portal.url}/password/change/")
    hint = page.locator("[data-strength]")
    expect(hint).to_be_hidden()
    said = []
    for password in ["lampa", "lampa-zebra", "lampa-zebra-oblako"]:
        page.fill("[name=new_password1]", password)
        said.append(hint.inner_text())

    assert len(set(said)) == 3


def test_refresh_keeps_what_was_typed_and_enter_does_not_refresh(portal, page: Page):
    page.goto(f"{portal.url}/password/reset/")
    page.fill("[name=username]", NUMBER)
    page.fill("[name=phone]", "8 916 123-45-67")

    page.click("[name=refresh]")

    expect(page.locator("[name=username]")).to_have_value(NUMBER)
    expect(page.locator("[name=phone]")).to_have_value("8 916 123-45-67")
    expect(page.locator("[name=captcha_1]")).to_be_focused()
    page.locator("[name=captcha_1]").press("Enter")
    expect(page.locator(".errors")).to_be_visible()


def test_after_leaving_the_back_button_shows_nothing(portal, page: Page):
    enter(page, portal, borrowed=True)
    page.goto(f"{portal.url}/cabinet/patent/")
    page.locator(".top form[action='/logout/'] button").click()
    page.wait_for_url(f"{portal.url}/")

    page.go_back()

    expect(page.locator("[name=password]")).to_be_visible()
    assert NUMBER not in page.content()


def test_on_somebody_elses_phone_the_sums_wait_for_a_tap(portal, page: Page):
    enter(page, portal, borrowed=True)
    page.goto(f"{portal.url}/cabinet/tariffs/")
    assert "•••" in page.locator("main").inner_text()

    page.click("main a[href='?sums=shown']")

    assert "•••" not in page.locator("main").inner_text()
    assert "₽" in page.locator("main").inner_text()
