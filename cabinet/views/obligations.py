from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.owner import person_of
from cabinet.deadlines import deadlines
from cabinet.models import Obligation
from common.clock import today
from payments.facts import standing_of


@require_safe
def obligations(request: HttpRequest) -> HttpResponse:
    standing = standing_of(person_of(request))
    days = deadlines(standing)
    rows = [(row, days.get(row.deadline)) for row in Obligation.objects.shown(today())]
    context = {"rows": rows, "standing": standing, "has_days": bool(days), "today": today()}
    return render(request, "cabinet/obligations.html", context)
