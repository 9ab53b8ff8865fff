"""The cash desk's pages: money is recorded at the window, counted by day, corrected by two."""

from datetime import date

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Person
from common.clock import today
from common.errors import Refusal
from common.formats import clock_time
from journal.exports import TooLong, exported, may_export
from journal.services import record_look, record_looks
from payments import pages, till_report, window_stop
from payments import reference as references
from payments.day_reports import asked_day
from payments.errors import PageOpenAtTill
from payments.models import Receipt, TillPayment
from payments.pages.already_paid import what_is_paid
from payments.services.online.open_pages import ask_about_open_pages, page_in_the_way
from payments.services.tills import till_corrections, till_lines, tills
from payments.stop import Stop
from payments.till_forms import CorrectForm, KnowsForm, TakeForm

LAST_TILL = "till"  # in the session: who stands at a till stays there
OLD_CHEQUES = "payments.change_till"  # supervisors; everybody at a till may ask for corrections
NEWEST = 12
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def take_form(request, receipt: Receipt, closed: Refusal | None, data=None) -> TakeForm | None:
    """The form beside a receipt; None for those who take no money.

    For a paper that is `closed` from today on, it takes only a cheque of an earlier day.
    """
    if not request.user.has_perm("payments.add_tillpayment"):
        return None
    return TakeForm(
        data,
        page=page_in_the_way(receipt.application),
        only_earlier=pages.takes_earlier(closed),
        any_day=request.user.has_perm(OLD_CHEQUES),
        initial={"till": request.session.get(LAST_TILL)},
    )


def of_earlier_days(user, person: Person) -> list[Receipt]:
    """Papers that today closed, for whoever records cash of a day before."""
    if not user.has_perm("payments.add_tillpayment"):
        return []
    papers = Receipt.objects.unpaid().filter(person=person).for_list()
    newest = papers.order_by("-formed_on", "-pk")[:NEWEST]
    return [paper for paper in newest if pages.takes_earlier(pages.why_closed(paper))]


def beside(request, receipt: Receipt, closed: Refusal | None) -> dict:
    """What whoever takes money for a receipt must see first: an open page, what is paid."""
    page = page_in_the_way(receipt.application)
    stop, surplus = what_is_paid(receipt.person, receipt.months)
    return {
        "page": page,
        "page_closes_at": page and clock_time(page.closes_at),
        "stop": stop,
        "surplus": surplus,
        "print_knows": window_stop.unread_form(request, receipt),
        "card_knows": KnowsForm(stop=stop, auto_id="card_%s"),
        "till_knows": _till_knows(stop, closed),
    }


def _till_knows(stop: Stop | None, closed: Refusal | None, data=None) -> KnowsForm:
    earlier = pages.takes_earlier(closed)
    return KnowsForm(data, stop=stop, paid_before=earlier, auto_id="till_%s")


@never_cache
@require_POST
def take(request, pk: int, reference: str):
    """Record the money of a receipt; the page of the receipt shows the form.

    The acquirer is asked first: money that it took a moment ago is what is already paid.
    """
    if not request.user.has_perm("payments.add_tillpayment"):
        raise PermissionDenied
    receipt = _receipt(pk, reference)
    record_look(actor_id=request.user.pk, person_id=pk, page="till")
    ask_about_open_pages(person=receipt.person)
    closed = pages.why_closed(receipt)
    form = take_form(request, receipt, closed, request.POST)
    context = beside(request, receipt, closed)
    knows = _till_knows(context["stop"], closed, request.POST)
    if form.is_valid() & knows.is_valid() and _taken(request, receipt, form):
        return redirect("admin:assist_receipt", pk, receipt.reference)
    closed = pages.why_closed(receipt)  # what was said meanwhile may have closed it
    context |= pages.receipt(receipt, closed) | {"person": receipt.person, "till_knows": knows}
    if context["taken_on"]:
        messages.warning(request, _("This receipt is paid already. Give the cash back."))
    title = _("Help with a payment")
    return _page(request, "admin/assist_receipt.html", title, till_form=form, **context)


