from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.owner import person_of
from cabinet.happened import happened


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    return render(request, "cabinet/history.html", {"entries": happened(person_of(request))})
