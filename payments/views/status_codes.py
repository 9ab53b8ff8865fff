"""The signed status of one's own patent: made, shown, printed, withdrawn."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.owner import person_of
from common.clock import today
from common.errors import Refusal
from payments import pages, status_pdf
from payments.codes import is_genuine
from payments.models import SignedCode
from payments.services.online.codes import revoke
from payments.services.online.status_codes import certify_status

CARDS = {"a6": status_pdf.SHEET, "wallet": status_pdf.WALLET}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def status_code(request: HttpRequest) -> HttpResponse:
    """The codes that are good; a button makes one of today."""
    person = person_of(request)
    if request.method == "POST":
        try:
            certify_status(person)
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        return redirect("payments:status_code")
    return render(request, "payments/status_code.html", pages.status_codes(person))


@never_cache
@require_safe
def status_code_pdf(request: HttpRequest, serial: str, size: str) -> HttpResponse:
    """The same bytes as long as the code is good."""
    code = _own(request, serial)
    if size not in CARDS or code not in SignedCode.objects.alive(today()):
        raise Http404
    if not is_genuine(code.code):
        raise Http404
    answer = HttpResponse(status_pdf.render(code, CARDS[size]), "application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="patent-{code.serial}-{size}.pdf"'
    return answer


@never_cache
@require_POST
def status_code_revoke(request: HttpRequest, serial: str) -> HttpResponse:
    revoke(_own(request, serial))
    messages.success(request, _("The code is withdrawn. It says nothing any more."))
    return redirect("payments:status_code")


def _own(request: HttpRequest, serial: str) -> SignedCode:
    mine = SignedCode.objects.of(request.user).of_status()
    return get_object_or_404(mine.for_reading(), serial=serial)
