"""Who may post to us: the aggregator, by its secret and by where it connects from."""

from base64 import b64decode

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from common.networks import connects_from


def is_aggregator(request: HttpRequest) -> bool:
    """Nobody is, while neither a secret nor a network is set."""
    secret, networks = settings.USSD_SECRET, settings.USSD_NETWORKS
    if not secret and not networks:
        return False
    knows = not secret or constant_time_compare(_password(request), secret)
    return knows and (not networks or connects_from(request, networks))


def _password(request: HttpRequest) -> str:
    """Of HTTP Basic; whatever the user's name is."""
    scheme, _space, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        return b64decode(value, validate=True).decode().partition(":")[2]
    except ValueError:
        return ""
