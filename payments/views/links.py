"""Paying for someone else: the owner's list of links, and the public page of one."""

import logging
from functools import wraps
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import devices, limits
from accounts.owner import person_of
from common.errors import Refusal
from payments import pages
from payments.errors import LinkDead
from payments.link_forms import PayerForm
from payments.models import Charge, ChargeStatus, PayLink
from payments.offers import offer_for
from payments.services.charges import refresh_charge
from payments.services.links import make_link, open_link, pay_by_link, revoke_link
from payments.views.pay import to_the_acquirer
from payments.views.shared import months_form, refused
from payments.views.stop import stopped

LOOKS = 120  # from one address in a quarter of an hour: nobody guesses addresses of links
logger = logging.getLogger(__name__)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest) -> HttpResponse:
    """Own links with what became of them, and the form for one more."""
    person, title = person_of(request), _("Let somebody else pay")
    context = {"rows": pages.links(person)}
    try:
        offer = offer_for(person)
        form = months_form(request, offer)
        if form.is_valid():
            months = form.cleaned_data["months"]
            page = stopped(request, title, months=months, bank=True)
            return page or _made(request, offer, months)
    except Refusal as refusal:
        if not context["rows"]:
            return refused(request, title, refusal)
        return render(request, "payments/links.html", context | {"closed": str(refusal)})
    return render(request, "payments/links.html", context | {"form": form, "offer": offer})


def _made(request: HttpRequest, offer, months: int) -> HttpResponse:
    make_link(offer=offer, months=months)
    messages.success(request, _("The link is ready. Send it to whoever pays."))
    return redirect("payments:links")


@never_cache
@require_POST
def link_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    revoke_link(get_object_or_404(PayLink.objects.of(request.user), pk=pk))
    messages.success(request, _("The link is withdrawn. Nobody can pay by it any more."))
    return redirect("payments:links")


def public(view):
    """Open to all, a limited number of times from one address, and unknown to search engines."""

    @wraps(view)
    def limited(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        source = limits.hashed(devices.source_of(request))
        if limits.take("pay-page", source, limits.QUARTER, LOOKS):
            answer = view(request, *args, **kwargs)
        else:
            answer = _dead(request, HTTPStatus.TOO_MANY_REQUESTS)
        answer["X-Robots-Tag"] = "noindex, nofollow"
        # Not "no-referrer": then browsers send the form of this page with "Origin: null", which is
        # refused as forged. Other sites learn nothing of the address by this one either.
        answer["Referrer-Policy"] = "same-origin"
        return answer

    return login_not_required(never_cache(limited))


@public
@to_the_acquirer
@require_http_methods(["GET", "HEAD", "POST"])
def pay_link(request: HttpRequest, token: str) -> HttpResponse:
    """Initials, months and sum, and nothing more; the payer comes back to the same address."""
    try:
        link = _asked_about(open_link(token))
        form = PayerForm(request.POST if request.method == "POST" else None)
        if form.is_valid() and not link.is_paid:
            charge = pay_by_link(link=link, payer_name=form.cleaned_data["payer_name"])
            return HttpResponseRedirect(charge.confirmation_url, status=HTTPStatus.SEE_OTHER)
    except LinkDead:
        return _dead(request, HTTPStatus.NOT_FOUND)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    return render(request, "payments/pay_link.html", pages.pay_link(link) | {"form": form})


def _asked_about(link: PayLink) -> PayLink:
    """Whoever comes back from the payment is told how it ended, when the acquirer knows."""
    charge = link.receipt and link.receipt.charges.filter(status=ChargeStatus.PENDING).first()
    if charge is None:
        return link
    link.is_paid = _refreshed(charge).status == ChargeStatus.SUCCEEDED
    link.is_asked = not link.is_paid
    return link


def _refreshed(charge: Charge) -> Charge:
    try:
        return refresh_charge(charge=charge)
    except Refusal:
        logger.warning("charge %s: the acquirer did not answer the payer's page", charge.pk)
        return charge


def _dead(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, "payments/pay_link_dead.html", status=status)
