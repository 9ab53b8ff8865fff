"""What a checker sees of a signed code. Nobody signs in, and nobody is told who looked."""

from functools import wraps
from http import HTTPStatus
from io import BytesIO

import segno
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import devices, limits
from common import signing
from payments import pages, verification
from payments.code_forms import CodeForm

LOOKS = 240  # from one address in a quarter of an hour, which a dormitory shares; a page takes two


def public(view):
    """Open to all, a limited number of times from one address, and unknown to search engines."""

    @wraps(view)
    def limited(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        source = limits.hashed(devices.source_of(request))
        if limits.take("verify", source, limits.QUARTER, LOOKS):
            answer = view(request, *args, **kwargs)
        else:
            answer = _sentence(request, _too_many(), HTTPStatus.TOO_MANY_REQUESTS)
        answer["X-Robots-Tag"] = "noindex, nofollow"
        return answer

    return login_not_required(never_cache(limited))


@public
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """For a code without a camera; the keys for checking without a network."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return redirect("payments:verify", form.cleaned_data["code"])
    keys = {number: key.hex() for number, key in signing.public_keys().items()}
    return render(request, "payments/verify_enter.html", {"form": form, "keys": keys})


@public
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    try:
        checked = verification.check(code)
    except signing.BadCode as bad:
        return _sentence(request, _why(bad), HTTPStatus.NOT_FOUND)
    if isinstance(checked, verification.CheckedStatus):
        return render(request, "payments/verify_status.html", pages.verified_status(checked))
    return render(request, "payments/verify.html", pages.verification(checked))


@public
@require_safe
def verify_qr(request: HttpRequest, code: str) -> HttpResponse:
    """The same code, to be scanned once more."""
    try:
        address = signing.address(verification.check(code).row.code)
    except signing.BadCode:
        return HttpResponse(status=HTTPStatus.NOT_FOUND)
    target = BytesIO()
    picture = segno.make_qr(address, error="m", boost_error=False)
    picture.save(target, kind="svg", scale=4, border=4, xmldecl=False)
    return HttpResponse(target.getvalue(), "image/svg+xml")


def _why(bad: signing.BadCode) -> tuple[str, str]:
    """What it is, and what to do. A forged, a foreign and an unknown code are one."""
    if isinstance(bad, signing.CutCode):
        return (
            _("The code is not whole"),
            _("A part of it is missing. Scan it again, or write all its letters."),
        )
    if isinstance(bad, verification.CodeOver):
        return (
            _("The code is not in force any more"),
            _("Its days are over, or it was withdrawn. Ask its owner to show a new one."),
        )
    return (
        _("This is not a code of the centre"),
        _("Do not rely on it. Scan the code again from the paper itself. The same again? Call us."),
    )


def _too_many() -> tuple[str, str]:
    return (
        _("Too many checks at once"),
        _("Many codes were checked from your network. Wait 15 minutes and scan again."),
    )


def _sentence(request: HttpRequest, said: tuple[str, str], status: int) -> HttpResponse:
    title, sentence = said
    context = {"title": title, "sentence": sentence, "site": settings.PORTAL_URL}
    return render(request, "payments/verify_not.html", context, status=status)
