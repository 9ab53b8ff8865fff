from decimal import Decimal

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import CharField, Count, F, Func, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Concat, Upper
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

import payments.claim_admin  # noqa: F401  it registers the shown cheques
from accounts.models import Person
from common.clock import moscow_day, today
from common.formats import roubles
from common.readonly import ReadOnlyAdmin, roubles_of
from journal.history_pages import HistoryIsShown
from journal.looks import LooksAreKept
from journal.services import record_look, record_looks
from payments import reference
from payments.models import (
    Account,
    Charge,
    Place,
    Placement,
    QueueReason,
    Receipt,
    Requisites,
    Statement,
    StatementLine,
    Tariff,
)
from payments.services.ledger import match_again
from payments.services.statements import import_statement
from payments.statements.errors import NotAStatement
from payments.statements.formats import must_not_be_too_big


class PersonalMoneyAdmin(LooksAreKept, HistoryIsShown, ReadOnlyAdmin):
    """Opening a row of a known person is a look at their data, and is written down."""

    def person_id_of(self, row) -> int | None:
        raise NotImplementedError

    def get_object(self, request, object_id, from_field=None):
        row = super().get_object(request, object_id, from_field)
        if row is not None and (person_id := self.person_id_of(row)):
            record_look(
                actor_id=request.user.pk, person_id=person_id, page=f"admin {self.opts.model_name}"
            )
        return row


# --- lines that wait


class SplitPart(Func):
    """A word of a text by its number, from 1."""

    function = "SPLIT_PART"
    output_field = CharField()


class ShownFilter(admin.SimpleListFilter):
    title = _("what to show")
    parameter_name = "shown"

    def lookups(self, request, model_admin):
        return [("current", _("all money where it is now")), ("all", _("with its history"))]

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [first | {"display": _("what waits for staff")}, *others]

    def queryset(self, request, queryset):
        chosen = {"current": queryset.current, "all": queryset.all}
        return chosen.get(self.value(), queryset.queued)()


class QueueReasonFilter(admin.SimpleListFilter):
    """The kinds of questions, each with how many of them wait."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        waiting = Placement.objects.queued().values_list("queue_reason")
        counts = dict(waiting.annotate(count=Count("pk")).order_by())
        return [
            (reason.value, f"{reason.label} ({counts[reason]})")
            for reason in QueueReason
            if reason in counts
        ]

    def queryset(self, request, queryset):
        return queryset.filter(queue_reason=self.value()) if self.value() else queryset


@admin.register(Placement)
class PlacementAdmin(PersonalMoneyAdmin):
    """Where the money of the lines is; first of all, what waits for staff."""

    list_display = [
        "posted_on",
        "sum",
        "payer",
        "purpose",
        "place",
        "reason",
        "like_whom",
        "age",
    ]
    list_select_related = ["line", "application__person"]
    list_filter = [ShownFilter, QueueReasonFilter]
    search_fields = [
        "line__payer_name",
        "line__purpose",
        "line__payer_inn",
        "line__document_number",
        "application__number",
        "receipt__reference",
    ]
    search_help_text = _("Payer, purpose, INN, order, application or receipt")
    date_hierarchy = "opened_at"
    list_per_page = 50
    actions = ["match_again"]
    sum = roubles_of("amount", _("sum"))
    fields = [
        "place",
        "sum",
        "reason",
        "application",
        "receipt",
        "charge",
        "months",
        "paid_on",
        "decided_by",
        "opened_at",
        "closed_at",
        "line",
        "as_sent",
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(namesake=_namesake())

    def person_id_of(self, row):
        return row.application and row.application.person_id

    @admin.display(description=_("posted on"), ordering="line__posted_on")
    def posted_on(self, row):
        return row.line.posted_on

    @admin.display(description=_("payer"), ordering="line__payer_name")
    def payer(self, row):
        return row.line.payer_name

    @admin.display(description=_("purpose"))
    def purpose(self, row):
        return row.line.purpose

    @admin.display(description=_("like whom"))
    def like_whom(self, row):
        if row.application:
            return f"{row.application.number} {row.application.person}"
        return row.namesake

    @admin.display(description=_("waits"), ordering="opened_at")
    def age(self, row):
        if row.place != Place.QUEUE or row.closed_at:
            return None
        days = (today() - moscow_day(row.opened_at)).days
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}

    @admin.display(description=_("as sent"))
    def as_sent(self, row):
        return _as_sent(row.line)

    def changelist_view(self, request, extra_context=None):
        found = Placement.objects.queued().aggregate(count=Count("pk"), total=Sum("amount"))
        title = gettext("Lines that wait: %(count)d for %(total)s") % {
            "count": found["count"],
            "total": roubles(found["total"] or Decimal(0)),
        }
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def has_match_permission(self, request):
        return request.user.has_perm("payments.change_placement")

    @admin.action(description=_("Match again"), permissions=["match"])
    def match_again(self, request, queryset):
        chosen = queryset.values_list("pk", flat=True)
        waiting = Placement.objects.queued().filter(pk__in=list(chosen))
        posted = match_again(placements=waiting, actor=request.user)
        self.message_user(request, gettext("Posted: %d.") % posted, messages.SUCCESS)


def _as_sent(line: StatementLine) -> str:
    pairs = format_html_join("", "<dt>{}</dt><dd>{}</dd>", line.raw.items())
    return format_html("<dl>{}</dl>", pairs)


def _namesake() -> Subquery:
    """One person whose last and first name the payer's name begins with: a hint, no more."""
    name = OuterRef("line__payer_name")
    people = Person.objects.annotate(last=Upper("last_name"), first=Upper("first_name")).filter(
        last=Upper(SplitPart(name, Value(" "), Value(1))),
        first=Upper(SplitPart(name, Value(" "), Value(2))),
    )
    full = Concat("last_name", Value(" "), "first_name", Value(" "), "middle_name")
    return Subquery(people.order_by("pk").annotate(full=full).values("full")[:1])


