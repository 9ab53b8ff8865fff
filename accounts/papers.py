"""Numbers of papers as people type them: normalised, checked loosely (domain facts 5.2)."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.identifiers import SEPARATORS

# A Russian keyboard writes these letters of a passport in Cyrillic; they look the same.
LONGEST = 12  # signs of a passport's number
LOOKALIKES = str.maketrans("АВЕКМНОРСТУХ", "ABEKMHOPCTYX")


def passport(text: str) -> str:
    """Series and number as printed, without spaces; anything else raises ValidationError."""
    number = compact(text)
    if not re.fullmatch(r"[A-Z0-9]{6,12}", number):
        raise ValidationError(
            _(
                "A passport has 6 to 12 Latin letters and digits. "
                "Type them as printed. Example: FA1234567."
            ),
            code="passport",
        )
    return number


def compact(text: str) -> str:
    """Capital Latin letters and digits, without what stands between them."""
    return SEPARATORS.sub("", text).upper().translate(LOOKALIKES)
