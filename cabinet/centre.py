"""Where the centre is and when it is open, as the settings say it."""

from django.conf import settings


def centre() -> dict[str, str]:
    """What is not said is empty: pages name the hotline instead."""
    return {
        "office": settings.CENTRE_OFFICE,
        "address": settings.CENTRE_ADDRESS,
        "window": settings.CENTRE_WINDOW,
        "hours": settings.CENTRE_HOURS,
    }
