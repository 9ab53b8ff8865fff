"""All papers of all applications: what is to be mended, what runs out, what was given back."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from common.found_admin import FoundByPerson
from common.readonly import ReadOnlyAdmin
from journal.exports import ListIsExported
from journal.history_pages import HistoryIsShown
from journal.looks import LooksAreKept
from journal.services import record_look
from patents.models import Paper


@admin.register(Paper)
class PaperAdmin(FoundByPerson, LooksAreKept, ListIsExported, HistoryIsShown, ReadOnlyAdmin):
    list_display = [
        "number_of_application",
        "person",
        "kind",
        "state",
        "number",
        "valid_until",
        "handed_on",
        "remark",
    ]
    list_select_related = ["application__person", "kind"]
    list_filter = ["state", "kind", ("valid_until", admin.EmptyFieldListFilter)]
    path_to_person = "application__person"
    ordering = ["-pk"]
    fields = [
        "application",
        "kind",
        "state",
        "number",
        "issued_on",
        "valid_until",
        "remark",
        "handed_on",
        "recorded_by",
    ]

    def person_id_of(self, row):
        return row.application.person_id

    @admin.display(description=_("application"), ordering="application__number")
    def number_of_application(self, paper):
        return paper.application.number

    @admin.display(description=_("person"))
    def person(self, paper):
        return paper.application.person

    def change_view(self, request, object_id, form_url="", extra_context=None):
        paper = self.get_object(request, object_id)
        if paper is not None and self.has_view_permission(request, paper):
            person_id = self.person_id_of(paper)
            record_look(actor_id=request.user.pk, person_id=person_id, page="paper")
        return super().change_view(request, object_id, form_url, extra_context)
