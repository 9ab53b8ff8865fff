"""Which browser this is, by a random cookie; and where a request comes from."""

import hashlib
import ipaddress
import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.models import Device, LoginKind
from common import identifiers

COOKIE = "device"
AGE_SECONDS = 400 * 24 * 60 * 60  # browsers keep no cookie longer
TOKEN_BYTES = 16
LONGEST_TOKEN = 64
IPV6_NETWORK = 64  # what one household gets
BROWSERS = [
    ("YaBrowser", "Yandex"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Opera Mini", "Opera Mini"),
    ("OPR/", "Opera"),
    ("UCBrowser", "UC Browser"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
]
SYSTEMS = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
]


def token_of(request) -> str:
    """The cookie as the browser sent it, or nothing."""
    token = request.COOKIES.get(COOKIE, "")
    return token if len(token) <= LONGEST_TOKEN else ""


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def known(request, typed: str) -> Device | None:
    """The device, when the account behind a typed number (or a staff's name) has used it.

    One question to the database for a number that exists and for one that does not.
    """
    token = token_of(request)
    if not token:
        return None
    owner = Q(user__username=typed.strip(), user__is_staff=True)
    try:
        number = identifiers.application_number(typed)
        owner |= Q(user__login_names__kind=LoginKind.APPLICATION, user__login_names__value=number)
    except ValidationError:
        pass
    return Device.objects.known().filter(owner, token_hash=hashed(token)).first()


def is_known(request) -> bool:
    """Has any account used this device?"""
    token = token_of(request)
    return bool(token) and Device.objects.known().filter(token_hash=hashed(token)).exists()


def token_for(request) -> str:
    """The browser's token when we gave it once, else a new one: nobody plants one of their own."""
    token = token_of(request)
    if token and Device.objects.filter(token_hash=hashed(token)).exists():
        return token
    return secrets.token_urlsafe(TOKEN_BYTES)


def remember(response, token: str) -> None:
    response.set_cookie(
        COOKIE,
        token,
        max_age=AGE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def source_of(request) -> str:
    """Where the request comes from, as the server saw it: headers that anybody writes are not read.

    An IPv6 address is cut to its network; nonsense gives "".
    """
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return ""
    if address.version == 4:
        return str(address)
    mapped = address.ipv4_mapped
    return str(mapped or ipaddress.ip_network((int(address), IPV6_NETWORK), strict=False))


def label_of(request) -> str:
    """The browser and the system in words, like «Chrome, Android»."""
    said = request.headers.get("User-Agent", "")
    words = [_first(BROWSERS, said), _first(SYSTEMS, said)]
    return ", ".join(word for word in words if word)


def _first(signs: list[tuple[str, str]], said: str) -> str:
    return next((word for sign, word in signs if sign in said), "")
