"""The stop before money is given: what is already paid is read, then one goes on or not."""

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.owner import person_of
from payments.facts import standing_of
from payments.services.credits import surplus_of
from payments.services.open_pages import ask_about_open_pages
from payments.stop import stop_before

OWN = {"csrfmiddlewaretoken", "known"}


def stopped(request: HttpRequest, title: str, *, months: int) -> HttpResponse | None:
    """The page of what is already paid; None when nothing is, or when this was just read.

    Its form sends everything again, with what was read in `known`.
    """
    person = person_of(request)
    ask_about_open_pages(person=person)
    surplus = surplus_of(person)
    over = surplus.amount if surplus.months else Decimal(0)
    stop = stop_before(standing_of(person), months, over)
    if stop is None or request.POST.get("known") == stop.fingerprint:
        return None
    context = {"title": title, "stop": stop, "surplus": surplus, "sent": _sent(request)}
    return render(request, "payments/stop.html", context)


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    fields = request.POST.lists()
    return [(name, value) for name, values in fields if name not in OWN for value in values]
