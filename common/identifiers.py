"""Numbers that people and machines write: normalised, checked, masked."""

import re
import unicodedata
from operator import mul

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.ru import inn as stdnum_inn

POSSIBLE = phonenumbers.ValidationResult.IS_POSSIBLE  # and not merely within a town
INN_WEIGHTS = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)  # of the twelfth digit; from the second, the 11th
SEPARATORS = re.compile(r"[\s\-‐‑–—_./№#]+")


def _ascii_digits(text: str) -> str:
    """Keyboards of other languages write other digits; the numbers are the same."""
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text)


def digits(text: str) -> str:
    """The digits of a code, whatever keyboard and spaces; other signs stay and will not fit."""
    return SEPARATORS.sub("", _ascii_digits(text))


def application_number(text: str) -> str:
    """The number as digits, leading zeros kept; anything else raises ValidationError."""
    number = SEPARATORS.sub("", _ascii_digits(text))
    if not re.fullmatch(settings.APPLICATION_NUMBER_PATTERN, number, re.ASCII):
        raise ValidationError(
            _("The application number has only digits, 6 to 10 of them. Example: 1381161."),
            code="application_number",
        )
    return number


def phone(text: str) -> str:
    """A phone as +79161234567; ten digits, and eleven with 8 in front, are Russian.

    Eleven and more digits with anything else in front carry the code of their country, with a
    plus or without. Anything else raises ValidationError.
    """
    if re.search(r"[^\W\d_]", text):
        raise ValidationError(
            _("The phone has only digits. Example: 8 916 123-45-67."), code="phone"
        )
    try:
        number = phonenumbers.parse(_dialled(_ascii_digits(text)), "RU")
    except phonenumbers.NumberParseException as error:
        raise ValidationError(PHONE_HINT, code="phone") from error
    if phonenumbers.is_possible_number_with_reason(number) != POSSIBLE or _lost_a_digit(number):
        raise ValidationError(PHONE_HINT, code="phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _lost_a_digit(number: phonenumbers.PhoneNumber) -> bool:
    """«8 916 123-45-6» has ten digits and looks whole; no Russian mobile begins with 8."""
    return number.country_code == 7 and str(number.national_number).startswith("8")


def _dialled(text: str) -> str:
    digits = re.sub(r"\D", "", text)
    abroad = len(digits) > 10 and not digits.startswith("8")
    return f"+{digits}" if abroad or text.strip().startswith("+") else digits


PHONE_HINT = _("Check the phone: digits are missing or extra. Example: 8 916 123-45-67.")


def mask_number(number: str) -> str:
    """«26•••••163» of a patent or an application: its owner's paper has the rest."""
    shown = number[:2] if len(number) > 5 else ""
    return shown + "•" * (len(number) - len(shown) - 3) + number[-3:]


def mask_phone(number: str) -> str:
    """«+7 ··· ··· 45-67» of an E.164 number: enough to recognise one's own."""
    try:
        code = phonenumbers.parse(number).country_code
    except phonenumbers.NumberParseException:
        return "···"
    return f"+{code} ··· ··· {number[-4:-2]}-{number[-2:]}"


def mask_email(address: str) -> str:
    """«t···@mail.ru»: enough to recognise one's own."""
    name, _at, host = address.rpartition("@")
    return f"{name[:1]}···@{host}"


def is_inn_of_a_person(text: str) -> bool:
    """Twelve digits and nothing else, the last two as computed (domain facts 5.1)."""
    if len(text) != 12 or not (text.isascii() and text.isdigit()):
        return False
    digits = [ord(digit) - 48 for digit in text]
    eleventh = sum(map(mul, digits, INN_WEIGHTS[1:])) % 11 % 10
    twelfth = sum(map(mul, digits, INN_WEIGHTS)) % 11 % 10
    return digits[10:] == [eleventh, twelfth]


def inn(text: str) -> str:
    """A person's INN: 12 digits, the last two as computed, not 00 in front (domain facts 5.1)."""
    number = SEPARATORS.sub("", _ascii_digits(text))
    if len(number) != 12 or number.startswith("00") or not stdnum_inn.is_valid(number):
        raise ValidationError(
            _("This INN does not pass its check. An INN has 12 digits; look at each one again."),
            code="inn",
        )
    return number
