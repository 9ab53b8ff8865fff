from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cabinet.happened import happened
from cabinet.views.people import person_of


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    return render(request, "cabinet/history.html", {"entries": happened(person_of(request))})
