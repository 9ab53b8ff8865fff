"""The operator's desk: registration, the application's card, its steps, the dated rules."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

import patents.feed_admin
import patents.news_admin
import patents.papers_admin  # noqa: F401  each registers its lists
from accounts import search
from accounts.deaf import mark
from accounts.errors import LoginTaken
from accounts.models import Approval
from accounts.slip import render_slip
from accounts.timeline import words
from common import clock, searching
from common.errors import Refusal
from common.found_admin import FoundByPerson
from common.readonly import ReadOnlyAdmin
from common.staff_lists import StaffList
from journal.exports import ListIsExported
from journal.history_pages import HistoryIsShown
from journal.looks import LooksAreKept
from journal.services import record_look
from patents import errors, services
from patents import search as papers_search
from patents.desk_admin import KnownPeople, PeopleLists
from patents.desk_papers import PapersOfAnApplication, rows_of
from patents.duplicates import already_registered
from patents.forms import RegistrationForm
from patents.issued_filter import IssuedIn
from patents.many_admin import StepsOfMany
from patents.models import Application, Inn, Patent, PatentRule
from patents.steps import STEP_BY_NAME, steps_now
from patents.workdays import expected_ready_on


def _card_address(application: Application) -> str:
    return reverse("admin:patents_application_change", args=[application.pk])


@admin.register(Application)
class ApplicationAdmin(
    FoundByPerson,
    KnownPeople,
    PeopleLists,
    PapersOfAnApplication,
    StepsOfMany,
    LooksAreKept,
    ListIsExported,
    HistoryIsShown,
    ReadOnlyAdmin,
):
    list_display = [
        "number",
        "person",
        "citizenship",
        "ground",
        "status",
        "accepted_on",
        "ready_on",
        "patent_number",
    ]
    list_select_related = ["person__citizenship", "patent"]
    list_filter = ["status", "ground", "person__citizenship", "refusal_kind"]
    date_hierarchy = "accepted_on"
    actions = ["send_many", "ready_many", "export"]

    def person_id_of(self, row):
        return row.person_id

    @admin.display(description=_("citizenship"))
    def citizenship(self, application):
        return application.person.citizenship

    @admin.display(description=_("patent"))
    def patent_number(self, application):
        return getattr(application, "patent", None)

    def has_add_permission(self, request):
        return request.user.has_perm("patents.add_application")

    def get_urls(self):
        step = self.admin_site.admin_view(self.step_view)
        return [
            path("<int:pk>/step/<slug:name>/", step, name="patents_application_step"),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        """One screen; the answer to the POST is the slip, printed this once."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST" or searching.is_asked(request):
            form = RegistrationForm(
                initial={"number": services.offer_number(), "accepted_on": clock.today()}
            )
            return self._registration_page(request, form)
        form = RegistrationForm(request.POST)
        return self._registered_before(request, form) or self._register(request, form)

    def _registered_before(self, request, form):
        """The same form sent again is not a second application: show what was made of it."""
        form.full_clean()
        sought, number = form.sought(), form.cleaned_data.get("number")
        if not (sought and number and already_registered(number, sought)):
            return None
        application = Application.objects.get(number=number)
        messages.info(
            request,
            _t(
                "This application is already registered. The password was shown once; "
                "a new one can be issued on the person's page."
            ),
        )
        return redirect(_card_address(application))

    def _register(self, request, form):
        if not form.is_valid():
            return self._registration_page(request, form)
        facts = {name: form.cleaned_data[name] for name in FACTS_OF_AN_APPLICATION}
        try:
            made = services.enrol(person=form.applicant(), actor=request.user, **facts)
        except (errors.NumberTaken, LoginTaken):
            return self._number_taken(request, form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self._registration_page(request, form)
        return self._slip(request, made)

    def _number_taken(self, request, form):
        before = self._registered_before(request, form)
        if before is None:
            form.offer(services.offer_number())
        return before or self._registration_page(request, form)

    def _slip(self, request, made):
        application = made.application
        if made.password:
            return render_slip(request, application.person, application.number, made.password)
        messages.success(
            request,
            _t(
                "The application is registered. The new number opens the same cabinet with the "
                "same password. The passport and the phones of the person stay as they were."
            ),
        )
        return redirect(_card_address(application))

    def _registration_page(self, request, form):
        term = searching.typed(request)
        search.seen_by(request.user, form.known)
        return self._form_page(
            request,
            form,
            _t("New application"),
            _t("Register and print the slip"),
            template="admin/patents/application/register.html",
            term=term,
            found=search.seen_by(request.user, papers_search.people(term)),
        )

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The card: facts to read, buttons for the steps that are possible now."""
        application = self._application(request, object_id)
        if not self.has_view_permission(request, application):
            raise PermissionDenied
        _remember(request, application.person_id, "application")
        context = self._context(request, _t("Application %s") % application.number)
        context |= _card(application) | {"steps": steps_now(request.user, application)}
        return TemplateResponse(request, "admin/patents/application/card.html", context)

    def step_view(self, request, pk, name):
        step = STEP_BY_NAME.get(name)
        if step is None:
            raise Http404
        if not request.user.has_perm(step.permission):
            raise PermissionDenied
        application = self._application(request, pk)
        if not step.legal(application):
            messages.warning(request, str(errors.StepNotPossible()))
            return redirect(_card_address(application))
        _remember(request, application.person_id, f"application/{step.name}")
        if request.method != "POST":
            form = step.form(application=application, initial=step.initial(application))
            return self._step_page(request, step, application, form)
        form = step.form(request.POST, application=application)
        return self._step(request, step, application, form)

    def _step(self, request, step, application, form):
        if not form.is_valid():
            return self._step_page(request, step, application, form)
        try:
            done = step.perform(application=application, actor=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self._step_page(request, step, application, form)
        said = _t("A colleague decides: %s.") if isinstance(done, Approval) else _t("Done: %s.")
        messages.success(request, said % step.title)
        return redirect(_card_address(application))

    def _step_page(self, request, step, application, form):
        extra = {"application": application, "back": _card_address(application)}
        return self._form_page(request, form, step.title, _t("Save"), **extra)

    def _form_page(
        self,
        request,
        form,
        title,
        button,
        template="admin/patents/application/form.html",
        **extra,
    ):
        context = self._context(request, title) | {
            "form": form,
            "adminform": AdminForm(form, form.fieldsets(), {}, model_admin=self),
            "button": button,
        }
        return TemplateResponse(request, template, context | extra)

    def _context(self, request, title):
        return self.admin_site.each_context(request) | {"title": title, "opts": self.opts}

    def _application(self, request, object_id):
        rows = Application.objects.for_list().select_related("patent", "registered_by")
        if not str(object_id).isdigit():
            raise Http404
        return get_object_or_404(rows, pk=object_id)


FACTS_OF_AN_APPLICATION = [
    "number",
    "accepted_on",
    "ground",
    "migration_card",
    "registration_slip",
    "registered_until",
]


def _card(application: Application) -> dict:
    """Everything that the card shows, read at once."""
    person = application.person
    entries = person.timeline.select_related("actor")[:100]
    return {
        "application": application,
        "person": person,
        "patent": getattr(application, "patent", None),
        "expected_on": expected_ready_on(application),
        "steps_made": application.steps.select_related("recorded_by"),
        "papers": rows_of(application),
        "phones": mark(person.phones.order_by("-valid_from", "-pk")),
        "passports": person.passports.order_by("-valid_from", "-pk"),
        "inns": person.inns.select_related("entered_by").order_by("-valid_from", "-pk"),
        "others": person.applications.exclude(pk=application.pk),
        "timeline": [(entry, words(entry)) for entry in entries],
    }


@admin.register(Patent)
class PatentAdmin(FoundByPerson, LooksAreKept, ListIsExported, HistoryIsShown, ReadOnlyAdmin):
    list_display = [
        "__str__",
        "application",
        "person",
        "issued_on",
        "annulled_on",
        "source",
    ]
    list_select_related = ["application__person"]
    list_filter = [IssuedIn, ("annulled_on", admin.EmptyFieldListFilter), "source"]
    date_hierarchy = "issued_on"
    path_to_person = "application__person"
    fields = [
        "application",
        "series",
        "number",
        "issued_on",
        "profession",
        "source",
        "received_at",
        "annulled_on",
        "annulled_reason",
        "annulled_source",
        "annulled_received_at",
    ]

    def person_id_of(self, row):
        return row.application.person_id

    @admin.display(description=_("person"))
    def person(self, patent):
        return patent.application.person

    def change_view(self, request, object_id, form_url="", extra_context=None):
        _look_through(request, self.get_object(request, object_id), "patent")
        return super().change_view(request, object_id, form_url, extra_context)


@admin.register(Inn)
class InnAdmin(FoundByPerson, LooksAreKept, ListIsExported, HistoryIsShown, ReadOnlyAdmin):
    list_display = ["value", "person", "valid_from", "valid_until", "source", "note", "entered_by"]
    list_select_related = ["person", "entered_by"]
    list_filter = [("valid_until", admin.EmptyFieldListFilter), "source"]
    date_hierarchy = "valid_from"
    fields = [
        "person",
        "value",
        "valid_from",
        "valid_until",
        "source",
        "received_at",
        "note",
        "entered_by",
    ]

    def person_id_of(self, row):
        return row.person_id

    def change_view(self, request, object_id, form_url="", extra_context=None):
        _look_through(request, self.get_object(request, object_id), "inn")
        return super().change_view(request, object_id, form_url, extra_context)


def _look_through(request, row, page: str) -> None:
    """A page of one row tells whose data it shows."""
    if row is None:
        return
    person_id = row.person_id if page == "inn" else row.application.person_id
    _remember(request, person_id, page)


def _remember(request, person_id: int, page: str) -> None:
    record_look(actor_id=request.user.pk, person_id=person_id, page=page)


class PatentRuleForm(forms.ModelForm):
    """One rule a day: rules of one country must not overlap."""

    class Meta:
        model = PatentRule
        fields = ["country", "needs_patent", "valid_from", "valid_until", "note"]

    def clean(self):
        facts = super().clean()
        first, last = facts.get("valid_from"), facts.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("The last day is before the first one."))
        elif first and facts.get("country") and self._overlaps(facts["country"], first, last):
            self.add_error("valid_from", _("Another rule of this country holds on these days."))
        return facts

    def _overlaps(self, country, first, last) -> bool:
        others = PatentRule.objects.filter(country=country).exclude(pk=self.instance.pk)
        if last:
            others = others.filter(valid_from__lte=last)
        return others.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=first)).exists()


@admin.register(PatentRule)
class PatentRuleAdmin(StaffList, admin.ModelAdmin):
    form = PatentRuleForm
    list_display = ["country", "needs_patent", "valid_from", "valid_until", "note"]
    list_select_related = ["country"]
    list_filter = ["needs_patent"]
    search_fields = ["country__code", "country__name"]

    def has_delete_permission(self, request, obj=None):
        return False
