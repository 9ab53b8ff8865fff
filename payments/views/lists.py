"""Everything paid and to be paid, and the paper about money on its way."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.owner import person_of
from payments import pages


@never_cache
@require_safe
def payment_list(request: HttpRequest) -> HttpResponse:
    return render(request, "payments/list.html", pages.payments(person_of(request)))


@never_cache
@require_safe
def certificate(request: HttpRequest) -> HttpResponse:
    """The living payments on a page to print: what we know of and when it should be posted."""
    return render(request, "payments/certificate.html", pages.certificate(person_of(request)))
