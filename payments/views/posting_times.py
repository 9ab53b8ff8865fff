"""How long posting takes now, for everybody with a cabinet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from payments import posting_times


@never_cache
@require_safe
def times(request: HttpRequest) -> HttpResponse:
    found = posting_times.times_now()
    bars = posting_times.bars(found) if found.is_enough else []
    context = {"times": found, "bars": bars, "weeks": posting_times.WEEKS}
    return render(request, "payments/posting_times.html", context)
