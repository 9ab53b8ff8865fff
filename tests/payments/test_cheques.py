"""What becomes of an uploaded cheque before it is kept."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from payments import cheques


def photo(kind="JPEG", size=(40, 30), **more) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "red").save(out, kind, **more)
    return out.getvalue()


def taken(content: bytes, name="cheque.jpg"):
    return cheques.taken_in(SimpleUploadedFile(name, content))


def huge_png() -> bytes:
    """A small file that says it holds 20 000 by 20 000 pixels."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def test_a_photo_is_drawn_anew_and_loses_what_was_hidden_in_it():
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    sent = photo(exif=exif) + b"<script>"

    kept = taken(sent, "../../Каримов.jpg").read()

    assert Image.open(BytesIO(kept)).size == (40, 30)
    assert b"taken at home" not in kept
    assert b"<script>" not in kept


def test_the_name_is_random_and_tells_nothing():
    first, second = taken(photo(), "Каримов.jpg"), taken(photo(), "Каримов.jpg")

    assert first.name != second.name
    assert first.name.startswith("cheques/")
    assert "Каримов" not in first.name


def test_a_photo_that_lies_on_its_side_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6

    assert Image.open(taken(photo(exif=exif))).size == (30, 40)


def test_a_png_with_holes_becomes_a_picture_on_white():
    out = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")

    drawn = Image.open(taken(out.getvalue()))

    assert (drawn.format, drawn.getpixel((5, 5))) == ("JPEG", (255, 255, 255))


def test_a_big_photo_is_kept_smaller():
    assert max(Image.open(taken(photo(size=(5000, 200)))).size) == cheques.LONGEST_SIDE


def test_a_pdf_stays_as_it_is():
    kept = taken(b"%PDF-1.7 cheque", "cheque.pdf")

    assert (kept.read(), kept.name.endswith(".pdf")) == (b"%PDF-1.7 cheque", True)


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script>",
        b"GIF89a" + bytes(40),
        photo("GIF"),
        photo("TIFF"),
        photo()[:200],
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        b"",
        huge_png(),
    ],
    ids=["page", "false gif", "gif", "tiff", "cut photo", "false png", "empty", "bomb"],
)
def test_what_is_no_photo_or_pdf_is_refused_with_a_sentence(content):
    with pytest.raises(ValidationError):
        taken(content)


def test_a_file_of_more_than_five_megabytes_is_refused():
    with pytest.raises(ValidationError):
        taken(b"%PDF-" + bytes(cheques.MAX_BYTES))
