from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.owner import person_of
from cabinet import access_log


@require_safe
def who_looked(request: HttpRequest) -> HttpResponse:
    looks = access_log.seen(person_of(request))
    return render(request, "cabinet/access_log.html", {"looks": looks})
