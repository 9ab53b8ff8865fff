from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.owner import person_of
from cabinet import calendar_file
from common.clock import now, today
from payments import history
from payments.facts import standing_of
from payments.pricing import Prices


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    standing = standing_of(person_of(request))
    body = calendar_file.calendar_of(standing, now=now(), host=request.get_host())
    return _download(body, "patent.ics")


@require_safe
def payments_calendar(request: HttpRequest) -> HttpResponse:
    """All payments to the end of the patent's year."""
    standing = standing_of(person_of(request))
    coming = history.to_pay(standing, Prices(today()).on)
    body = calendar_file.payments_calendar(standing, coming, now=now(), host=request.get_host())
    return _download(body, "payments.ics")


def _download(body: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=calendar_file.MIME)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
