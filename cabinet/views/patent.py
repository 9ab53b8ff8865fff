from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.owner import person_of
from cabinet.patent_page import patent_page
from payments.promises import standing_told_to


@require_safe
def patent(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    page = patent_page(person, standing_told_to(person))
    return render(request, "cabinet/patent.html", {"page": page, "standing": page.standing})
