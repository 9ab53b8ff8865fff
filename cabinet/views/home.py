from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.contacts import hold_of, wants_own_number
from accounts.owner import person_of
from cabinet.buttons import button, links
from cabinet.happened import happened
from patents.services import current_inn
from payments.facts import standing_of
from payments.sentence import sentence

NEWS = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    standing = standing_of(person)
    said = sentence(standing)
    context = {
        "person": person,
        "standing": standing,
        "sentence": said,
        "button": button(said),
        "links": links(standing),
        "inn": current_inn(person),
        "news": happened(person, NEWS),
        "hold": hold_of(person),
        "wants_own_number": wants_own_number(person),
    }
    return render(request, "cabinet/home.html", context)
