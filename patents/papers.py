"""Numbers of papers as people type them: normalised, checked loosely (domain facts 5.2)."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.papers import compact, passport
from common.identifiers import SEPARATORS

__all__ = ["is_patent_number", "migration_card", "passport", "patent_number"]


def migration_card(text: str) -> str:
    """«4615 1234567»; other forms are kept without spaces. Their format is not confirmed."""
    number = compact(text)
    if not re.fullmatch(r"[A-Z0-9]{5,19}", number):
        raise ValidationError(
            _("A migration card has a series and a number. Example: 4615 1234567."),
            code="migration_card",
        )
    return f"{number[:4]} {number[4:]}" if re.fullmatch(r"[0-9]{11}", number) else number


def is_patent_number(series: str, number: str) -> bool:
    """As it is stored: two digits and ten."""
    return re.fullmatch(r"[0-9]{2}/[0-9]{10}", f"{series}/{number}") is not None


def patent_number(series: str, number: str) -> tuple[str, str]:
    """Series of two digits and number of ten; anything else raises ValidationError."""
    found = SEPARATORS.sub("", series), SEPARATORS.sub("", number)
    if not is_patent_number(*found):
        raise ValidationError(
            _("A patent has a series of two digits and a number of ten digits."), code="patent"
        )
    return found
