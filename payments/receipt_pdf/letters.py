"""Letters that the sheet's font does not have: their words are printed in Latin ones.

The bank's QR keeps the name as it is written; only what the paper shows is spelled.
"""

from functools import cache
from unicodedata import normalize

from anyascii import anyascii
from reportlab.pdfbase import pdfmetrics

from payments.receipt_pdf.paper import BOLD, REGULAR, register_fonts

LATIN = "(латиницей)"


def are_known(text: str) -> bool:
    """Whether both faces of the font draw every letter."""
    return {ord(letter) for letter in normalize("NFC", text)} <= _known()


def spelled(text: str) -> str:
    """The text with each word that cannot be drawn in Latin letters; the others stay."""
    words = normalize("NFC", text).split(" ")
    return " ".join(word if are_known(word) else _in_latin(word) for word in words)


def name(full: str, latin: str = "") -> str:
    """A name as the paper can show it: the passport's Latin one before a spelling of ours."""
    if are_known(full):
        return full
    return f"{latin or spelled(full)} {LATIN}"


def _in_latin(word: str) -> str:
    """Scripts without capitals are spelled as a name is: «Beridze», «Xiaolong»."""
    plain = anyascii(word)
    has_cases = word.lower() != word.upper()
    return plain if has_cases and not plain.islower() else plain.capitalize()


@cache
def _known() -> frozenset[int]:
    register_fonts()
    faces = (pdfmetrics.getFont(font).face.charToGlyph for font in (REGULAR, BOLD))
    first, second = (frozenset(face) for face in faces)
    return (first & second) | frozenset(map(ord, " \u00a0\n\t"))
