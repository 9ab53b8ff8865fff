import re

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from ussd import services
from ussd.callers import is_aggregator
from ussd.incoming import Garbage, fields

PLAIN = "text/plain; charset=utf-8"
SESSION = re.compile(r"[!-~]{1,100}")


@csrf_exempt
@login_not_required
@require_POST
def ussd(request: HttpRequest) -> HttpResponse:
    """A step of a dialogue (docs/ussd.md): CON and a question, or END and the last screen."""
    if not is_aggregator(request):
        raise Http404
    try:
        asked = _asked(fields(request))
    except Garbage as garbage:
        return HttpResponseBadRequest(f"END {garbage}", content_type=PLAIN)
    screen = services.answer(**asked)
    return HttpResponse(f"{'CON' if screen.asks else 'END'} {screen.text}", content_type=PLAIN)


def _asked(told: dict[str, str]) -> dict[str, str]:
    if not SESSION.fullmatch(told.get("session", "")) or not told.get("phone"):
        raise Garbage("session and phone are needed")
    return {name: told.get(name, "") for name in ("session", "phone", "code", "text")}
