"""A person lets what they have over count for the next month."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.owner import person_of
from common.errors import Refusal
from payments.services.online import credits


@never_cache
@require_POST
def count_credit(request: HttpRequest) -> HttpResponse:
    try:
        months = credits.count_credit(person=person_of(request))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        words = ngettext("%(count)d month is paid.", "%(count)d months are paid.", months)
        messages.success(request, words % {"count": months})
    return redirect("payments:list")
