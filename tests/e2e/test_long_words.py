"""A reason or a name of 300 letters without a space stays inside its card, on any screen."""

from pathlib import Path

import django.contrib.admin
import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
PORTAL = ROOT / "static" / "css" / "portal.css"
ADMIN = Path(django.contrib.admin.__file__).parent / "static" / "admin" / "css"
SHEETS = [
    *(ADMIN / name for name in ("base.css", "changelists.css", "forms.css")),
    PORTAL,
    ROOT / "static" / "css" / "desk.css",
]
WORD = "Ж" * 300
CARD = f"""
<h1>{WORD}</h1>
<div class="module"><table><tr><th scope="row">Причина</th><td>{WORD}</td></tr></table></div>
<div id="changelist"><div class="results"><table><tr><th>{WORD}</th>
<td class="field-purpose">{WORD}</td></tr></table></div></div>
<div class="form-row"><div class="readonly">{WORD}</div></div>
"""
# A list scrolls within itself: there each cell must fit the screen, not all of them together.
OUTSIDE = """[...document.querySelectorAll("#content *")]
  .filter(e => !e.matches(".results table, .results tbody, .results tr"))
  .filter(e => { const box = e.getBoundingClientRect();
    return (e.closest(".results table") ? box.width : box.right) > innerWidth + 1 })
  .map(e => e.outerHTML.slice(0, 60))"""


def outside(page: Page, width: int, content: str, sheets: list[Path]) -> list[str]:
    """What of the content does not fit a screen of this width."""
    styles = "".join(sheet.read_text() for sheet in sheets)
    page.set_viewport_size({"width": width, "height": 800})
    page.set_content(f'<!doctype html><style>{styles}</style><div id="content">{content}</div>')
    return page.evaluate(OUTSIDE)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_long_word_stays_inside(page: Page, width):
    assert outside(page, width, CARD, SHEETS) == []


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_a_long_remark_on_a_paper_stays_inside_the_note_of_home(page: Page, width):
    note = render_to_string("cabinet/parts/to_mend.html", {"to_mend": [(WORD, WORD), ("", WORD)]})

    assert WORD in note
    assert outside(page, width, f'<main class="wrap">{note}</main>', [PORTAL]) == []
