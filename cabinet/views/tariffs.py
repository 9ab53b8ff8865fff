from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.clock import today
from payments.models import Tariff


@require_safe
def tariffs(request: HttpRequest) -> HttpResponse:
    rows = Tariff.objects.filter(region=settings.REGION).order_by("-valid_from")
    return render(request, "cabinet/tariffs.html", {"tariffs": rows, "today": today()})
