"""The phone of the sandbox, in a browser without scripts: a code is dialled, an SMS is sent."""

import time

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE_SCREEN

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]
PHONE = "79160000161"  # of 1381161


@pytest.fixture
def phone(portal, browser):
    context = browser.new_context(viewport=PHONE_SCREEN, java_script_enabled=False)
    context.set_default_timeout(45_000)
    page = context.new_page()
    page.goto(f"{portal.sandbox}/phone/{PHONE}/")
    yield page
    context.close()


def test_a_code_is_dialled_key_by_key_and_a_menu_is_answered(phone):
    for key in "*132*006#":
        phone.locator(f".keys button[value='{key}']").click()
    phone.get_by_role("button", name="Вызов").click()
    expect(phone.locator(".screen")).to_contain_text("2. Готов ли патент")

    phone.locator(".keys button[value='2']").click()
    phone.get_by_role("button", name="Ответить").click()

    expect(phone.locator(".screen")).to_contain_text("Патент выдан")


def test_a_word_in_an_sms_is_answered_by_an_sms(portal, phone):
    before = len(portal.sms(PHONE))
    phone.get_by_role("button", name="ГОТОВ", exact=True).click()

    deadline = time.monotonic() + 60
    while len(portal.sms(PHONE)) == before and time.monotonic() < deadline:
        time.sleep(0.5)

    assert "Заявление …161. Патент выдан" in portal.sms(PHONE)[0]["text"]
    phone.get_by_role("link", name="Обновить").click()
    expect(phone.get_by_text("Заявление …161. Патент выдан").first).to_be_visible()
