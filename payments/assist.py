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
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Person
from common.clock import today
from common.errors import Refusal
from journal.services import record_look
from payments import pages, printing, till_desk
from payments import reference as references
from payments.forms import MonthsForm
from payments.models import Receipt
from payments.offers import offer_for
from payments.pages.already_paid import what_is_paid
from payments.room import payable
from payments.services.assisted import form_receipt_for, start_charge_for
from payments.services.open_pages import ask_about_open_pages
from payments.till_forms import KnowsForm

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@get_or_post
def assist(request, pk: int):
    person = _served(request, pk)
    earlier = till_desk.of_earlier_days(request.user, person)
    try:
        offer = offer_for(person)
        data = request.POST if request.method == "POST" else None
        stop, surplus = _what_is_paid(person, 1, asked=data is not None)
        form, knows = MonthsForm(data, options=offer.options), KnowsForm(data, stop=stop)
        if form.is_valid() & knows.is_valid():
            made = form_receipt_for(
                application=offer.application,
                months=form.cleaned_data["months"],
                on=today(),
                actor=request.user,
            )
            return redirect("admin:assist_receipt", person.pk, made.reference)
    except Refusal as refusal:
        return _page(request, person, refused=str(refusal), earlier=earlier)
    papers = payable(person, today(), offer.tariff.monthly)[:12]
    known = {"stop": stop, "surplus": surplus, "knows": knows, "earlier": earlier}
    return _page(request, person, form=form, offer=offer, papers=papers, **known)


def _what_is_paid(person: Person, months: int, *, asked: bool):
    """Money taken a moment ago is known before more is asked for."""
    if asked:
        ask_about_open_pages(person=person)
    return what_is_paid(person, months)


@never_cache
@get_or_post
def receipt(request, pk: int, reference: str):
    """The paper, and after the button the payment page as a link and a QR."""
    person = _served(request, pk)
    paper = _paper(person, reference)
    if request.method == "POST":
        ask_about_open_pages(person=person)
    context = pages.receipt(paper) | till_desk.beside(paper)
    context |= {"till_form": till_desk.take_form(request, paper)}
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
@require_safe
def paper(request, pk: int, reference: str):
    person = _served(request, pk)
    found = _paper(person, reference)
    closed = pages.why_closed(found)
    if closed:
        messages.warning(request, str(closed))
        return redirect("admin:assist_receipt", person.pk, found.reference)
    answer = HttpResponse(printing.pdf(found), "application/pdf")
    answer["Content-Disposition"] = f'inline; filename="receipt-{found.reference}.pdf"'
    return answer


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
