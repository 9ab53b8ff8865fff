from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.owner import person_of
from cabinet.front import home_page


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse(home_page(request, person_of(request)))
