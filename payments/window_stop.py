"""What stands before a person pays at a bank with a paper of the window.

It is read to the person, and the session of whoever read it remembers the last one: whose it was
and what it said. Open payment pages belong to it, as in the cabinet.
"""

from django.http import HttpRequest

from accounts.models import Person
from payments.models import Receipt
from payments.pages.already_paid import what_is_paid
from payments.services.online.open_pages import open_pages
from payments.stop import Stop
from payments.till_forms import KnowsForm

READ = "stop_read_at_the_window"  # in the session


def before_paper(paper: Receipt) -> Stop | None:
    """Ask about open pages first, where somebody says that they read it."""
    stop, _surplus = what_is_paid(paper.person, paper.months, open_pages(paper.person))
    return stop


def unread_form(request: HttpRequest, paper: Receipt) -> KnowsForm:
    """The tick before printing; it asks for nothing where nothing is unread."""
    stop = before_paper(paper)
    unread = None if is_read(request, paper.person, stop) else stop
    return KnowsForm(stop=unread, auto_id="print_%s")


def remember(request: HttpRequest, person: Person, stop: Stop | None) -> None:
    if stop is not None:
        request.session[READ] = _named(person, stop)


def is_read(request: HttpRequest, person: Person, stop: Stop | None) -> bool:
    return stop is None or request.session.get(READ) == _named(person, stop)


def _named(person: Person, stop: Stop) -> str:
    return f"{person.pk}:{stop.fingerprint}"
