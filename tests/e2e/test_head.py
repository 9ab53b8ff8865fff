"""The head of a page on a phone leaves the screen to the page."""

import pytest

pytestmark = pytest.mark.e2e
MOST = 150  # px, of the head and the menu together


def height(page) -> float:
    parts = page.locator("header.top, nav.tabs").all()
    return sum(part.bounding_box()["height"] for part in parts)


@pytest.mark.parametrize("language", ["ru-RU", "en-US", "az"])
def test_the_head_of_a_phone_is_low_before_the_door(portal, opened, language):
    page = opened(locale=language)
    for path in ("/", "/login/", "/services/status/"):
        page.goto(f"{portal.url}{path}")
        assert height(page) < MOST, path


def test_the_head_and_the_menu_of_a_cabinet_are_low(portal, opened, signed_in):
    page = opened(signed_in("1381161"))
    page.goto(f"{portal.url}/cabinet/")

    assert page.locator("nav.tabs").count() == 1
    assert height(page) < MOST
