"""The stop before money is given: what is already paid is read, then one goes on or not.

What was read is named by a fingerprint. A form that takes money sends it along; for pages that
are only looked at, a receipt with its QR among them, the session remembers the last one.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.owner import person_of
from payments.models import Receipt
from payments.pages.already_paid import what_is_paid
from payments.services.online.credits import surplus_of
from payments.services.online.open_pages import ask_about_open_pages, open_pages
from payments.stop import Stop

OWN = {"csrfmiddlewaretoken", "known"}
READ = "stop_read"  # in the session
LOOKED_AT = "looked_at"  # a field of the form: the page comes after it, and no payment


def stopped(
    request: HttpRequest, title: str, *, months: int, bank: bool = False
) -> HttpResponse | None:
    """The page of what is already paid; None when nothing is, or when this was just read.

    Its form sends everything again, with what was read in `known`. Paying at a `bank`, or by
    somebody else's hand, is held up by an open payment page, too: online it would be opened again.
    """
    ask_about_open_pages(person=person_of(request))
    stop = _stop(request, months, bank)
    if stop is None:
        return None
    if request.POST.get("known") == stop.fingerprint:
        request.session[READ] = stop.fingerprint
        return None
    return _page(request, title, stop, sent=_sent(request))


def stopped_before_looking(
    request: HttpRequest, title: str, paper: Receipt, *, bank: bool
) -> HttpResponse | None:
    """As `stopped`, before a page by which an older paper can be paid; it leads back there."""
    ask_about_open_pages(person=person_of(request))
    stop = _stop(request, paper.months, bank)
    if LOOKED_AT in request.POST:
        request.session[READ] = request.POST.get("known", "")
        return redirect(request.get_full_path())
    if stop is None or is_read(request, stop):
        return None
    return _page(request, title, stop, sent=[(LOOKED_AT, "1")])


def unread(request: HttpRequest, paper: Receipt) -> bool:
    """Whether something that this person has not read stands before paying this paper at a bank.

    The acquirer is not asked: the page of the receipt, where its files are, just did.
    """
    stop = _stop(request, paper.months, bank=True)
    return stop is not None and not is_read(request, stop)


def is_read(request: HttpRequest, stop: Stop) -> bool:
    return request.session.get(READ) == stop.fingerprint


def _stop(request: HttpRequest, months: int, bank: bool) -> Stop | None:
    person = person_of(request)
    stop, _surplus = what_is_paid(person, months, open_pages(person) if bank else ())
    return stop


def _page(request: HttpRequest, title: str, stop: Stop, *, sent) -> HttpResponse:
    context = {"title": title, "stop": stop, "sent": sent}
    if stop.over:
        context["surplus"] = surplus_of(person_of(request))
    return render(request, "payments/stop.html", context)


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    fields = request.POST.lists()
    return [(name, value) for name, values in fields if name not in OWN for value in values]
