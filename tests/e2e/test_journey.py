"""The main job as people live it: from the operator's desk to a posted payment."""

import re
import time
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Browser, Page, expect

from payments import gost

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]
DESK_SCREEN = {"width": 1280, "height": 900}
PHONE = "+79161234567"
INN = "772815049397"
OWN_PASSWORD = "зелёный чайник 7"
POSTING_SECONDS = 150


@pytest.fixture
def operator(browser: Browser, portal) -> Page:
    context = browser.new_context(viewport=DESK_SCREEN, locale="ru-RU")
    context.set_default_timeout(45_000)
    desk = context.new_page()
    sign_in(desk, f"{portal.url}/admin/", "operator", "demo-Parol-operator")
    yield desk
    context.close()


def sign_in(page: Page, url: str, username: str, password: str) -> None:
    page.goto(url)
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    page.click("main [type=submit], #login-form [type=submit]")


def test_from_the_desk_to_a_posted_payment(portal, operator: Page, page: Page, tmp_path):
    number = register(portal, operator)
    password = password_from_sms(portal)

    first_login(portal, page, number, password)
    expect(page.locator("#status")).to_have_attribute("data-state", "preparing")

    enter_inn(portal, operator, number)
    form_receipt(portal, page, tmp_path)
    pay_by_card(page)
    expect(page.locator("#status")).to_contain_text("Первый месяц")

    hand_the_patent_out(portal, operator, number)
    page.goto(f"{portal.url}/cabinet/")
    expect(page.locator("#status")).to_have_attribute("data-state", re.compile("in-transit|valid"))

    wait_until_posted(portal, page)
    texts = [sms["text"] for sms in portal.sms(PHONE)]
    assert any("Казначейств" in text for text in texts)

    importing_again_changes_nothing(portal)
    staff_see_it_all(portal, operator, number)


def register(portal, desk: Page) -> str:
    """The operator enters an application; the answer is the slip."""
    desk.goto(f"{portal.url}/admin/patents/application/add/")
    number = desk.input_value("[name=number]")
    facts = {
        "last_name": "Юсупов",
        "first_name": "Шерзод",
        "middle_name": "Камолович",
        "birth_date": "1993-04-12",
        "passport": "FA 7654321",
        "migration_card": "4626 7654321",
        "centre_sim": "8 916 123-45-67",
    }
    for name, value in facts.items():
        desk.fill(f"[name={name}]", value)
    desk.select_option("[name=citizenship]", "UZB")
    desk.get_by_role("button", name=re.compile("Принять")).click()
    expect(desk.locator("main")).to_contain_text(number)
    return number


def password_from_sms(portal) -> str:
    """The one-time password as the person reads it on the phone."""
    texts = eventually(lambda: [sms["text"] for sms in portal.sms(PHONE)])
    [found] = re.findall(r"[A-Za-z0-9]{3,}(?:-[A-Za-z0-9]{3,})+", texts[0])
    return found


def first_login(portal, page: Page, number: str, password: str) -> None:
    sign_in(page, f"{portal.url}/login/", number, password)
    page.goto(f"{portal.url}/cabinet/receipts/new/")
    expect(page).to_have_url(re.compile("/password/change/"))

    page.fill("[name=old_password]", password)
    page.fill("[name=new_password1]", OWN_PASSWORD)
    page.fill("[name=new_password2]", OWN_PASSWORD)
    page.get_by_role("button", name="сменить пароль").click()

    expect(page).to_have_url(f"{portal.url}/cabinet/")
    greeting = "Вход в личный кабинет иностранного гражданина выполнен!"
    expect(page.locator("main")).to_contain_text(greeting)


def enter_inn(portal, desk: Page, number: str) -> None:
    take_step(portal, desk, number, "inn", value=INN)
    take_step(portal, desk, number, "review")


def search(desk: Page, address: str, words: str) -> None:
    desk.goto(address)
    desk.fill("#searchbar", words)
    desk.click("[name=search]")
    assert words not in desk.url


