"""Numbers that people and machines write: normalised, checked, masked."""

import re

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.ru import inn as stdnum_inn

SEPARATORS = re.compile(r"[\s\-‐‑–—_./№#]+")


def application_number(text: str) -> str:
    """The number as digits, leading zeros kept; anything else raises ValidationError."""
    number = SEPARATORS.sub("", text)
    if not re.fullmatch(settings.APPLICATION_NUMBER_PATTERN, number, re.ASCII):
        raise ValidationError(
            _("The application number has only digits, 6 to 10 of them. Example: 1381161."),
            code="application_number",
        )
    return number


def phone(text: str) -> str:
    """A phone as +79161234567; eleven digits with 8 in front and ten digits are Russian."""
    cleaned = re.sub(r"[^\d+]", "", text)
    if re.search(r"[^\W\d_]", text):
        raise ValidationError(_("The phone has only digits. Example: 8 916 123-45-67."), code="phone")
    if len(cleaned) == 11 and cleaned[0] == "7":
        cleaned = f"+{cleaned}"
    try:
        number = phonenumbers.parse(cleaned, "RU")
    except phonenumbers.NumberParseException as error:
        raise ValidationError(PHONE_HINT, code="phone") from error
    if not phonenumbers.is_possible_number(number):
        raise ValidationError(PHONE_HINT, code="phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


PHONE_HINT = _("Check the phone: digits are missing or extra. Example: 8 916 123-45-67.")


def mask_phone(number: str) -> str:
    """«+7 ··· ··· 45-67»: enough to recognise one's own."""
    return f"{number[:2]} ··· ··· {number[-4:-2]}-{number[-2:]}"


def inn(text: str) -> str:
    """A person's INN: 12 digits with right check digits, not starting with 00 (domain facts 5.1)."""
    number = SEPARATORS.sub("", text)
    if len(number) != 12 or number.startswith("00") or not stdnum_inn.is_valid(number):
        raise ValidationError(
            _("This INN does not pass its check. An INN has 12 digits; look at each one again."),
            code="inn",
        )
    return number
