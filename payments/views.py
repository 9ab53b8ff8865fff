"""Receipts, paying by card, and the acquirer's hook."""

import logging
from http import HTTPStatus

from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from kombu.exceptions import OperationalError

from accounts.owner import person_of
from common.clock import today
from common.errors import Refusal
from payments import hooks, pages, printing
from payments import reference as references
from payments.forms import MonthsForm
from payments.models import Charge, ChargeStatus, Receipt
from payments.offers import Offer, offer_for
from payments.services.charges import refresh_charge, start_charge
from payments.services.receipts import form_receipt
from payments.tasks import refresh_charge as refresh_later

logger = logging.getLogger(__name__)

# The form is answered with a redirect to the acquirer; browsers hold form-action against it too.
to_the_acquirer = csp_update({"form-action": settings.YOOKASSA_PAGE_ORIGINS})


@never_cache
@require_safe
def payment_list(request: HttpRequest) -> HttpResponse:
    return render(request, "payments/list.html", pages.payments(person_of(request)))


# --- receipts


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt_new(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    try:
        offer = offer_for(person)
        form = _months_form(request, offer)
        if form.is_valid():
            return redirect("payments:receipt", _formed(offer, form).reference)
    except Refusal as refusal:
        return _refused(request, _("Receipt for the patent"), refusal)
    return render(request, "payments/receipt_new.html", {"form": form, "offer": offer})


@never_cache
@require_safe
def receipt(request: HttpRequest, reference: str) -> HttpResponse:
    paper = _receipt(request, reference)
    return render(request, "payments/receipt.html", pages.receipt(paper))


@never_cache
@require_safe
def receipt_qr(request: HttpRequest, reference: str) -> HttpResponse:
    paper = _receipt(request, reference)
    if pages.why_closed(paper):
        return redirect("payments:receipt", paper.reference)
    return HttpResponse(printing.qr_svg(paper), "image/svg+xml")


@never_cache
@require_safe
def receipt_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The paper for a bank, while it is to be paid; afterwards the page that says why not."""
    paper = _receipt(request, reference)
    if pages.why_closed(paper):
        return redirect("payments:receipt", paper.reference)
    answer = HttpResponse(printing.pdf(paper), "application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="receipt-{paper.reference}.pdf"'
    return answer


# --- paying by card


@never_cache
@to_the_acquirer
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest) -> HttpResponse:
    """Pay a receipt that exists, or choose the months here: the receipt is then made on the way."""
    given = request.POST.get("receipt") or request.GET.get("receipt")
    return _pay_receipt(request, given) if given else _pay_months(request)


def _pay_receipt(request: HttpRequest, reference: str) -> HttpResponse:
    paper = _receipt(request, reference)
    if request.method == "POST":
        return _to_payment_page(request, paper)
    return render(request, "payments/pay_receipt.html", pages.receipt(paper))


def _pay_months(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    try:
        offer = offer_for(person)
        form = _months_form(request, offer)
        if form.is_valid():
            return _to_payment_page(request, _formed(offer, form))
    except Refusal as refusal:
        return _refused(request, _("Payment by card"), refusal)
    return render(request, "payments/pay.html", {"form": form, "offer": offer})


def _to_payment_page(request: HttpRequest, paper: Receipt) -> HttpResponse:
    try:
        charge = start_charge(receipt=paper)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("payments:receipt", paper.reference)
    return HttpResponseRedirect(charge.confirmation_url, status=HTTPStatus.SEE_OTHER)


@never_cache
@require_safe
def back(request: HttpRequest, reference: str) -> HttpResponse:
    """The payer comes back; how it ended only the acquirer says, never this address."""
    paper = _receipt(request, reference)
    charge = paper.charges.order_by("-created_at", "-pk").first()
    if charge is None:
        raise Http404
    charge = _asked_about(charge)
    taken = charge.status == ChargeStatus.SUCCEEDED
    messages.add_message(request, messages.SUCCESS if taken else messages.INFO, _outcome(charge))
    return redirect("cabinet:home")


def _asked_about(charge: Charge) -> Charge:
    try:
        return refresh_charge(charge=charge) if charge.status == ChargeStatus.PENDING else charge
    except Refusal:
        logger.warning("charge %s: the acquirer did not answer the return page", charge.pk)
        return charge


def _outcome(charge: Charge) -> str:
    if charge.status == ChargeStatus.SUCCEEDED:
        return _("The payment is received. The money is on its way to the Treasury.")
    if charge.status == ChargeStatus.CANCELED:
        return _("The payment was not made. No money was taken.")
    return _(
        "The bank has not told us yet how the payment ended. "
        "We ask it every half minute. Do not pay a second time: look here again in a few minutes."
    )


@login_not_required
@csrf_exempt
@require_POST
def yookassa_hook(request: HttpRequest) -> HttpResponse:
    """A hint that a payment has moved. The task asks the acquirer itself; the sweep does if it is
    lost. Unknown payments get 200 too, or the acquirer would repeat them for a day."""
    if not hooks.is_from_acquirer(request):
        logger.warning("a webhook from a foreign address")
        return HttpResponse(status=HTTPStatus.FORBIDDEN)
    try:
        payment_id = hooks.payment_id(request.body)
    except hooks.Garbage:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    if Charge.objects.open().filter(provider_id=payment_id).exists():
        _ask_later(payment_id)
    return HttpResponse(status=HTTPStatus.OK)


def _ask_later(payment_id: str) -> None:
    try:
        refresh_later.delay(payment_id)
    except OperationalError:
        logger.warning("no broker: the sweep will ask about the payment")


# --- a paper about money on its way


@never_cache
@require_safe
def certificate(request: HttpRequest) -> HttpResponse:
    """The living payments on a page to print: what we know of and when it should be posted."""
    return render(request, "payments/certificate.html", pages.certificate(person_of(request)))


# --- shared


def _receipt(request: HttpRequest, reference: str) -> Receipt:
    """A person's own receipt by its number, however it was typed; a stranger's is 404."""
    number = references.normalise(reference)
    if not references.is_valid(number):
        raise Http404
    return get_object_or_404(Receipt.objects.of(request.user).for_list(), reference=number)


def _months_form(request: HttpRequest, offer: Offer) -> MonthsForm:
    return MonthsForm(request.POST if request.method == "POST" else None, options=offer.options)


def _formed(offer: Offer, form: MonthsForm) -> Receipt:
    return form_receipt(
        application=offer.application, months=form.cleaned_data["months"], on=today()
    )


def _refused(request: HttpRequest, title: str, refusal: Refusal) -> HttpResponse:
    context = {"title": title, "sentence": str(refusal)}
    return render(request, "payments/refused.html", context)
