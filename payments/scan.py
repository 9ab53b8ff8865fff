"""The codes of an uploaded picture or PDF: what a phone's camera would read from the paper."""

import warnings
from io import BytesIO

import pypdfium2
import zxingcpp
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from payments.cheques import MAX_BYTES, MOST_PIXELS, PICTURES

PAGES = 3  # of a PDF: a receipt has one, a folder of a year is no receipt
SCALE = 3  # 216 dots an inch: a dense code of 36 mm is read


def codes_in(upload: UploadedFile) -> list[bytes]:
    """The bytes of every code of the file; empty when there is none.

    Bytes and not text: a bank's code tells its own encoding. Raises ValidationError.
    """
    if upload.size > MAX_BYTES:
        raise ValidationError(_("The file is bigger than 5 MB. Choose a smaller one."))
    content = upload.read(MAX_BYTES + 1)
    try:
        with warnings.catch_warnings():
            # A small file may unpack into gigabytes: Pillow warns, we refuse.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            pictures = _pages(content) if content.startswith(b"%PDF-") else [_photo(content)]
            return [code.bytes for one in pictures for code in zxingcpp.read_barcodes(one)]
    # The libraries let their decoders raise nearly anything at a broken file.
    except Exception as error:
        raise ValidationError(
            _("This is not a picture that we can open. Send a photo (JPG, PNG) or a PDF.")
        ) from error


def _photo(content: bytes) -> Image.Image:
    picture = Image.open(BytesIO(content), formats=PICTURES)
    if picture.width * picture.height > MOST_PIXELS:
        raise ValueError("too many pixels")
    return ImageOps.exif_transpose(picture).convert("L")


def _pages(content: bytes) -> list[Image.Image]:
    with pypdfium2.PdfDocument(content) as document:
        return [_drawn(document[number]) for number in range(min(PAGES, len(document)))]


def _drawn(page) -> Image.Image:
    width, height = page.get_size()
    if width * height * SCALE**2 > MOST_PIXELS:
        raise ValueError("too many pixels")
    return page.render(scale=SCALE, grayscale=True).to_pil()
