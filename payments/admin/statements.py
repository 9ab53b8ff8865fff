"""Statement files and their lines."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from common.formats import roubles
from common.found_admin import OF_ONE_TERM, FoundByPerson
from common.readonly import ReadOnlyAdmin, roubles_of
from journal.looks import LooksAreKept
from journal.services import record_looks
from payments import outcome
from payments.admin.base import MONEY_WORDS, lines_of, raw_of, receipts_of
from payments.admin.held import Held
from payments.admin.preview import Previewed
from payments.admin.refused import RefusedFiles
from payments.admin.uploads import Uploads, upload_of
from payments.models import Placement, Statement, StatementLine


@admin.register(Statement)
class StatementAdmin(Held, Uploads, Previewed, RefusedFiles, ReadOnlyAdmin):
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
