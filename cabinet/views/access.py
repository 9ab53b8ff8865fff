from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cabinet import access_log
from cabinet.views.people import person_of


@require_safe
def who_looked(request: HttpRequest) -> HttpResponse:
    looks = access_log.seen(person_of(request))
    return render(request, "cabinet/access_log.html", {"looks": looks})
