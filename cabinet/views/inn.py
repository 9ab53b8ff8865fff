from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.owner import person_of


@require_safe
def inn(request: HttpRequest) -> HttpResponse:
    return render(request, "cabinet/inn.html", {"inn": person_of(request).inns.current().first()})
