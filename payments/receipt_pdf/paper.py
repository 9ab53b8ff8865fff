"""The sheet, its two halves and its letters: what every part of the receipt measures by."""

from functools import cache
from importlib.resources import files

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD = "FiraSans", "FiraSans-Bold"

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN = 10 * mm
HALF_HEIGHT = (PAGE_HEIGHT - 2 * MARGIN) / 2
STUB = 52 * mm
PADDING = 3 * mm
CAPTION_SIZE = 6


@cache
def register_fonts() -> None:
    folder = files("fontpkg_fira_sans") / "files"
    for name, file in ((REGULAR, "FiraSans-Regular.ttf"), (BOLD, "FiraSans-Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, str(folder / file)))
