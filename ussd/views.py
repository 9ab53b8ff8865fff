import re

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from ussd import services
from ussd.callers import is_aggregator, is_operator
from ussd.incoming import Garbage, fields

PLAIN = "text/plain; charset=utf-8"
NUMBER = re.compile(r"[!-~]{1,60}")
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


@csrf_exempt
@login_not_required
@require_POST
def sms_to_centre(request: HttpRequest, provider: str, secret: str) -> HttpResponse:
    """An operator brings an SMS that somebody wrote to us; "100" is the answer they wait for."""
    if not is_operator(provider, secret):
        raise Http404
    try:
        brought = _brought(fields(request))
    except Garbage as garbage:
        return HttpResponseBadRequest(str(garbage), content_type=PLAIN)
    services.take_in(provider=provider, **brought)
    return HttpResponse("100", content_type=PLAIN)


def _brought(told: dict[str, str]) -> dict[str, str]:
    if not NUMBER.fullmatch(told.get("id", "")) or not told.get("phone"):
        raise Garbage("id and phone are needed")
    return {"number": told["id"], "phone": told["phone"], "text": told.get("text", "")}
