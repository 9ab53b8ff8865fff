"""What a visit costs on a prepaid phone: bytes counted by the network of a real browser."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.e2e
LOGIN_BYTES, HOME_BYTES = 24 * 1024, 8 * 1024  # the goals are 40 and 8


class Wire:
    """Everything that comes over the wire until the next `forget`, headers too; and from where."""

    def __init__(self, page: Page):
        self.bytes, self.hosts = 0, set()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.requestWillBeSent", self._asked)

    def _finished(self, event: dict) -> None:
        self.bytes += event["encodedDataLength"]

    def _asked(self, event: dict) -> None:
        self.hosts.add(urlsplit(event["request"]["url"]).netloc)

    def forget(self) -> None:
        self.bytes = 0


def test_the_first_visit_and_home_after_it_are_light(portal, opened, record_property):
    page = opened()
    wire = Wire(page)
    page.goto(f"{portal.url}/login/", wait_until="networkidle")
    first = wire.bytes
    page.fill("[name=username]", "1381161")
    page.fill("[name=password]", "demo-Parol-1381161")
    wire.forget()
    page.click("button[type=submit]:has-text('Войти')")
    page.wait_for_selector("#status")
    page.wait_for_load_state("networkidle")
    record_property("login_bytes", first)
    record_property("home_bytes", wire.bytes)

    assert 0 < first <= LOGIN_BYTES
    assert 0 < wire.bytes <= HOME_BYTES
    assert wire.hosts == {urlsplit(portal.url).netloc}
