"""What the pages of receipts and of paying share."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from common.clock import today
from common.errors import Refusal
from payments import reference as references
from payments.forms import MonthsForm
from payments.models import Receipt
from payments.offers import Offer
from payments.services.papers.receipts import form_receipt


def own_receipt(request: HttpRequest, reference: str) -> Receipt:
    """A person's own receipt by its number, however it was typed; a stranger's is 404."""
    number = references.normalise(reference)
    if not references.is_valid(number):
        raise Http404
    return get_object_or_404(Receipt.objects.of(request.user).for_list(), reference=number)


def months_form(request: HttpRequest, offer: Offer) -> MonthsForm:
    return MonthsForm(request.POST if request.method == "POST" else None, options=offer.options)


def formed(offer: Offer, form: MonthsForm) -> Receipt:
    return form_receipt(
        application=offer.application, months=form.cleaned_data["months"], on=today()
    )


def refused(request: HttpRequest, title: str, refusal: Refusal) -> HttpResponse:
    context = {"title": title, "sentence": str(refusal)}
    return render(request, "payments/refused.html", context)
