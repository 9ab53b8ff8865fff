"""The slip with a one-time password: the answer to the POST that made it, and never shown again."""

import secrets
from dataclasses import dataclass

import segno
from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache

from accounts.models import Person
from accounts.services import slips
from common.languages import of_pages

SESSION_KEY = "slip_tickets"
KEPT = 20  # forms that a member of staff may have open at once
LONGEST_TOKEN = 64
PAPERS = ["A5", "A6"]
USSD = [
    gettext_noop("find out the INN"),
    gettext_noop("is the patent ready"),
    gettext_noop("until when the patent is valid, is a payment needed"),
]


@dataclass(frozen=True)
class Slip:
    """What stands on one sheet; `person` is None for a member of the staff."""

    person: Person | None
    number: str
    password: str
    recovery_code: str = ""
    address: str = ""
    qr: SafeString = SafeString("")

    @property
    def language(self) -> str:
        return of_pages(self.person.language) if self.person else translation.get_language()


def ussd_codes() -> list[tuple[str, str]]:
    """What to dial on the SIM card of the centre, and the msgid of what it answers."""
    stem = settings.USSD_CODE.removesuffix("#")
    return [(f"{stem}*{place}#", words) for place, words in enumerate(USSD, 1)]


def make(person: Person | None, number: str, password: str) -> Slip:
    """A sheet with a fresh QR token and recovery code; those of a slip before it stop working."""
    address = settings.PORTAL_URL + reverse("accounts:login")
    if person is None:
        return Slip(None, number, password, address=address)
    token = slips.issue_slip_token(number=number)
    code = slips.recovery_code_for_slip(person=person)
    return Slip(person, number, password, code, address, _qr(f"{address}?t={token}"))


def number_of_token(token: str) -> str | None:
    """The application number behind the QR of a slip, until somebody entered with it."""
    if not 0 < len(token) <= LONGEST_TOKEN:
        return None
    return slips.number_of_token(token=token)


@never_cache
def render_slip(request, person: Person | None, number: str, password: str):
    """A printable page in the person's language, on A5 or A6."""
    return render_slips(request, [make(person, number, password)])


@never_cache
def render_slips(request, sheets: list[Slip], results=None):
    """Sheets to print, each in its person's language; `results` is what a list says before them."""
    context = {
        "sheets": sheets,
        "ussd": ussd_codes(),
        "days": settings.TEMPORARY_PASSWORD_DAYS,
        "results": results,
        "paper": _paper(request),
    }
    language = sheets[0].language if len(sheets) == 1 and not results else None
    with translation.override(language or translation.get_language()):
        return render(request, "accounts/slip.html", context)


def _paper(request) -> str:
    """The size that was chosen with the button, else the last one of this member of the staff."""
    chosen = request.POST.get("paper")
    if chosen in PAPERS:
        request.session["paper"] = chosen
    return request.session.get("paper", PAPERS[0])


def _qr(address: str) -> SafeString:
    """An element of the page: its own address would need a place where the token is kept."""
    code = segno.make_qr(address, error="m")
    return mark_safe(code.svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None))


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
