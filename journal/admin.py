from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.found_admin import FoundByPerson, is_key
from common.readonly import ReadOnlyAdmin
from journal.models import Export, Heartbeat, JobRun, Look


@admin.register(JobRun)
class JobRunAdmin(ReadOnlyAdmin):
    list_display = ["job", "period", "started_at", "finished_at"]
    list_filter = ["job"]
    ordering = ["-pk"]


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnlyAdmin):
    list_display = ["name", "seen_at"]
    ordering = ["name"]


@admin.register(Look)
class LookAdmin(FoundByPerson, ReadOnlyAdmin):
    list_display = ["looked_at", "actor_id", "person_id", "page"]
    path_to_person = "person_id"
    search_help_text = _(
        "Name, phone or a number of any paper; the person's or the employee's number"
    )
    date_hierarchy = "looked_at"
    ordering = ["-pk"]

    def get_search_results(self, request, queryset, search_term):
        """All looks of an employee, too: no number of rows is too large for that."""
        found, doubles = super().get_search_results(request, queryset, search_term)
        term = search_term.strip()
        if is_key(term):
            found |= queryset.filter(Q(actor_id=int(term)) | Q(person_id=int(term)))
        return found, doubles


@admin.register(Export)
class ExportAdmin(ReadOnlyAdmin):
    list_display = ["made_at", "actor_id", "name", "narrowed", "rows"]
    date_hierarchy = "made_at"
