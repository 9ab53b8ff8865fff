from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cabinet.centre import centre
from common.clock import today
from payments.models import Tariff


@login_not_required
@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    tariff = Tariff.objects.on(today(), settings.REGION).first()
    return render(request, "cabinet/landing.html", {"tariff": tariff, "centre": centre()})
