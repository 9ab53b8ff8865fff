from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.owner import person_of
from cabinet.calendar_file import MIME, calendar_of
from common.clock import now
from payments.facts import standing_of


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    standing = standing_of(person_of(request))
    body = calendar_of(standing, now=now(), host=request.get_host())
    answer = HttpResponse(body, content_type=MIME)
    answer["Content-Disposition"] = 'attachment; filename="patent.ics"'
    return answer
