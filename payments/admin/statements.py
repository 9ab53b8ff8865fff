"""Statement files and their lines."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.errors import Refusal
from common.formats import roubles
from common.found_admin import OF_ONE_TERM, FoundByPerson
from common.readonly import ReadOnlyAdmin, roubles_of
from journal.looks import LooksAreKept
from journal.services import record_looks
from payments import outcome
from payments.admin.base import MONEY_WORDS, lines_of, raw_of, receipts_of
from payments.admin.preview import Previewed
from payments.admin.uploads import Uploads, upload_of
from payments.models import Account, Placement, Statement, StatementLine
from payments.services.released import release


class ReleaseForm(forms.Form):
    reason = forms.CharField(
        label=_("Why the statement is right"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        error_messages={"required": _("Write why the statement is right.")},
    )


@admin.register(Statement)
class StatementAdmin(Uploads, Previewed, ReadOnlyAdmin):
    list_display = [
        "file_name",
        "account",
        "first_day",
        "last_day",
        "whole_through",
        "line_count",
        "sum",
        "imported_at",
        "finished_at",
        "held_at",
    ]
    sum = roubles_of("incoming", _("incoming"))
    list_select_related = ["account"]
    list_filter = ["account"]
    search_fields = ["file_name", "content_hash"]
    date_hierarchy = "first_day"
    change_list_template = "admin/payments/statement/change_list.html"

    def get_urls(self):
        release = self.admin_site.admin_view(self.release_view)
        return [
            path("<int:pk>/release/", release, name="payments_statement_release"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        may = {"may_upload": self.has_upload_permission(request)}
        return super().changelist_view(request, {**may, **(extra_context or {})})

    def change_view(self, request, object_id, form_url="", extra_context=None):
        statement = self.get_object(request, object_id)
        found = {
            "outcome": statement and outcome.of(statement),
            "upload": statement and upload_of(statement),
        }
        return super().change_view(request, object_id, form_url, found | (extra_context or {}))

    def release_view(self, request, pk):
        """A held statement is posted when somebody says why it is right."""
        if not self.has_upload_permission(request):
            raise PermissionDenied
        statement = get_object_or_404(Statement, pk=pk)
        form = ReleaseForm(request.POST if request.method == "POST" else None)
        if form.is_valid() and _released(request, form, statement):
            self.message_user(request, gettext("The statement is released."), messages.SUCCESS)
            return redirect("admin:payments_statement_change", pk)
        context = self.admin_site.each_context(request) | {
            "statement": statement,
            "form": form,
            "opts": self.opts,
            "title": gettext("Release a held statement"),
        }
        return TemplateResponse(request, "admin/payments/statement/release.html", context)


def _released(request, form, statement: Statement) -> bool:
    try:
        release(statement=statement, actor=request.user, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@admin.register(StatementLine)
class StatementLineAdmin(FoundByPerson, LooksAreKept, ReadOnlyAdmin):
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
        *("payer_name", "payer_account", "payer_inn", "purpose", "paid_on", "said"),
        *("places", "as_sent", "wiped_at", "texts_hash"),
    ]
    search_help_text = MONEY_WORDS
    date_hierarchy = "posted_on"
    list_per_page = 50

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("placements__application")

    def by_own_numbers(self, term: str):
        return [*lines_of(term), *receipts_of(term, "placements__line")]

    def _found(self, queryset, people, named):
        """People have lines by their placements: the newest so many of them."""
        theirs = Placement.objects.filter(application__person__in=people).order_by("-opened_at")
        keys = theirs.values_list("line", flat=True)[:OF_ONE_TERM] if people else []
        return queryset.filter(pk__in={*named, *keys})

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
        return raw_of(line)


def _page(place: Placement) -> str:
    return reverse("admin:payments_placement_change", args=[place.pk])


@admin.register(Account)
class AccountAdmin(ReadOnlyAdmin):
    list_display = ["number", "counted_through", "complete_through"]
    search_fields = ["number"]
