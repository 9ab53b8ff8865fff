"""A receipt: made, shown, printed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.owner import person_of
from common.errors import Refusal
from payments import pages, printing, text_slip
from payments.models import Receipt
from payments.offers import offer_for
from payments.views.shared import formed, months_form, own_receipt, refused
from payments.views.stop import stopped, stopped_before_looking, unread


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt_new(request: HttpRequest) -> HttpResponse:
    person, title = person_of(request), _("Receipt for the patent")
    try:
        offer = offer_for(person)
        form = months_form(request, offer)
        if form.is_valid():
            page = stopped(request, title, months=form.cleaned_data["months"], bank=True)
            return page or redirect("payments:receipt", formed(offer, form).reference)
    except Refusal as refusal:
        return refused(request, title, refusal)
    return render(request, "payments/receipt_new.html", {"form": form, "offer": offer})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """The paper with its QR, after whatever must be read before paying; a POST says it was."""
    paper = own_receipt(request, reference)
    title = _("Receipt for the patent")
    stop = stopped_before_looking(request, title, paper, bank=True)  # what it asks may close it
    closed = pages.why_closed(paper)
    if stop and not closed:
        return stop
    return render(request, "payments/receipt.html", pages.receipt(paper, closed))


def _not_to_be_paid(request: HttpRequest, paper: Receipt) -> HttpResponse | None:
    """Files to pay by are given only while their page shows them."""
    if pages.why_closed(paper) or unread(request, paper):
        return redirect("payments:receipt", paper.reference)
    return None


@never_cache
@require_safe
def receipt_qr(request: HttpRequest, reference: str) -> HttpResponse:
    paper = own_receipt(request, reference)
    page = _not_to_be_paid(request, paper)
    return page or HttpResponse(printing.qr_svg(paper), "image/svg+xml")


@never_cache
@require_safe
def receipt_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The paper for a bank, while it is to be paid; afterwards the page that says why not."""
    paper = own_receipt(request, reference)
    if page := _not_to_be_paid(request, paper):
        return page
    answer = HttpResponse(printing.pdf(paper), "application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="receipt-{paper.reference}.pdf"'
    return answer


@never_cache
@require_safe
def receipt_txt(request: HttpRequest, reference: str) -> HttpResponse:
    """The same in short lines, for a terminal; closed as the PDF is."""
    paper = own_receipt(request, reference)
    page = _not_to_be_paid(request, paper)
    return page or HttpResponse(text_slip.text(paper), "text/plain; charset=utf-8")
