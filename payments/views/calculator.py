"""The calculator: through what day the patent should be paid, and what that costs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.owner import person_of
from common.errors import Refusal
from payments.calculator import next_tariff, reckon
from payments.claim_forms import WantedDayForm
from payments.offers import offer_for
from payments.views.shared import refused


@never_cache
@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    try:
        offer = offer_for(person_of(request))
    except Refusal as refusal:
        return refused(request, _("How much and through what day"), refusal)
    form = WantedDayForm(request.GET if "until" in request.GET else None)
    context = {"form": form, "offer": offer, "next_tariff": next_tariff(offer.tariff)}
    if form.is_valid():
        context["answer"] = reckon(offer, form.cleaned_data["until"])
    return render(request, "payments/calculator.html", context)