@never_cache
@require_POST
def ask_bank(request, pk: int, reference: str):
    """Ask the acquirer about the open page, and to close it; what it says stands on the page."""
    if not request.user.has_perm("payments.add_tillpayment"):
        raise PermissionDenied
    receipt = _receipt(pk, reference)
    record_look(actor_id=request.user.pk, person_id=pk, page="till")
    ask_about_open_pages(person=receipt.person, close=True)
    page = page_in_the_way(receipt.application)
    if page is None:
        messages.success(request, _("No payment page is open now. Look what is paid."))
    else:
        messages.warning(request, str(PageOpenAtTill(page)))
    return redirect("admin:assist_receipt", pk, receipt.reference)


def _receipt(pk: int, typed: str) -> Receipt:
    number = references.normalise(typed)
    if not references.is_valid(number):
        raise Http404
    return get_object_or_404(Receipt.objects.for_list(), reference=number, person_id=pk)


def _taken(request, receipt: Receipt, form: TakeForm) -> bool:
    try:
        tills.take(receipt=receipt, actor=request.user, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    request.session[LAST_TILL] = form.cleaned_data["till"].pk
    messages.success(request, _("The money is recorded. The person is told by SMS."))
    if form.cleaned_data["taken_on"] not in (None, today()):
        messages.warning(
            request, _("A colleague confirms the day of the cheque under “Decisions”.")
        )
    return True


@never_cache
@get_or_post
def report(request):
    """What each till took on a day; a POST asks for the file."""
    if not request.user.has_perm("payments.view_tillpayment"):
        raise PermissionDenied
    day = asked_day(request.GET.get("day", ""), otherwise=today())
    found, corrected = till_report.of_day(day), till_report.corrected(day)
    rows = [row for one in found for row in one.rows]
    if request.method == "POST":
        return _file(request, day, rows)
    people = {row.person_id for row in rows} | {row.receipt.person_id for row in corrected}
    record_looks(actor_id=request.user.pk, person_ids=people, page="till report")
    return _page(
        request,
        "admin/till_report.html",
        _("Report of the tills"),
        day=day,
        tills=found,
        corrected=corrected,
        count=len(rows),
        total=till_report.total(rows),
        register=till_report.register_of(row for row in rows if row.posted_on is None),
        may_export=may_export(request.user),
    )


def _file(request, day: date, rows: list):
    if not may_export(request.user):
        raise PermissionDenied
    try:
        return exported(
            request=request,
            name=f"tills-{day.isoformat()}",
            heads=till_report.HEADS,
            rows=[till_report.cells(row) for row in rows],
            people=[row.person_id for row in rows],
        )
    except TooLong as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{request.path}?day={day.isoformat()}")


@never_cache
@get_or_post
def correct(request, pk: int):
    """Ask a colleague to agree that an entry is wrong."""
    if not request.user.has_perm(till_corrections.PERMISSION):
        raise PermissionDenied
    taken = get_object_or_404(TillPayment.objects.standing().for_list(), pk=pk)
    record_look(actor_id=request.user.pk, person_id=taken.receipt.person_id, page="till")
    posted = till_lines.is_posted(taken)
    form = CorrectForm(request.POST if request.method == "POST" else None, posted=posted)
    if form.is_valid() and _asked(request, taken, form):
        messages.success(request, _("Asked. Another member of the staff decides."))
        return redirect("admin:till_report")
    context = {"form": form, "taken": taken, "posted": posted}
    return _page(request, "admin/till_correct.html", _("Correct a record"), **context)


def _asked(request, taken: TillPayment, form: CorrectForm) -> bool:
    said = form.cleaned_data
    right = {
        CorrectForm.RECEIPT: (said.get("receipt"), taken.taken_on),
        CorrectForm.DAY: (taken.receipt, said["taken_on"]),
        CorrectForm.NOTHING: (None, taken.taken_on),
    }
    receipt, taken_on = right[said["what"]]
    if receipt:
        ask_about_open_pages(person=receipt.person)
    try:
        till_corrections.ask(
            taken=taken,
            receipt=receipt,
            taken_on=taken_on,
            actor=request.user,
            reason=said["reason"],
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _page(request, template: str, title: str, **context):
    common = admin.site.each_context(request) | {"title": title}
    return TemplateResponse(request, template, common | context)
