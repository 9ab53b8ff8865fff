"""What a phone reads beside the sentences of `payments.sentence.ussd`. One screen each."""

from django.conf import settings
from django.utils.translation import gettext as _


def menu() -> str:
    return "\n".join([_("1. My INN"), _("2. Is the patent ready"), _("3. Term and payment")])


def unknown() -> str:
    return _("We do not know this number. Add it in the cabinet (Contacts) or at the centre.")


def which_of_several() -> str:
    return _("Several people have this number. Last 3 digits of your application?")


def no_such_digits() -> str:
    return _("These digits do not fit. Last 3 digits of the application?")


def nobody_is_guessed() -> str:
    return _("We cannot tell whose papers to show. Call %(hotline)s") % _hotline()


def over() -> str:
    return _("The time is over. Dial %(code)s again.") % {"code": settings.USSD_CODE}


def too_often() -> str:
    return _("Too many requests. Try again in an hour or call %(hotline)s") % _hotline()


def _hotline() -> dict:
    return {"hotline": settings.HOTLINE}
