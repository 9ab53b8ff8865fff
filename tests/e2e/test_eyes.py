"""Pages for eyes and hands that differ: fewer colours, forced colours, no motion, other scripts."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.e2e import states
from tests.e2e.looks import NARROW, faults, sideways
from tests.e2e.test_pages import (
    CABINET,
    CODES_AND_LINKS,
    IN_TRANSIT,
    LAPSED,
    OPEN_SERVICES,
    PUBLIC,
    RESET,
    UNSEEN,
    VALID,
)

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]
LATIN, MORE_LETTERS, LONG_WORDS = "uz", "tg", "az"
MOST_SEEN = ["/", "/login/", "/services/patent/", "/cabinet/", "/cabinet/receipts/new/"]
EVERY = PUBLIC + OPEN_SERVICES + CODES_AND_LINKS + RESET + CABINET
DEFICIENCIES = [
    "deuteranopia",
    "achromatopsia",
    *(pytest.param(one, marks=pytest.mark.long) for one in ["protanopia", "tritanopia"]),
]
READABLE = 4.5  # WCAG 2.2, 1.4.3
STATES = [VALID, IN_TRANSIT, UNSEEN, LAPSED]

MOVING = """() => [...document.querySelectorAll("*")].filter(one => {
    const style = getComputedStyle(one);
    const times = (style.transitionDuration + "," + style.animationDuration).split(",");
    return times.some(time => parseFloat(time) > 0.001);
}).length"""
# What only its background told from the rest is nothing once colours are the reader's own.
WITHOUT_EDGE = """() => [...document.querySelectorAll(
    "main .btn, .pill, .status, .sheet, .note, .badge, .year li, .months span, .form-control"
)].filter(one => one.getBoundingClientRect().width && !one.closest(".visually-hidden"))
  .filter(one => !parseFloat(getComputedStyle(one).borderTopWidth))
  .map(one => one.outerHTML.slice(0, 80))"""
# Words that their box hides: what scrolls is no loss, nor what is there for a reader alone.
CUT = """() => [...document.querySelectorAll("body *")].filter(one => {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && /hidden|clip/.test(style.overflowX + style.overflowY)
        && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
}).map(one => one.outerHTML.slice(0, 80))"""

# A radio of the months is drawn by the words beside it, and so is its focus.
OUTLINE = """() => {
    const one = document.activeElement, hidden = getComputedStyle(one).opacity === "0";
    const drawn = hidden ? one.nextElementSibling : one;
    const {outlineStyle, outlineWidth} = getComputedStyle(drawn);
    const seen = outlineStyle === "solid" && parseFloat(outlineWidth) >= 2;
    return one === document.body || seen ? null : one.outerHTML.slice(0, 80);
}"""
STEPS = 25

COLOURS = "[...document.querySelectorAll('.sheet .mute')].map(one => getComputedStyle(one).color)"
BOXES = """all => all.map(
    box => [box.textContent.split(":").pop().trim(), !!box.querySelector("use")])"""


def in_language(opened, state, language: str, portal) -> Page:
    page = opened(state, locale=language)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": portal.url}])
    return page


def found(page: Page, portal, paths: list[str], looker) -> list[str]:
    return [f"{path}: {fault}" for path in paths for fault in looker(goto(page, portal, path))]


def goto(page: Page, portal, path: str) -> Page:
    page.goto(f"{portal.url}{path}")
    return page


def sound(page: Page) -> list[str]:
    return faults(page, foot="")


# --- other scripts


def test_pages_in_latin_letters_are_sound(portal, opened, signed_in):
    page = in_language(opened, signed_in(IN_TRANSIT), LATIN, portal)

    assert found(page, portal, MOST_SEEN, sound) == []
    assert page.locator("html").get_attribute("lang") == LATIN


@pytest.mark.long
@pytest.mark.parametrize("language", [LATIN, MORE_LETTERS])
def test_every_page_in_another_script_is_sound(portal, opened, signed_in, language):
    page = in_language(opened, signed_in(IN_TRANSIT), language, portal)

    assert found(page, portal, EVERY, sound) == []


@pytest.mark.long
def test_long_words_do_not_make_a_page_wide(portal, opened, signed_in):
    page = in_language(opened, signed_in(IN_TRANSIT), LONG_WORDS, portal)

    assert found(page, portal, EVERY, sideways) == []


@pytest.mark.parametrize("letters", ["100%", "200%"])
def test_no_long_word_is_cut_on_the_narrowest_phone(portal, opened, signed_in, letters):
    page = in_language(opened, signed_in(IN_TRANSIT), LONG_WORDS, portal)
    page.set_viewport_size({"width": NARROW, "height": 640})

    def looked_at(one: Page) -> list[str]:
        one.evaluate("size => { document.documentElement.style.fontSize = size }", letters)
        return one.evaluate(CUT) + sideways(one)

    assert found(page, portal, MOST_SEEN, looked_at) == []


def test_the_look_for_cut_words_sees_one(opened):
    page = opened()
    page.set_content("<p style='width:3em;overflow:hidden;white-space:nowrap'>Azərbaycanca</p>")

    assert len(page.evaluate(CUT)) == 1


# --- motion, contrast, the reader's own colours


def test_nothing_moves_for_whoever_asked_for_stillness(portal, opened, signed_in):
    page = opened(signed_in(VALID))
    goto(page, portal, "/cabinet/")
    still = page.evaluate(MOVING)
    page.emulate_media(reduced_motion="no-preference")

    assert still == 0
    assert page.evaluate(MOVING) > 0  # the measure sees motion


def test_in_forced_colours_what_can_be_pressed_and_what_stands_apart_has_an_edge(
    portal, opened, signed_in
):
    page = opened(signed_in(IN_TRANSIT), forced_colors="active")

    assert found(page, portal, MOST_SEEN, lambda one: one.evaluate(WITHOUT_EDGE)) == []


def test_in_forced_colours_the_focus_is_seen_wherever_it_goes(portal, opened, signed_in):
    page = goto(
        opened(signed_in(IN_TRANSIT), forced_colors="active"), portal, "/cabinet/receipts/new/"
    )
    for _step in range(STEPS):
        page.keyboard.press("Tab")
        assert page.evaluate(OUTLINE) is None


def test_whoever_wants_more_contrast_has_no_pale_words(portal, opened, signed_in):
    page = opened(signed_in(VALID))
    goto(page, portal, "/cabinet/")
    pale = set(page.evaluate(COLOURS))
    page.emulate_media(contrast="more")
    ink = page.evaluate("getComputedStyle(document.body).color")

    assert ink not in pale
    assert set(page.evaluate(COLOURS)) == {ink}


# --- colours that are not seen


@pytest.mark.parametrize("kind", DEFICIENCIES)
def test_each_state_and_each_note_is_read_without_its_colours(portal, opened, signed_in, kind):
    page = goto(opened(signed_in("supervisor")), portal, "/examples/")
    said = page.locator(".status h3:visible, .note:visible").all()
    boxes = {one.inner_text(): one.bounding_box() for one in said}
    session = page.context.new_cdp_session(page)
    assert len(boxes) > len(states.STANDING)
    session.send("Emulation.setEmulatedVisionDeficiency", {"type": kind})
    whole = Image.open(BytesIO(page.screenshot(full_page=True))).convert("RGB")

    assert [one for one in boxes if contrast(cut(whole, boxes[one])) < READABLE] == []


@pytest.mark.long
def test_no_two_of_all_states_are_told_apart_by_colour_alone(
    portal, opened, signed_in, other_states
):
    told_apart(portal, opened, signed_in, [*STATES, *states.STANDING])


def test_no_two_states_are_told_apart_by_colour_alone(portal, opened, signed_in):
    told_apart(portal, opened, signed_in, STATES)


def told_apart(portal, opened, signed_in, logins) -> None:
    signs = {}
    for login in logins:
        page = goto(opened(signed_in(login)), portal, "/cabinet/")
        status = page.locator("#status")
        sign = status.locator("use").first.get_attribute("href")
        line = status.evaluate("one => getComputedStyle(one).borderTopStyle")
        signs[status.get_attribute("data-state")] = (sign, line, status.inner_text().split("\n")[0])

    assert len({words for _sign, _line, words in signs.values()}) == len(signs)
    assert len({(sign, line) for sign, line, _words in signs.values()}) > len(signs) // 2


def test_each_box_of_the_year_says_its_state_in_words_and_by_a_sign(portal, opened, signed_in):
    page = goto(opened(signed_in(IN_TRANSIT)), portal, "/cabinet/")
    boxes = page.locator(".year li").evaluate_all(BOXES)

    assert len(boxes) == 12
    assert dict(boxes) == {"оплачен": True, "деньги в пути": True, "ещё не скоро": False}


def cut(whole: Image.Image, box: dict[str, float]) -> Image.Image:
    left, top = box["x"], box["y"]
    return whole.crop([int(side) for side in (left, top, left + box["width"], top + box["height"])])


def contrast(picture: Image.Image) -> float:
    """Of the words and what lies behind them: the darkest and the most frequent colour."""
    colours = sorted(picture.getcolors(1 << 24), reverse=True)
    behind = luminance(colours[0][1])
    words = min(luminance(colour) for _count, colour in colours)
    return (behind + 0.05) / (words + 0.05)


def luminance(colour: tuple[int, int, int]) -> float:
    """WCAG 2.2, relative luminance."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
              for part in (value / 255 for value in colour)]  # fmt: skip
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
