"""Kept cheques as pages of one document: photos are drawn, PDFs are bound in at its end."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import BinaryIO

from django.db.models.fields.files import FieldFile
from PIL import Image, ImageOps
from pypdf import PageObject, PdfReader, PdfWriter

logger = logging.getLogger(__name__)

LONGEST_SIDE = 1400
MOST_BYTES = 40 * 1024 * 1024
MOST_PAGES = 5  # a cheque has one or two; a longer file is no cheque
ACTIVE = ("/Annots", "/AA")  # links, forms and scripts of a stranger's file stay outside


@dataclass(frozen=True, slots=True)
class Bound:
    """What can be shown of a cheque; neither a picture nor pages: it stays a file of its own."""

    picture: BytesIO | None = None
    pages: list[PageObject] = field(default_factory=list)

    @property
    def is_inside(self) -> bool:
        return bool(self.picture or self.pages)


def opened(cheques: Iterable[FieldFile]) -> list[Bound]:
    """Each stored file in its turn, while all of them together stay small enough to hold."""
    found, room = [], MOST_BYTES
    for cheque in cheques:
        content = _read(cheque)
        room -= len(content)
        found.append(_opened(cheque, content) if content and room >= 0 else Bound())
    return found


def _read(cheque: FieldFile) -> bytes:
    try:
        with cheque.open("rb") as file:
            return file.read()
    except OSError:
        logger.warning("cheque %s is not in the storage", cheque.name)
        return b""


def _opened(cheque: FieldFile, content: bytes) -> Bound:
    """An unreadable file is no reason to refuse the whole year."""
    try:
        if content.startswith(b"%PDF-"):
            return Bound(pages=_pages(content))
        return Bound(picture=_picture(content))
    # The readers raise nearly anything at a broken file.
    except Exception as error:
        logger.warning("cheque %s cannot be bound: %s", cheque.name, type(error).__name__)
        return Bound()


def bind(book: BinaryIO, pages: list[PageObject], target: BinaryIO) -> None:
    """The book, its title and its language, with the pages after its own."""
    book.seek(0)
    writer = PdfWriter(clone_from=PdfReader(book))
    for page in pages:
        writer.add_page(page)
    writer.write(target)


def _pages(content: bytes) -> list[PageObject]:
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted or len(reader.pages) > MOST_PAGES:
        return []
    return [_still(page) for page in reader.pages]


def _still(page: PageObject) -> PageObject:
    for name in ACTIVE:
        page.pop(name, None)
    return page


def _picture(content: bytes) -> BytesIO:
    image = Image.open(BytesIO(content), formats=("JPEG",))
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = BytesIO()
    ImageOps.exif_transpose(image).convert("RGB").save(out, "JPEG", quality=75)
    return out
