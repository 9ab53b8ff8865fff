"""The slip with a one-time password: the answer to the POST that made it, and never shown again."""

import secrets

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache

from accounts.models import Person

SESSION_KEY = "slip_tickets"
KEPT = 20  # forms that a member of staff may have open at once


@never_cache
def render_slip(request, person: Person | None, number: str, password: str):
    """A printable A5 page in the person's language; `person` is None for a member of the staff."""
    context = {
        "person": person,
        "number": number,
        "password": password,
        "days": settings.TEMPORARY_PASSWORD_DAYS,
        "login_address": settings.PORTAL_URL + reverse("accounts:login"),
    }
    with translation.override(person.language if person else translation.get_language()):
        return render(request, "accounts/slip.html", context)


def new_ticket(request) -> str:
    """A ticket for one slip: stands in the form, so that reloading the answer prints nothing."""
    ticket = secrets.token_urlsafe(12)
    request.session[SESSION_KEY] = [*request.session.get(SESSION_KEY, []), ticket][-KEPT:]
    return ticket


def spend_ticket(request, ticket: str) -> bool:
    """True the first time."""
    tickets = request.session.get(SESSION_KEY, [])
    if ticket not in tickets:
        return False
    request.session[SESSION_KEY] = [kept for kept in tickets if kept != ticket]
    return True
