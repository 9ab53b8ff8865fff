"""One message over the network, operator after operator."""

import requests
from django.conf import settings
from django.utils.translation import gettext_noop
from urllib3.exceptions import NewConnectionError

from notifications.providers.base import (
    Letter,
    Request,
    SmsUnanswered,
    SmsUnavailable,
    SmsUnreachable,
    Taken,
)
from notifications.providers.choosing import PROVIDERS

NOBODY = gettext_noop("no operator can be reached")


def hand_over(*, phone: str, text: str, reference: str) -> Taken:
    """Give the message to the first operator that can be reached.

    Only a refused connection lets the next one try: after any other failure the first may have
    taken the message. Raises SmsRejected or SmsUnavailable.
    """
    letter = Letter(phone, text, reference)
    for name in settings.SMS_PROVIDERS:
        provider = PROVIDERS[name]()
        try:
            answer = post(provider.request_of(letter))
        except SmsUnreachable:
            continue
        return provider.read(answer.status_code, answer.content)
    raise SmsUnreachable(NOBODY)


def post(request: Request) -> requests.Response:
    """The answer, whatever it says; raises SmsUnreachable or SmsUnanswered."""
    try:
        return requests.post(
            request.url,
            data=request.form,
            json=request.json,
            auth=request.auth,
            timeout=settings.OUTSIDE_TIMEOUT_SECONDS,
            allow_redirects=False,
        )
    except requests.RequestException as error:
        # `from None`: the original carries the request, and the request carries the phone.
        raise _trouble(error) from None


def _trouble(error: requests.RequestException) -> SmsUnavailable:
    reason = getattr(error.args[0], "reason", None) if error.args else None
    if isinstance(error, requests.ConnectTimeout) or isinstance(reason, NewConnectionError):
        return SmsUnreachable("no connection")
    return SmsUnanswered("no answer")
