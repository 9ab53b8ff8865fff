"""At the window: staff show a cheque for a person who brought it on paper."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Person
from journal.services import record_look
from payments.admin.base import is_done
from payments.claim_forms import ChequeForm
from payments.claim_words import say_if_part
from payments.models import Claim
from payments.services.claims.claims import show_cheque_for


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show_for(request, pk: int):
    """The same form as the person's own; the person reads in the history who helped."""
    person = _served(request, pk)
    posted = request.method == "POST"
    form = ChequeForm(request.POST, request.FILES) if posted else ChequeForm()
    if posted and is_done(form, show_cheque_for, person=person, actor=request.user):
        messages.success(request, _("The cheque is shown. The person is told its number."))
        say_if_part(request, form.cleaned_data)
        return redirect("admin:assist_cheque", pk)
    shown = Claim.objects.for_list().filter(application__person=person)
    context = {**admin.site.each_context(request), "title": _("Show a cheque for a person")}
    context |= {"person": person, "form": form, "claims": shown[:24]}
    return TemplateResponse(request, "admin/assist_cheque.html", context)


def _served(request, pk: int) -> Person:
    if not request.user.has_perm("payments.add_claim"):
        raise PermissionDenied
    person = get_object_or_404(Person, pk=pk)
    record_look(actor_id=request.user.pk, person_id=person.pk, page="assist cheque")
    return person
