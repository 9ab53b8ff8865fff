"""Paying by card, and coming back from the acquirer."""

import logging
from http import HTTPStatus

from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.owner import person_of
from common.errors import Refusal
from payments import pages
from payments.models import Charge, ChargeStatus, Receipt
from payments.offers import offer_for
from payments.services.charges import refresh_charge, start_charge
from payments.views.shared import formed, months_form, own_receipt, refused
from payments.views.stop import stopped

logger = logging.getLogger(__name__)

# The form is answered with a redirect to the acquirer; browsers hold form-action against it too.
to_the_acquirer = csp_update({"form-action": settings.YOOKASSA_PAGE_ORIGINS})


@never_cache
@to_the_acquirer
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest) -> HttpResponse:
    """Pay a receipt that exists, or choose the months here: the receipt is then made on the way."""
    given = request.POST.get("receipt") or request.GET.get("receipt")
    return _pay_receipt(request, given) if given else _pay_months(request)


def _pay_receipt(request: HttpRequest, reference: str) -> HttpResponse:
    paper = own_receipt(request, reference)
    if request.method != "POST":
        return render(request, "payments/pay_receipt.html", pages.receipt(paper))
    return _stopped_at(request, paper) or _to_payment_page(request, paper)


def _stopped_at(request: HttpRequest, paper: Receipt) -> HttpResponse | None:
    """A paper that is closed has its own sentence, which says more."""
    if pages.why_closed(paper):
        return None
    return stopped(request, _("Payment by card"), months=paper.months)


def _pay_months(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    try:
        offer = offer_for(person)
        form = months_form(request, offer)
        if form.is_valid():
            months = form.cleaned_data["months"]
            page = stopped(request, _("Payment by card"), months=months)
            return page or _to_payment_page(request, formed(offer, form))
    except Refusal as refusal:
        return refused(request, _("Payment by card"), refusal)
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
    paper = own_receipt(request, reference)
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
