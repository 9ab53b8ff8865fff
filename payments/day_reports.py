"""What the staff's reports of a day share."""

from datetime import date

from django.http import Http404


def asked_day(text: str, *, otherwise: date) -> date:
    """The day of an address, or another one where it names none; a day that is none is a 404."""
    try:
        return date.fromisoformat(text) if text else otherwise
    except ValueError:
        raise Http404 from None
