from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.owner import person_of
from patents.models import Application
from payments.facts import standing_of


@require_safe
def patent(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    applications = Application.objects.of(request.user).select_related("patent")
    context = {
        "person": person,
        "standing": standing_of(person),
        "applications": applications,
        "passport": person.passports.current().first(),
    }
    return render(request, "cabinet/patent.html", context)
