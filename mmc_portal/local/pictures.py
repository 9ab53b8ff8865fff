"""Pictures of the main pages for `docs/pictures`: a phone of 360 px and a screen of 1280 px.

Asks the portal that `make run` has started, as its demo people.
"""

import os
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image

from mmc_portal.local import browser

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
WIDTHS = {360: 740, 1280: 800}
PASSWORD = "demo-Parol-"
PUBLIC = {"landing": "/", "login": "/login/", "check": "/services/patent/", "words": "/help/words/"}
# Whose page it is: valid, on its way, not visible yet, lapsed.
OF_PEOPLE = {
    "1381161": {
        "home-valid": "/cabinet/",
        "payments": "/cabinet/payments/",
        "receipt-new": "/cabinet/receipts/new/",
        "patent": "/cabinet/patent/",
    },
    "1381163": {"home-on-its-way": "/cabinet/"},
    "1381165": {"home-not-visible-yet": "/cabinet/"},
    "1381164": {"home-lapsed": "/cabinet/"},
}


def take(url: str) -> int:
    """Write all pictures; returns how many."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.find(), args=["--no-sandbox"])
        taken = sum(_of_width(chromium, url, width) for width in WIDTHS)
        chromium.close()
    return taken


def _of_width(chromium, url: str, width: int) -> int:
    taken = _of_pages(_page(chromium, width), url, PUBLIC, width)
    for login, pages in OF_PEOPLE.items():
        page = _page(chromium, width)
        page.goto(f"{url}/login/")
        page.fill("[name=username]", login)
        page.fill("[name=password]", PASSWORD + login)
        page.click("main [type=submit]")
        page.wait_for_selector("#status")
        taken += _of_pages(page, url, pages, width)
    return taken


def _page(chromium, width: int):
    size = {"width": width, "height": WIDTHS[width]}
    return chromium.new_context(viewport=size, locale="ru-RU", reduced_motion="reduce").new_page()


def _of_pages(page, url: str, pages: dict[str, str], width: int) -> int:
    for name, path in pages.items():
        page.goto(f"{url}{path}", wait_until="networkidle")
        _keep(page.screenshot(), FOLDER / f"{name}-{width}.png")
    return len(pages)


def _keep(png: bytes, path: Path) -> None:
    """In 128 colours: a third of the bytes, and nobody sees it."""
    Image.open(BytesIO(png)).convert("RGB").quantize(128).save(path, optimize=True)


def main() -> int:
    url = os.environ.get("PORTAL_URL", f"http://127.0.0.1:{os.environ.get('PORT', 8000)}")
    print(f"{take(url)} pictures in {FOLDER}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