# --- statements


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("1CClientBankExchange, as the bank or the Treasury gave it"),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            must_not_be_too_big(file.size, settings.MAX_STATEMENT_BYTES)
        except NotAStatement as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return file


@admin.register(Statement)
class StatementAdmin(ReadOnlyAdmin):
    list_display = [
        "file_name",
        "account",
        "first_day",
        "last_day",
        "whole_through",
        "line_count",
        "sum",
        "imported_at",
    ]
    sum = roubles_of("incoming", _("incoming"))
    list_select_related = ["account"]
    list_filter = ["account"]
    search_fields = ["file_name", "content_hash"]
    date_hierarchy = "first_day"
    change_list_template = "admin/payments/statement/change_list.html"

    def get_urls(self):
        upload = self.admin_site.admin_view(self.upload_view)
        return [path("upload/", upload, name="payments_statement_upload"), *super().get_urls()]

    def has_upload_permission(self, request):
        return request.user.has_perm("payments.add_statement")

    def changelist_view(self, request, extra_context=None):
        may = {"may_upload": self.has_upload_permission(request)}
        return super().changelist_view(request, {**may, **(extra_context or {})})

    def upload_view(self, request):
        if not self.has_upload_permission(request):
            raise PermissionDenied
        posted = (request.POST, request.FILES) if request.method == "POST" else ()
        form = UploadForm(*posted)
        if form.is_valid() and self._take(request, form):
            return redirect("admin:payments_statement_changelist")
        context = self.admin_site.each_context(request) | {
            "form": form,
            "opts": self.opts,
            "title": gettext("Upload a statement"),
        }
        return TemplateResponse(request, "admin/payments/statement/upload.html", context)

    def _take(self, request, form) -> bool:
        file = form.cleaned_data["file"]
        try:
            result = import_statement(content=file.read(), name=file.name)
        except NotAStatement as refusal:
            form.add_error("file", str(refusal))
            return False
        words = gettext("%(lines)d lines, %(matched)d matched, %(queued)d queued, %(known)d known")
        counts = {name: getattr(result, name) for name in ("lines", "matched", "queued", "known")}
        self.message_user(request, words % counts, messages.SUCCESS)
        return True


