from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.owner import person_of
from cabinet.front import front_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "cabinet/home.html", {"front": front_of(person_of(request))})
