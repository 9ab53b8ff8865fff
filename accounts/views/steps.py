"""What the pages of the door share."""

from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def home(request) -> str:
    """Where a person goes after the door: the page asked for before, the desk or the cabinet."""
    return wanted(request) or resolve_url(
        "admin:index" if request.user.is_staff else "cabinet:home"
    )


def wanted(request) -> str:
    """`next`, when it is a page of this portal."""
    page = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return page if safe else ""
