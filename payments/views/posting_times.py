"""How long posting takes now, for everybody: figures of all payments, and of nobody."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from payments import posting_times


@never_cache
@require_safe
def times(request: HttpRequest) -> HttpResponse:
    return _page(request, "cabinet/base.html")


@login_not_required
@never_cache
@require_safe
def times_for_all(request: HttpRequest) -> HttpResponse:
    """Before the door: for whoever has no login yet, or pays for another."""
    return _page(request, "base.html")


def _page(request: HttpRequest, layout: str) -> HttpResponse:
    found = posting_times.times_now()
    bars = posting_times.bars(found) if found and found.is_enough else []
    context = {"times": found, "bars": bars, "weeks": posting_times.WEEKS, "layout": layout}
    return render(request, "payments/posting_times.html", context)
