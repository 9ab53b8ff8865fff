"""Pictures of cheques: what is taken in, and how it is handed out again."""

import warnings
from io import BytesIO
from pathlib import PurePath
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MAX_BYTES = 5 * 1024 * 1024
LONGEST_SIDE = 2400
MOST_PIXELS = 60_000_000
PICTURES = ("JPEG", "PNG")
TYPES = {".jpg": "image/jpeg", ".pdf": "application/pdf"}


def taken_in(upload: UploadedFile) -> ContentFile:
    """A photo is drawn anew, so that nothing else of the file is kept; a PDF stays as it is.

    The name is random. Raises ValidationError with a sentence.
    """
    if upload.size > MAX_BYTES:
        raise ValidationError(_("The file is bigger than 5 MB. Choose a smaller one."))
    content = upload.read(MAX_BYTES + 1)
    if content.startswith(b"%PDF-"):
        return ContentFile(content, name=f"cheques/{uuid4().hex}.pdf")
    return ContentFile(_drawn_anew(content), name=f"cheques/{uuid4().hex}.jpg")


def answer(file) -> FileResponse:
    """The file to save, never to open inside our pages: a PDF may hold anything."""
    suffix = PurePath(file.name).suffix
    response = FileResponse(
        file.open("rb"),
        as_attachment=True,
        filename=f"cheque{suffix}",
        content_type=TYPES.get(suffix, "application/octet-stream"),
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def _drawn_anew(content: bytes) -> bytes:
    try:
        with warnings.catch_warnings():
            # A small file may unpack into gigabytes: Pillow warns, we refuse.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _jpeg(Image.open(BytesIO(content), formats=PICTURES))
    except ValidationError:
        raise
    # Pillow lets its decoders raise nearly anything at a broken file.
    except Exception as error:
        raise ValidationError(
            _("This is not a picture that we can open. Send a photo (JPG, PNG) or a PDF.")
        ) from error


def _jpeg(picture: Image.Image) -> bytes:
    if picture.width * picture.height > MOST_PIXELS:
        raise ValidationError(_("The picture is too big. Take the photo again, smaller."))
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    picture = ImageOps.exif_transpose(picture)
    drawn = Image.new("RGB", picture.size, "white")
    picture = picture.convert("RGBA")
    drawn.paste(picture, mask=picture)
    out = BytesIO()
    drawn.save(out, "JPEG", quality=85)
    return out.getvalue()
