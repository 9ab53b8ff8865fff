from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.readonly import ReadOnlyAdmin
from journal.models import Export, JobRun, Look


@admin.register(JobRun)
class JobRunAdmin(ReadOnlyAdmin):
    list_display = ["job", "period", "started_at", "finished_at"]
    list_filter = ["job"]
    ordering = ["-pk"]


@admin.register(Look)
class LookAdmin(ReadOnlyAdmin):
    list_display = ["looked_at", "actor_id", "person_id", "page"]
    search_fields = ["person_id"]
    search_help_text = _("The person's number or the employee's number")
    date_hierarchy = "looked_at"
    ordering = ["-pk"]

    def get_search_results(self, request, queryset, search_term):
        term = search_term.strip()
        if not term:
            return queryset, False
        if not (term.isascii() and term.isdigit() and len(term) < 19):
            return queryset.none(), False
        number = int(term)
        return queryset.filter(Q(actor_id=number) | Q(person_id=number)), False


@admin.register(Export)
class ExportAdmin(ReadOnlyAdmin):
    list_display = ["made_at", "actor_id", "name", "narrowed", "rows"]
    date_hierarchy = "made_at"