def take_step(portal, desk: Page, application: str, step: str, **facts: str) -> None:
    search(desk, f"{portal.url}/admin/patents/application/", application)
    desk.click("#result_list tbody th a")
    desk.click(f"a[href$='/step/{step}/']")
    for name, value in facts.items():
        desk.fill(f"[name={name}]", value)
    desk.click("#content [type=submit]")
    expect(desk.locator(".messagelist")).to_contain_text("Сделано")


def form_receipt(portal, page: Page, tmp_path: Path) -> None:
    """A receipt for one month on the application; its QR read from the PDF by another reader."""
    page.goto(f"{portal.url}/cabinet/receipts/new/")
    page.get_by_role("button", name="Сделать квитанцию").click()
    with page.expect_download() as download:
        page.click("a[href$='.pdf']")
    target = tmp_path / "receipt.pdf"
    download.value.save_as(target)
    facts = gost.parse(qr_of(target))
    assert facts["PayerINN"] == INN
    assert facts["Sum"] == "1000000"
    assert facts["PersonalAcc"] == "03100643000000018500"


def qr_of(pdf: Path) -> bytes:
    picture = pypdfium2.PdfDocument(str(pdf))[0].render(scale=4).to_pil()
    [code] = zxingcpp.read_barcodes(picture)
    return code.bytes


def pay_by_card(page: Page) -> None:
    page.get_by_role("link", name="Оплатить онлайн").first.click()
    page.locator("main [type=submit]").click()
    page.get_by_role("button", name="Оплатить картой").click()
    expect(page).to_have_url(re.compile("/cabinet/$"))


def hand_the_patent_out(portal, desk: Page, number: str) -> None:
    take_step(portal, desk, number, "ready", ready_on=today())
    issued = {"series": "77", "number": "2600765432", "issued_on": today()}
    take_step(portal, desk, number, "issue", **issued)


def today() -> str:
    from common import clock

    return clock.today().isoformat()


def wait_until_posted(portal, page: Page) -> None:
    def is_posted() -> bool:
        page.goto(f"{portal.url}/cabinet/")
        return page.get_attribute("#status", "data-state") == "valid"

    eventually(is_posted)
    expect(page.locator(".year [data-state=posted]")).to_have_count(1)
    page.goto(f"{portal.url}/cabinet/payments/")
    expect(page.locator(".pay .tag[data-state=posted]")).to_have_count(1)


def importing_again_changes_nothing(portal) -> None:
    [statement, *_] = (portal.var / "statements").rglob("*treasury*.txt")
    again = portal.manage("import_statement", "--json", str(statement))
    assert again.returncode == 0, again.stderr
    assert '"matched": 0' in again.stdout
    ledger = portal.manage("check_ledger")
    assert ledger.returncode == 0, ledger.stdout


def staff_see_it_all(portal, desk: Page, number: str) -> None:
    """The operator the messages and their state, the accountant the money."""
    desk.goto(f"{portal.url}/admin/notifications/message/")
    expect(desk.locator("#result_list")).to_contain_text("доставлено")
    desk.context.clear_cookies()
    sign_in(desk, f"{portal.url}/admin/", "accountant", "demo-Parol-accountant")
    search(desk, f"{portal.url}/admin/payments/receipt/", number)
    expect(desk.locator("#result_list tbody tr")).to_have_count(1)
    for page_name in ("charge", "placement", "statement", "statementline"):
        answer = desk.goto(f"{portal.url}/admin/payments/{page_name}/")
        assert answer.status == 200, page_name


def eventually(ask):
    """The first true answer; what the workers do takes seconds, not for ever."""
    deadline = time.monotonic() + POSTING_SECONDS
    while time.monotonic() < deadline:
        answer = ask()
        if answer:
            return answer
        time.sleep(0.5)
    raise AssertionError(f"nothing came within {POSTING_SECONDS} s")
