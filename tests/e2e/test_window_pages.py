"""The window, walked through by an operator on a small screen: each page sound on its way."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import states
from tests.e2e.looks import faults

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]
WHO = f"""
SELECT accounts_person.id FROM accounts_person JOIN accounts_loginname USING (user_id)
WHERE value = '{states.AT_WINDOW}'
"""
LAST_CHARGE = "SELECT max(id) FROM payments_charge"


@pytest.fixture
def person_id(portal, other_states) -> int:
    return portal.asked(WHO)


def sound(page: Page) -> None:
    assert faults(page) == [], page.url


def send(page: Page, words: str) -> Page:
    """Press the button with these words; both the page before it and the one after are sound."""
    sound(page)
    page.locator(f"[type=submit][value='{words}']").click()
    sound(page)
    return page


def read_aloud(page: Page, form: str) -> None:
    """Mark in a form that the person knows what is already paid."""
    page.locator(f"form:has({form}) [name=knows]").check()


def test_from_the_months_to_the_cash_each_page_of_the_window_is_sound(
    portal, opened, signed_in, person_id
):
    desk = opened(signed_in("operator"))
    desk.goto(f"{portal.url}/admin/assist/{person_id}/")

    send(desk, "Сделать квитанцию")
    expect(desk.locator("[role=alert]")).to_be_visible()
    read_aloud(desk, "[name=months]")
    send(desk, "Сделать квитанцию")
    receipt = desk.url
    read_aloud(desk, "[value='Открыть оплату картой']")
    send(desk, "Открыть оплату картой")
    expect(desk.get_by_role("link", name="Страница оплаты")).to_be_visible()

    desk.goto(receipt)
    expect(desk.locator("#open-page")).to_be_visible()
    send(desk, "Деньги приняты")
    expect(desk).to_have_title(re.compile("^Ошибка:"))
    expect(desk.locator("[name=page_left]")).to_be_visible()
    desk.goto(receipt)
    send(desk, "Спросить банк и закрыть страницу")
    write_the_cheque(desk)
    send(desk, "Деньги приняты")
    expect(desk.locator("#content-main")).to_contain_text("чек 0077")


def write_the_cheque(desk: Page) -> None:
    desk.select_option("[name=till]", index=1)
    desk.fill("[name=cheque]", "0077")
    desk.fill("[name=amount]", "10 000")
    read_aloud(desk, "[name=cheque]")


def test_the_pages_that_end_a_payment_are_sound(portal, opened, signed_in, person_id):
    desk = opened(signed_in("accountant"))
    charge = portal.asked(LAST_CHARGE)
    for deed in ("end", "settle", "refund", "correct"):
        desk.goto(f"{portal.url}/admin/payments/charge/{charge}/{deed}/")
        sound(desk)
        desk.locator("#content-main [type=submit]").first.click()
        sound(desk)
    desk.goto(f"{portal.url}/admin/payments/charge/{charge}/change/")
    sound(desk)