@admin.register(StatementLine)
class StatementLineAdmin(LooksAreKept, ReadOnlyAdmin):
    """A line names its payer: whoever has money in it was looked at."""

    list_display = [
        "posted_on",
        "document_number",
        "document_date",
        "sum",
        "payer_name",
        "payer_inn",
        "purpose",
        "where",
    ]
    sum = roubles_of("amount", _("sum"))
    fields = [
        *("statement", "account", "posted_on", "document_number", "document_date", "sum"),
        *("payer_name", "payer_account", "payer_inn", "purpose", "paid_on"),
        *("places", "as_sent"),
    ]
    search_fields = ["document_number", "payer_name", "payer_inn", "purpose"]
    search_help_text = _("Order, payer, INN or purpose")
    date_hierarchy = "posted_on"
    list_per_page = 50

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("placements__application")

    def person_ids_of(self, line) -> list[int]:
        places = line.placements.all()
        return [place.application.person_id for place in places if place.application]

    def get_object(self, request, object_id, from_field=None):
        line = super().get_object(request, object_id, from_field)
        if line is not None:
            found = self.person_ids_of(line)
            record_looks(actor_id=request.user.pk, person_ids=found, page="admin line")
        return line

    @admin.display(description=_("where the money is"))
    def where(self, line):
        current = (row for row in line.placements.all() if row.closed_at is None)
        return format_html_join(
            "",
            "<div>{} {}</div>",
            ((row.get_place_display(), roubles(row.amount)) for row in current),
        )

    @admin.display(description=_("where the money is"))
    def places(self, line):
        """Each place by its own page, where its question is decided."""
        current = (row for row in line.placements.all() if row.closed_at is None)
        return format_html_join(
            "",
            '<div><a href="{}">{}</a>. {}</div>',
            ((_page(row), row, row.reason) for row in current),
        )

    @admin.display(description=_("as sent"))
    def as_sent(self, line):
        return _as_sent(line)


def _page(place: Placement) -> str:
    return reverse("admin:payments_placement_change", args=[place.pk])


@admin.register(Account)
class AccountAdmin(ReadOnlyAdmin):
    list_display = ["number", "counted_through", "complete_through"]
    search_fields = ["number"]


# --- receipts and online payments


@admin.register(Receipt)
class ReceiptAdmin(PersonalMoneyAdmin):
    list_display = [
        "shown_reference",
        "person",
        "application",
        "months",
        "sum",
        "status",
        "formed_on",
        "posted_on",
    ]
    sum = roubles_of("amount", _("sum"))
    list_select_related = ["person", "application"]
    list_filter = ["status"]
    search_fields = ["reference", "application__number", "person__last_name"]
    search_help_text = _("Receipt, application or last name")
    date_hierarchy = "formed_on"
    exclude = ["snapshot"]

    def person_id_of(self, row):
        return row.person_id

    def get_search_results(self, request, queryset, search_term):
        typed = reference.normalise(search_term)
        term = typed if reference.is_valid(typed) else search_term
        return super().get_search_results(request, queryset, term)

    @admin.display(description=_("number"), ordering="reference")
    def shown_reference(self, receipt):
        return reference.display(receipt.reference)


@admin.register(Charge)
class ChargeAdmin(PersonalMoneyAdmin):
    list_display = ["created_at", "receipt", "person", "sum", "status", "captured_at", "posted"]
    sum = roubles_of("amount", _("sum"))
    list_select_related = ["receipt__person"]
    list_filter = ["status"]
    search_fields = ["provider_id", "receipt__reference", "receipt__application__number"]
    search_help_text = _("Acquirer's number, receipt or application")
    date_hierarchy = "created_at"
    fields = [
        *("receipt", "sum", "status", "captured_at", "reason"),
        *("provider_id", "idempotence_key", "created_at"),
    ]

    def get_queryset(self, request):
        current = Placement.objects.current().filter(charge=OuterRef("pk"))
        posted = Subquery(current.values("line__posted_on")[:1])
        return super().get_queryset(request).annotate(posted_on=posted)

    def person_id_of(self, row):
        return row.receipt.person_id

    @admin.display(description=_("person"), ordering="receipt__person__last_name")
    def person(self, charge):
        return charge.receipt.person

    @admin.display(description=_("posted on"), ordering=F("posted_on"))
    def posted(self, charge):
        return charge.posted_on


# --- what payments cost and where they go


class DatedForm(forms.ModelForm):
    def clean(self):
        first, last = map(self.cleaned_data.get, ("valid_from", "valid_until"))
        if first and last and last < first:
            self.add_error("valid_until", _("The last day is earlier than the first."))
        return self.cleaned_data


class DatedAdmin(admin.ModelAdmin):
    """Edited by hand; the database refuses days that overlap, in a sentence."""

    form = DatedForm
    list_filter = ["region"]
    ordering = ["region", "-valid_from"]

    def has_delete_permission(self, request, obj=None):
        return False

    def get_changeform_initial_data(self, request):
        return {"region": settings.REGION} | super().get_changeform_initial_data(request)


@admin.register(Tariff)
class TariffAdmin(DatedAdmin):
    list_display = ["valid_from", "valid_until", "month", "region", "source"]
    month = roubles_of("monthly", _("a month"))


@admin.register(Requisites)
class RequisitesAdmin(DatedAdmin):
    list_display = ["valid_from", "valid_until", "account", "kpp", "kbk", "oktmo", "region"]
