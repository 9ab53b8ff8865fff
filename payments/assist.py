"""Assisted mode: at the window an operator forms a receipt, prints it, opens a payment.

The person pays on their own phone: staff never see a card, and the person sees each step.
"""

import segno
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Person
from common.clock import today
from common.errors import Refusal
from journal.services import record_look
from payments import pages, printing, till_desk, window_stop
from payments import reference as references
from payments.forms import MonthsForm
from payments.models import Receipt
from payments.offers import Offer, offer_for
from payments.pages.already_paid import what_is_paid
from payments.room import payable
from payments.services.online.assisted import form_receipt_for, start_charge_for
from payments.services.online.credits import Surplus
from payments.services.online.open_pages import ask_about_open_pages, open_pages
from payments.till_forms import UNREAD, KnowsForm

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@get_or_post
def assist(request, pk: int):
    person = _served(request, pk)
    earlier = till_desk.of_earlier_days(request.user, person)
    try:
        offer = offer_for(person)
        form, knows, surplus = _typed(request, person, offer)
        if form.is_valid() & knows.is_valid():
            made = form_receipt_for(
                application=offer.application,
                months=form.cleaned_data["months"],
                on=today(),
                actor=request.user,
            )
            window_stop.remember(request, person, knows.stop)
            return redirect("admin:assist_receipt", person.pk, made.reference)
    except Refusal as refusal:
        return _page(request, person, refused=str(refusal), earlier=earlier)
    papers = payable(person, today(), offer.tariff.monthly)[:12]
    known = {"stop": knows.stop, "surplus": surplus, "knows": knows, "earlier": earlier}
    return _page(request, person, form=form, offer=offer, papers=papers, **known)


def _typed(request, person: Person, offer: Offer) -> tuple[MonthsForm, KnowsForm, Surplus]:
    """Money taken a moment ago is known before more is asked for."""
    data = request.POST if request.method == "POST" else None
    if data is not None:
        ask_about_open_pages(person=person)
    form = MonthsForm(data, options=offer.options)
    months = form.cleaned_data["months"] if form.is_valid() else 1
    stop, surplus = what_is_paid(person, months, open_pages(person))
    return form, KnowsForm(data, stop=stop), surplus


@never_cache
@get_or_post
def receipt(request, pk: int, reference: str):
    """The paper, and after the button the payment page as a link and a QR."""
    person = _served(request, pk)
    paper = _paper(person, reference)
    if request.method == "POST":
        ask_about_open_pages(person=person)
    closed = pages.why_closed(paper)
    context = pages.receipt(paper, closed) | till_desk.beside(request, paper, closed)
    context |= {"till_form": till_desk.take_form(request, paper, closed)}
    if request.method == "POST":
        knows = KnowsForm(request.POST, stop=context["stop"], auto_id="card_%s")
        context |= {"card_knows": knows}
        try:
            if knows.is_valid():
                charge = start_charge_for(receipt=paper, actor=request.user)
                address = charge.confirmation_url
                context |= {"address": address, "picture": _qr(address)}
        except Refusal as refusal:
            messages.warning(request, str(refusal))
            return redirect("admin:assist_receipt", person.pk, paper.reference)
    return _page(request, person, "admin/assist_receipt.html", **context)


@never_cache
@get_or_post
def paper(request, pk: int, reference: str):
    """The paper to print, once what is already paid was read; a POST says that it was."""
    person = _served(request, pk)
    found = _paper(person, reference)
    if request.method == "POST":
        return _read(request, found)
    closed = pages.why_closed(found)
    unread = window_stop.unread_form(request, found).stop
    if closed or unread:
        messages.warning(request, str(closed or UNREAD))
        return redirect("admin:assist_receipt", person.pk, found.reference)
    answer = HttpResponse(printing.pdf(found), "application/pdf")
    answer["Content-Disposition"] = f'inline; filename="receipt-{found.reference}.pdf"'
    return answer


def _read(request, found: Receipt):
    """To the paper, or back to its page where something else than this was read."""
    ask_about_open_pages(person=found.person)
    knows = KnowsForm(request.POST, stop=window_stop.before_paper(found))
    if knows.is_valid():
        window_stop.remember(request, found.person, knows.stop)
    return redirect("admin:assist_paper", found.person_id, found.reference)


def _served(request, pk: int) -> Person:
    if not request.user.has_perms(["payments.add_receipt", "payments.add_charge"]):
        raise PermissionDenied
    person = get_object_or_404(Person, pk=pk)
    record_look(actor_id=request.user.pk, person_id=person.pk, page="assist")
    return person


def _paper(person: Person, typed: str) -> Receipt:
    number = references.normalise(typed)
    if not references.is_valid(number):
        raise Http404
    return get_object_or_404(Receipt.objects.for_list(), reference=number, person=person)


def _qr(address: str) -> str:
    return segno.make(address, error="m").svg_inline(scale=4, border=4, light="#fff")


def _page(request, person: Person, template: str = "admin/assist.html", **context):
    common = {**admin.site.each_context(request), "title": _("Help with a payment")}
    return TemplateResponse(request, template, common | {"person": person} | context)
