from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cabinet.prices import prices_on
from common.clock import today


@require_safe
def tariffs(request: HttpRequest) -> HttpResponse:
    context = {"prices": prices_on(today()), "today": today()}
    return render(request, "cabinet/tariffs.html", context)
