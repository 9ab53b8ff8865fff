"""Who may post to us: the aggregator of short codes, the operators of SMS."""

from base64 import b64decode

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from common.networks import connects_from
from notifications.providers import PROVIDERS


def is_aggregator(request: HttpRequest) -> bool:
    """Nobody is, while neither a secret nor a network is set."""
    secret, networks = settings.USSD_SECRET, settings.USSD_NETWORKS
    if not secret and not networks:
        return False
    knows = not secret or constant_time_compare(_password(request), secret)
    return knows and (not networks or connects_from(request, networks))


def is_operator(provider: str, secret: str) -> bool:
    """One of our operators, by the secret in the address."""
    right = settings.SMS_HOOK_SECRET
    return bool(right) and constant_time_compare(secret, right) and provider in PROVIDERS


def _password(request: HttpRequest) -> str:
    """Of HTTP Basic; whatever the user's name is."""
    scheme, _space, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        return b64decode(value, validate=True).decode().partition(":")[2]
    except ValueError:
        return ""
