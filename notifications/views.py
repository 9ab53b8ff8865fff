import json

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseBadRequest, QueryDict
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from notifications import providers, services

LONGEST_JSON = 64 * 1024


@csrf_exempt
@login_not_required
@require_POST
def sms_receipt(request, provider, secret):
    """An operator tells what became of a message. "100" is the answer SMS.RU waits for."""
    _only_for_an_operator(provider, secret)
    try:
        receipts = providers.receipts_in(provider, _fields(request))
    except ValueError:
        return HttpResponseBadRequest("not a receipt", content_type="text/plain")
    services.receive_receipts(provider, receipts)
    return HttpResponse("100", content_type="text/plain")


def _only_for_an_operator(provider: str, secret: str) -> None:
    right = settings.SMS_HOOK_SECRET
    known = provider in providers.PROVIDERS
    if not right or not constant_time_compare(secret, right) or not known:
        raise Http404


def _fields(request) -> QueryDict:
    """The form, or the same fields as a JSON object (callbackFormat of SMS Aero)."""
    if request.content_type != "application/json":
        return request.POST
    if len(request.body) > LONGEST_JSON:
        raise ValueError("too long")
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):  # a hundred thousand brackets are no ValueError
        raise ValueError("not JSON") from None
    if not isinstance(body, dict):
        raise ValueError("not an object")
    fields = QueryDict(mutable=True)
    fields.update({key: str(value) for key, value in body.items()})
    return fields
