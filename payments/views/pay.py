"""Paying online, and coming back from the acquirer."""

import logging
from decimal import Decimal
from http import HTTPStatus

from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.owner import person_of
from common.errors import Refusal
from payments import pages
from payments.errors import PayPageOpen
from payments.fiscal import current_phone
from payments.forms import MonthsForm, WayForm
from payments.models import Charge, ChargeStatus, Method, Receipt
from payments.offers import Offer, offer_for
from payments.services.online.charges import refresh_charge, start_charge
from payments.views.shared import formed, months_form, own_receipt, refused
from payments.views.stop import LOOKED_AT, READ, stopped, stopped_before_looking
from payments.ways import ways_for

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
    form = _way_form(request, paper.amount)
    page = _stopped_at(request, paper)  # what it asks may close the paper
    closed = pages.why_closed(paper)
    if page and not closed:
        return page
    if form.is_valid() and form.require(paper.amount):
        return _to_payment_page(request, paper, form)
    context = {"way_form": form, "known": request.session.get(READ, "")}
    return render(request, "payments/pay_receipt.html", pages.receipt(paper, closed) | context)


def _stopped_at(request: HttpRequest, paper: Receipt) -> HttpResponse | None:
    title = _("Paying online")
    if request.method == "POST" and LOOKED_AT not in request.POST:
        return stopped(request, title, months=paper.months)
    return stopped_before_looking(request, title, paper, bank=False)


def _pay_months(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    try:
        offer = offer_for(person)
        form, way = months_form(request, offer), _way_form(request, offer.tariff.monthly)
        if form.is_valid() & way.is_valid() and way.require(_sum(offer, form)):
            months = form.cleaned_data["months"]
            page = stopped(request, _("Paying online"), months=months)
            return page or _to_payment_page(request, formed(offer, form), way)
    except Refusal as refusal:
        return refused(request, _("Paying online"), refusal)
    return render(request, "payments/pay.html", {"form": form, "way_form": way, "offer": offer})


def _way_form(request: HttpRequest, amount: Decimal) -> WayForm:
    """For a sum that is asked for at least."""
    given = request.POST if request.method == "POST" else None
    phone = current_phone(person_of(request))
    return WayForm(given, ways=ways_for(amount), initial={"phone": phone})


def _sum(offer: Offer, form: MonthsForm) -> Decimal:
    return offer.tariff.monthly * form.cleaned_data["months"]


def _to_payment_page(request: HttpRequest, paper: Receipt, way: WayForm) -> HttpResponse:
    try:
        charge = start_charge(receipt=paper, **way.cleaned_data)
    except PayPageOpen as refusal:
        messages.warning(request, str(refusal))
        return redirect(f"{reverse('payments:pay')}?receipt={refusal.charge.receipt.reference}")
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("payments:receipt", paper.reference)
    if not charge.confirmation_url:
        return redirect("payments:back", paper.reference)
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
    if charge.method == Method.MOBILE:
        return _(
            "Your operator sends an SMS to the number that you named. Answer it, and the money is "
            "taken. Do not pay a second time: look here again in a few minutes."
        )
    return _(
        "The bank has not told us yet how the payment ended. "
        "We ask it every half minute. Do not pay a second time: look here again in a few minutes."
    )
