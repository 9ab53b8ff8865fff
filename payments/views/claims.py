"""The page on which a person shows a cheque and sees what became of it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Person
from accounts.owner import person_of
from common.clock import today
from common.errors import Refusal
from payments import cheques, letter
from payments.claim_forms import AnswerForm, ChequeForm
from payments.claim_words import say_if_part
from payments.models import Claim
from payments.services.claims import claim_steps
from payments.services.claims.claims import application_for, show_cheque


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claims(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = ChequeForm(request.POST, request.FILES) if request.method == "POST" else ChequeForm()
    if form.is_valid() and _shown(person, form):
        messages.success(request, _("We have your cheque. You see below what becomes of it."))
        say_if_part(request, form.cleaned_data)
        return redirect("payments:claims")
    shown = Claim.objects.of(request.user).for_list().select_related("placement")
    return render(
        request, "payments/claims.html", {"form": form, "claims": shown, "today": today()}
    )


@never_cache
@require_safe
def cheque(request: HttpRequest, pk: int) -> HttpResponse:
    claim = get_object_or_404(Claim.objects.of(request.user), pk=pk)
    if not claim.cheque:
        raise Http404
    return cheques.answer(claim.cheque)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What staff ask for about a shown cheque, and the photo they get."""
    claim = get_object_or_404(Claim.objects.of(request.user).for_list(), pk=pk)
    if not claim.is_asked:
        return redirect("payments:claims")
    form = AnswerForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        claim_steps.answer(claim=claim, cheque=form.cleaned_data["cheque"])
        messages.success(request, _thanks(claim))
        return redirect("payments:claims")
    return render(request, "payments/claim_answer.html", {"form": form, "claim": claim})


@never_cache
@require_safe
def letter_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    return letter.answer(get_object_or_404(Claim.objects.of(request.user).for_list(), pk=pk))


def _thanks(claim: Claim) -> str:
    """Who showed a sum that is no month has a month to pay for."""
    if claim.months:
        return _("We have your photo. You need to do nothing more.")
    return _("We have your photo.")


def _shown(person: Person, form: ChequeForm) -> Claim | None:
    facts = form.cleaned_data
    try:
        application = application_for(person=person, paid_on=facts["paid_on"])
        return show_cheque(application=application, **facts)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
