"""Numbers that an SMS cannot reach, or may not be sent to."""

from functools import lru_cache

import phonenumbers
from django.conf import settings
from django.utils.translation import gettext
from phonenumbers import NumberParseException, PhoneNumberType

from notifications.failures import Failure

# Unknown types are let through: a new range of numbers is older in life than in the tables.
TAKE_NO_SMS = frozenset(
    {
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.UAN,
        PhoneNumberType.VOICEMAIL,
    }
)


def refusal(phone: str) -> str:
    """Why no SMS goes to this E.164 number: a code of `failures`, or '' when one may.

    A number that we may not send to costs nothing and is asked of no operator.
    """
    return _refusal(phone, tuple(settings.SMS_PREFIXES))


@lru_cache(maxsize=4096)
def _refusal(phone: str, prefixes: tuple[str, ...]) -> str:
    try:
        number = phonenumbers.parse(phone)
    except NumberParseException:
        return Failure.NO_SUCH_NUMBER
    if not phonenumbers.is_possible_number(number):
        return Failure.NO_SUCH_NUMBER
    if not phone.removeprefix("+").startswith(prefixes):
        return Failure.NOT_ALLOWED
    takes_none = phonenumbers.number_type(number) in TAKE_NO_SMS
    return Failure.TAKES_NO_SMS if takes_none else ""


def advice(phone: str) -> str:
    """What to do about a number that no SMS goes to, for whoever types it; '' when one does."""
    match refusal(phone):
        case "":
            return ""
        case Failure.TAKES_NO_SMS:
            return gettext(
                "This is a landline or a service number: no SMS comes to it. Type a mobile phone."
            )
        case Failure.NOT_ALLOWED:
            return gettext(
                "We send no SMS to numbers of this country. Type a Russian mobile phone."
            )
        case _:
            return gettext("There is no such number. Check its digits.")
