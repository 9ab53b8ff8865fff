"""Beside the one screen of registration: one more application of a known person, whole lists."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _t

from accounts import slip
from accounts.errors import LoginTaken
from accounts.models import Person
from common import clock
from common.errors import Refusal
from journal.services import record_look, record_looks
from patents import errors, services
from patents.forms import AnotherApplicationForm, ListForm
from patents.lists import sealed, tables, workbooks
from patents.lists.checking import check
from patents.lists.columns import COLUMNS
from patents.lists.registering import register
from patents.models import Application

AT_A_WINDOW = 300  # rows: each costs a password hash while the operator waits


class KnownPeople:
    """«It is this person: new application»: the old and the new number open the same cabinet."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.again_view)
        return [path("add/<int:pk>/", view, name="patents_application_again"), *super().get_urls()]

    def again_view(self, request, pk: int):
        if not self.has_add_permission(request):
            raise PermissionDenied
        person = get_object_or_404(Person.objects.whole(), pk=pk)
        record_look(actor_id=request.user.pk, person_id=person.pk, page="application/again")
        if request.method != "POST":
            facts = {"number": services.offer_number(), "accepted_on": clock.today()}
            return self._again_page(request, person, AnotherApplicationForm(initial=facts))
        form = AnotherApplicationForm(request.POST)
        return self._sent_before(person, form) or self._again(request, person, form)

    def _sent_before(self, person: Person, form):
        """The same form sent again is not a second application."""
        number = form.cleaned_data.get("number") if form.is_valid() else None
        before = Application.objects.filter(person=person, number=number).first()
        return redirect("admin:patents_application_change", before.pk) if before else None

    def _again(self, request, person: Person, form):
        if not form.is_valid():
            return self._again_page(request, person, form)
        try:
            made = services.enrol(person=person, actor=request.user, **form.cleaned_data)
        except (errors.NumberTaken, LoginTaken):
            form.offer(services.offer_number())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return self._again_answer(request, made)
        return self._again_page(request, person, form)

    def _again_answer(self, request, made):
        if made.password:
            number = made.application.number
            return slip.render_slip(request, made.application.person, number, made.password)
        messages.success(
            request,
            _t("Registered. The new number opens the same cabinet with the same password."),
        )
        return redirect("admin:patents_application_change", made.application.pk)

    def _again_page(self, request, person: Person, form):
        title = _t("New application of %(name)s") % {"name": person.full_name}
        return self._form_page(request, form, title, _t("Register"))


class PeopleLists:
    """A whole list from a file: preview, confirmation, slips in the answer, results to take away.

    Nothing of the file is kept: its rows travel sealed in the page of the preview.
    """

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("list/", view(self.list_view), name="patents_application_list"),
            path("list/template/", view(self.template_view), name="patents_application_template"),
            path("list/register/", view(self.register_view), name="patents_application_register"),
            path("list/results/", view(self.results_view), name="patents_application_results"),
            *super().get_urls(),
        ]

    def list_view(self, request):
        self._require_adding(request)
        form = ListForm(request.POST or None, request.FILES or None)
        rows = _rows_of(form) if form.is_valid() else None
        if rows is None:
            context = self._context(request, _t("Register a list"))
            context |= {"form": form, "columns": COLUMNS}
            return TemplateResponse(request, "admin/patents/application/list_upload.html", context)
        return self._preview(request, rows)

    def _preview(self, request, rows):
        checked = check(rows)
        named = {person.pk for one in checked for person in one.form.known}
        record_looks(actor_id=request.user.pk, person_ids=sorted(named), page="application/list")
        context = self._context(request, _t("Preview of the list"))
        context |= {
            "checked": checked,
            "good": sum(one.may_be_registered for one in checked),
            "sealed": sealed.rows(rows, request.user.pk),
            "ticket": slip.new_ticket(request),
        }
        return TemplateResponse(request, "admin/patents/application/list_preview.html", context)

    def register_view(self, request):
        """The answer to the POST holds the slips; sent again, it prints nothing."""
        self._require_adding(request)
        if request.method != "POST":
            return redirect("admin:patents_application_list")
        try:
            rows = sealed.opened_rows(request.POST.get("sealed", ""), request.user.pk)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("admin:patents_application_list")
        if not slip.spend_ticket(request, request.POST.get("ticket", "")):
            messages.warning(request, _t("This list was registered already."))
            return redirect("admin:patents_application_list")
        return self._registered(request, register(rows, request.user))

    def _registered(self, request, outcomes):
        sheets = [slip.make(o.person, o.number, o.password) for o in outcomes if o.password]
        results = {
            "outcomes": outcomes,
            "failed": sum(outcome.failed for outcome in outcomes),
            "sealed": sealed.outcomes(outcomes, request.user.pk),
        }
        return slip.render_slips(request, sheets, results)

    def results_view(self, request):
        self._require_adding(request)
        if request.method != "POST":
            return redirect("admin:patents_application_list")
        try:
            outcomes = sealed.opened_outcomes(request.POST.get("sealed", ""), request.user.pk)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("admin:patents_application_list")
        return _file(workbooks.results(outcomes), "results.xlsx")

    def template_view(self, request):
        self._require_adding(request)
        return _file(workbooks.template(), "template.xlsx")

    def _require_adding(self, request):
        if not self.has_add_permission(request):
            raise PermissionDenied


def _rows_of(form):
    """The rows of the uploaded file; None when it cannot be read, and the form says why."""
    try:
        return tables.read(form.cleaned_data["file"].read(), AT_A_WINDOW)
    except Refusal as refusal:
        form.add_error("file", str(refusal))
        return None


def _file(content: bytes, name: str) -> HttpResponse:
    head = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=workbooks.MIME, headers=head)
