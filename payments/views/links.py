"""Paying for someone else: the owner's list of links, and the public page of one."""

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
from common.formats import clock_time
from payments import pages
from payments.errors import GatewayUnavailable, LinkDead, LinkRefused, PaymentCanceled
from payments.link_forms import PayerForm
from payments.link_states import PublicLink
from payments.models import PayLink
from payments.offers import offer_for
from payments.services.online.links import look_at, make_link, pay_by_link, revoke_link
from payments.views.pay import to_the_acquirer
from payments.views.shared import months_form, refused
from payments.views.stop import stopped

LOOKS = 120  # from one address in a quarter of an hour: nobody guesses addresses of links
TRY_AGAIN = (GatewayUnavailable, PaymentCanceled, LinkRefused)  # said beside the form


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
    links = PayLink.objects.of(request.user).select_related("application__person")
    page = revoke_link(get_object_or_404(links, pk=pk))
    if page is None:
        messages.success(request, _("The link is withdrawn. Nobody can pay by it any more."))
    else:
        messages.warning(request, _still_open(page.closes_at))
    return redirect("payments:links")


def _still_open(closes_at) -> str:
    return _(
        "The link is withdrawn. Somebody has already opened the payment by it and can pay until "
        "%(time)s. Wait until then before you pay yourself."
    ) % {"time": clock_time(closes_at)}


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
    """Whom the money is for by initials, months, sum and payee; the payer comes back here."""
    form = PayerForm(request.POST if request.method == "POST" else None)
    try:
        found = look_at(token)
        if found.takes_money and form.is_valid():
            return _to_payment_page(found, form.cleaned_data["payer_name"])
    except LinkDead:
        return _dead(request, HTTPStatus.NOT_FOUND)
    except TRY_AGAIN as refusal:
        form.add_error(None, str(refusal))
    return render(request, "payments/pay_link.html", pages.pay_link(found) | {"form": form})


def _to_payment_page(found: PublicLink, payer_name: str) -> HttpResponse:
    """Whatever has happened to the link meanwhile, its own page says."""
    try:
        address = pay_by_link(link=found.link, payer_name=payer_name).confirmation_url
    except (LinkDead, *TRY_AGAIN):
        raise
    except Refusal:
        return redirect("payments:pay_link", found.link.token)
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)


def _dead(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, "payments/pay_link_dead.html", status=status)
