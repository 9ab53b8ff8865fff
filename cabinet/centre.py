"""Where the centre is and when it is open, as the settings say it."""

from django.conf import settings
from django.utils.translation import gettext as _


def centre() -> dict[str, str]:
    """What is not said is empty: pages name the hotline instead."""
    return {
        "office": settings.CENTRE_OFFICE,
        "address": settings.CENTRE_ADDRESS,
        "window": settings.CENTRE_WINDOW,
        "hours": settings.CENTRE_HOURS or _every_day(),
    }


def _every_day() -> str:
    opens, _to, closes = settings.CENTRE_OPEN.partition("-")
    told = {"opens": opens, "closes": closes}
    return _("every day from %(opens)s to %(closes)s") % told if closes else ""
