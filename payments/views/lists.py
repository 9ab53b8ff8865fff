"""Everything paid and to be paid, and the paper about money on its way."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.owner import person_of
from common import sheets
from common.clock import today
from payments import pages


@never_cache
@require_safe
def payment_list(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    context = pages.payments(person, pages.chosen(request.GET))
    return render(request, "payments/list.html", context | {"person": person, "today": today()})


@never_cache
@require_safe
def payment_sheet(request: HttpRequest) -> HttpResponse:
    """What the page shows with its filters, and the months to come, for Excel."""
    body = pages.sheet(person_of(request), pages.chosen(request.GET))
    answer = HttpResponse(body, content_type=sheets.MIME)
    answer["Content-Disposition"] = 'attachment; filename="payments.xlsx"'
    return answer
