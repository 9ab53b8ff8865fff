from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts import timeline
from accounts.contacts import hold_of, wants_own_number
from accounts.models import Person
from cabinet import access_log
from cabinet.buttons import button, links
from common.clock import today
from notifications.models import Message
from patents.models import Application
from patents.services import current_inn
from payments.facts import standing_of
from payments.models import Tariff
from payments.sentence import sentence

NEWS = 5


@login_not_required
@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    tariff = Tariff.objects.on(today(), settings.REGION).first()
    return render(request, "cabinet/landing.html", {"tariff": tariff})


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    standing = standing_of(person)
    said = sentence(standing)
    context = {
        "person": person,
        "standing": standing,
        "sentence": said,
        "button": button(said),
        "links": links(standing),
        "inn": current_inn(person),
        "news": _timeline(person)[:NEWS],
        "hold": hold_of(person),
        "wants_own_number": wants_own_number(person),
    }
    return render(request, "cabinet/home.html", context)


@require_safe
def patent(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    applications = Application.objects.of(request.user).select_related("patent")
    context = {
        "person": person,
        "standing": standing_of(person),
        "applications": applications,
        "passport": person.passports.current().first(),
    }
    return render(request, "cabinet/patent.html", context)


@require_safe
def inn(request: HttpRequest) -> HttpResponse:
    return render(request, "cabinet/inn.html", {"inn": _person(request).inns.current().first()})


@require_safe
def tariffs(request: HttpRequest) -> HttpResponse:
    rows = Tariff.objects.filter(region=settings.REGION).order_by("-valid_from")
    return render(request, "cabinet/tariffs.html", {"tariffs": rows, "today": today()})


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    return render(request, "cabinet/history.html", {"entries": _timeline(_person(request))})


@require_safe
def who_looked(request: HttpRequest) -> HttpResponse:
    looks = access_log.seen(_person(request))
    return render(request, "cabinet/access_log.html", {"looks": looks})


@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    rows = Message.objects.of(_person(request).pk).exclude(text="")
    return render(request, "cabinet/messages.html", {"rows": rows[:100]})


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "cabinet/help.html")


@login_not_required
@require_safe
def no_access(request: HttpRequest) -> HttpResponse:
    context = {
        "office": settings.CENTRE_OFFICE,
        "window": settings.CENTRE_WINDOW,
        "hours": settings.CENTRE_HOURS,
    }
    return render(request, "cabinet/no_access.html", context)


def _person(request: HttpRequest) -> Person:
    """Whose cabinet it is; staff have no person and find nothing here."""
    return get_object_or_404(Person, user=request.user)


def _timeline(person: Person) -> list[tuple]:
    return [(entry, timeline.words(entry)) for entry in person.timeline.all()[:200]]


def bad_request(request: HttpRequest, exception=None) -> HttpResponse:
    return _error(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception=None) -> HttpResponse:
    return _error(request, HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception=None) -> HttpResponse:
    return _error(request, HTTPStatus.NOT_FOUND)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "cabinet/errors/csrf.html", status=HTTPStatus.FORBIDDEN)


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    return _error(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def _error(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    return render(request, f"cabinet/errors/{status.value}.html", status=status)
