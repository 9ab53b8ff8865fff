"""What is wrong with a page as people meet it: a line for each fault, none when it is sound."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

HOTLINE = "8 (495) 777-77-77"
FOOT = (
    "При возникновении проблем, связанных с доступом к системе, обращайтесь в ГБУ "
    "«Миграционный центр»"
)
RESET_FOOT = (
    "В случае возникновения проблем, связанных с доступом к Личному кабинету, обращайтесь в "
    "Миграционный центр"
)
THUMB = 44
NARROW = 320
# axe puts @import'ed sheets into the page as inline ones, which our policy rightly refuses.
EVERY_RULE = {"preload": False, "resultTypes": ["violations"]}
CONTRAST = {**EVERY_RULE, "runOnly": ["color-contrast"]}

TOO_SMALL = """wanted => [...document.querySelectorAll(
    "a.btn, button, a.pill, .tabs a, .menu a, a.tel, summary, input:not([type=hidden]), select"
)].map(e => [e, e.getBoundingClientRect()])
  .filter(([e, box]) => box.height && getComputedStyle(e).opacity !== "0"
      && !["checkbox", "radio"].includes(e.type) && box.height < wanted - 0.5)
  .map(([e, box]) => `${e.outerHTML.slice(0, 80)} is ${Math.round(box.height)} px high`)"""


class Listener:
    """Collects what the browser complains about, refusals of the security policy among it."""

    def __init__(self, page: Page):
        self.heard: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.heard.append(f"script: {error}"))
        page.on("response", self._answer)

    def _console(self, message) -> None:
        # Answers are judged below: a page that is meant to be a 404 is no fault, a lost file is.
        if message.type == "error" and "Failed to load resource: the server" not in message.text:
            self.heard.append(f"console: {message.text}")

    def _answer(self, response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self.heard.append(f"{response.status}: {response.url}")


def faults(page: Page, *, foot: str = FOOT) -> list[str]:
    """Everything at once on the open page; it stays light and 360 px wide."""
    return [
        *unsaid(page, foot),
        *violations(page, EVERY_RULE, "light"),
        *in_the_dark(page),
        *shouting(page),
        *page.evaluate(TOO_SMALL, THUMB),
        *sideways(page),
    ]


def violations(page: Page, options: dict, where: str) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)  # half a megabyte: once for each page that is opened
    found = page.evaluate("async options => (await axe.run(options)).violations", options)
    return [f"axe, {where}: {one['id']} {_places(one)}" for one in found]


def _places(violation: dict) -> str:
    return ", ".join(str(node["target"]) for node in violation["nodes"][:3])


def in_the_dark(page: Page) -> list[str]:
    page.emulate_media(color_scheme="dark")
    try:
        return violations(page, CONTRAST, "dark")
    finally:
        page.emulate_media(color_scheme="light")


def sideways(page: Page) -> list[str]:
    """A page never scrolls sideways, on the narrowest phone or with letters twice as large."""
    before = page.viewport_size
    page.set_viewport_size({"width": NARROW, "height": 640})
    narrow = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size(before)
    return [f"{narrow} px wide on {NARROW} px"] if narrow > NARROW else []


def unsaid(page: Page, foot: str) -> list[str]:
    said = " ".join(page.locator("footer").inner_text().split())
    return [f"the foot lacks {text!r}" for text in (HOTLINE, foot) if text not in said]


def shouting(page: Page) -> list[str]:
    filled = page.locator("main .btn-primary:visible").count()
    return [f"{filled} filled buttons"] if filled > 1 else []
