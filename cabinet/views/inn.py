from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.owner import person_of
from cabinet.inn_page import inn_page
from common.clock import today


@require_safe
def inn(request: HttpRequest) -> HttpResponse:
    context = {"page": inn_page(person_of(request)), "today": today()}
    return render(request, "cabinet/inn.html", context)
