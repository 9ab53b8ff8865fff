"""The archive of receipts and cheques, and its papers for a renewal or an employer."""

from tempfile import SpooledTemporaryFile

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Person
from accounts.owner import person_of
from common.errors import Refusal
from payments import archive as papers
from payments import cheques, paper_pdf
from payments.claim_forms import KeptChequeForm
from payments.services.papers.papers import keep_cheque

IN_MEMORY = 2 * 1024 * 1024


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    posted = request.method == "POST"
    form = KeptChequeForm(request.POST, request.FILES) if posted else KeptChequeForm()
    if form.is_valid() and _kept(person, form):
        messages.success(request, _("The cheque is kept."))
        return redirect("payments:papers")
    return render(request, "payments/papers.html", {"form": form, "years": papers.years(person)})


@never_cache
@require_safe
def kept_cheque(request: HttpRequest, pk: int) -> HttpResponse:
    return cheques.answer(get_object_or_404(person_of(request).kept_cheques, pk=pk).cheque)


@never_cache
@require_safe
def year_pdf(request: HttpRequest, year: int) -> HttpResponse:
    """One document with all paid receipts and cheques of a year, streamed from a spooled file."""
    person = person_of(request)
    found = _year(person, year)
    if not found.has_papers:
        raise Http404
    target = _spool()
    paper_pdf.write_year(target, person, found)
    return _pdf(target, f"payments-{year}.pdf")


@never_cache
@require_safe
def tax_pdf(request: HttpRequest, year: int) -> HttpResponse:
    person = person_of(request)
    found = _year(person, year)
    if not found.has_tax:
        raise Http404
    target = _spool()
    paper_pdf.write_tax(target, person, found)
    return _pdf(target, f"tax-{year}.pdf")


def _year(person: Person, number: int) -> papers.Year:
    found = papers.year_of(person, number)
    if found is None:
        raise Http404
    return found


def _spool() -> SpooledTemporaryFile:
    # The answer closes it when the last byte has gone out.
    return SpooledTemporaryFile(max_size=IN_MEMORY)


def _pdf(target, name: str) -> FileResponse:
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=name, content_type="application/pdf")


def _kept(person: Person, form: KeptChequeForm) -> bool:
    try:
        keep_cheque(person=person, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
