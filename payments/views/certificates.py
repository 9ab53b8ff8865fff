"""Papers about money on its way: made, taken as a PDF, withdrawn."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.owner import person_of
from common.clock import today
from common.errors import Refusal
from payments import certificate_pdf, on_the_way, pages
from payments.codes import is_genuine
from payments.models import SignedCode
from payments.services.online.codes import certify, revoke


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request: HttpRequest) -> HttpResponse:
    """The living payments on a page to print; a button makes the signed paper of one of them."""
    person = person_of(request)
    if request.method == "POST":
        return _paper(request, on_the_way.of_person(person))
    return render(request, "payments/certificate.html", pages.certificate(person))


def _paper(request: HttpRequest, payments: list[on_the_way.OnTheWay]) -> HttpResponse:
    wanted = request.POST.get("payment")
    payment = next((one for one in payments if one.key == wanted), None)
    if payment is None:  # posted since the page was opened: the page says so
        return redirect("payments:certificate")
    try:
        code = certify(payment)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("payments:certificate")
    address = reverse("payments:certificate_pdf", args=[code.serial])
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)


@never_cache
@require_safe
def certificate_as_pdf(request: HttpRequest, serial: str) -> HttpResponse:
    """The same bytes as long as the code is good."""
    code = _own(request, serial)
    if code not in SignedCode.objects.alive(today()) or not is_genuine(code.code):
        raise Http404
    answer = HttpResponse(certificate_pdf.render(code), "application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="payment-{code.serial}.pdf"'
    return answer


@never_cache
@require_POST
def certificate_revoke(request: HttpRequest, serial: str) -> HttpResponse:
    revoke(_own(request, serial))
    messages.success(request, _("The certificate is withdrawn. Its code says nothing any more."))
    return redirect("payments:certificate")


def _own(request: HttpRequest, serial: str) -> SignedCode:
    mine = SignedCode.objects.of(request.user).of_payments()
    return get_object_or_404(mine.for_reading(), serial=serial)
