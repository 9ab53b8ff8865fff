"""The services without login: a number, the picture code, one sentence. Nobody's name is shown."""

from functools import wraps
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import devices, limits
from cabinet import open_answers, open_forms
from cabinet.services import ask_inn
from common.clock import now, today
from common.errors import Refusal
from payments import pages, printing
from payments.errors import MonthsBeyondCap
from payments.models import Receipt
from payments.offers import Offer, offer_for
from payments.services.online.links import make_link
from payments.services.papers.receipts import form_receipt

ASKED = 60  # from one address in a quarter of an hour, which a dormitory shares
MADE = "open-receipts"  # in the session: the papers made here
KEPT = 5
OF_ONE_PERSON = 5  # papers and links a day that strangers may make for one person


def open_to_all(view):
    """A limited number of questions from one address; unknown to caches and search engines."""

    @wraps(view)
    def limited(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        source = limits.hashed(devices.source_of(request))
        if request.method == "POST" and not limits.take(
            "open-services", source, limits.QUARTER, ASKED
        ):
            return _too_many(request)
        return view(request, *args, **kwargs)

    methods = require_http_methods(["GET", "HEAD", "POST"])
    return login_not_required(never_cache(methods(limited)))


def _too_many(request: HttpRequest) -> HttpResponse:
    sentence = _("Many questions came from your network. Wait 15 minutes and ask again.")
    context = {"title": _("Too many questions at once"), "sentence": sentence}
    return render(
        request, "cabinet/open/not_now.html", context, status=HTTPStatus.TOO_MANY_REQUESTS
    )


def _form(request: HttpRequest, kind: type[open_forms.OpenForm]) -> open_forms.OpenForm:
    return kind(request.POST if request.method == "POST" else None)


def _page(request: HttpRequest, name: str, form: open_forms.OpenForm, **context) -> HttpResponse:
    return render(request, f"cabinet/open/{name}.html", context | {"form": form, "now": now()})


@open_to_all
def status(request: HttpRequest) -> HttpResponse:
    form = _form(request, open_forms.StatusForm)
    if not form.is_valid():
        return _page(request, "status", form)
    said = open_answers.status_of(form.cleaned_data["number"])
    unknown = _("We do not know this application number. Look at your paper again.")
    return _page(request, "status", form, said=said, unknown=unknown)


@open_to_all
def patent_check(request: HttpRequest) -> HttpResponse:
    form = _form(request, open_forms.PatentForm)
    if not form.is_valid():
        return _page(request, "patent", form)
    said = open_answers.patent_of(*form.cleaned_data["patent"])
    unknown = _("We do not know this patent. Look at its series and number again.")
    return _page(request, "patent", form, said=said, unknown=unknown)


@open_to_all
def inn_asked(request: HttpRequest) -> HttpResponse:
    form = _form(request, open_forms.InnForm)
    if not form.is_valid():
        return _page(request, "inn", form)
    try:
        ask_inn(number=form.cleaned_data["number"], phone=form.cleaned_data["phone"])
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    return _page(request, "inn", form, asked=not form.errors)


@open_to_all
def pay(request: HttpRequest) -> HttpResponse:
    """Leads to the page by which anybody may pay for somebody else."""
    form = _form(request, open_forms.PayForm)
    if form.is_valid() and (offer := _offer(form)):
        try:
            link = make_link(offer=offer, months=form.cleaned_data["months"], made_openly=True)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("payments:pay_link", link.token)
    return _page(request, "pay", form)


@open_to_all
def receipt(request: HttpRequest) -> HttpResponse:
    form = _form(request, open_forms.ReceiptForm)
    if form.is_valid() and (offer := _offer(form)):
        paper = form_receipt(
            application=offer.application,
            months=form.cleaned_data["months"],
            on=today(),
            typed_alone=True,
        )
        mine = [*request.session.get(MADE, []), paper.reference][-KEPT:]
        request.session[MADE] = mine
        return redirect("cabinet:open_receipt_made", paper.reference)
    return _page(request, "receipt", form)


def _offer(form) -> Offer | None:
    """What may be paid for whom the form names; else it says why not, one sentence for all who
    are not known by what was typed."""
    said = form.cleaned_data
    names = {key: said[key] for key in ("last_name", "first_name", "inn") if key in said}
    try:
        offer = _allowed(open_answers.found(said["paper"], **names), said["months"])
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
    return offer


def _allowed(person, months: int) -> Offer:
    if person is None:
        raise Refusal(
            _(
                "These data do not go together. Look at each of them in the paper again. "
                "A patent: write 12 digits, the series too."
            )
        )
    offer = offer_for(person)
    if months > len(offer.options):
        raise MonthsBeyondCap(len(offer.options))
    if not limits.take("open-paper", limits.hashed(person.pk), limits.DAY, OF_ONE_PERSON):
        raise Refusal(_("Enough papers were made for this person today. Come back tomorrow."))
    return offer


def _made_here(request: HttpRequest, reference: str) -> Receipt:
    """By who made it, in this browser; for everybody else there is none."""
    if reference not in request.session.get(MADE, []):
        raise Http404
    return Receipt.objects.for_list().get(reference=reference)


@login_not_required
@never_cache
@require_safe
def receipt_made(request: HttpRequest, reference: str) -> HttpResponse:
    paper = _made_here(request, reference)
    context = {"closed": pages.why_closed(paper), "said": open_answers.of_paper(paper)}
    context |= {"receipt": paper, "now": now()}
    return render(request, "cabinet/open/receipt_made.html", context)


@login_not_required
@never_cache
@require_safe
def receipt_made_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    paper = _made_here(request, reference)
    if pages.why_closed(paper):
        return redirect("cabinet:open_receipt_made", reference)
    answer = HttpResponse(printing.pdf(paper), "application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="receipt-{reference}.pdf"'
    return answer
