"""Lists of the desk as Excel files. Whoever is in one was looked at; the file itself is noted."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import label_for_field, lookup_field
from django.http import HttpResponse
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from common.errors import Refusal
from common.sheets import MIME, workbook
from journal.models import Export
from journal.services import record_looks

NAMES_SOMEBODY = {"s", "p", "o"}  # what is typed into a search is not written down


class TooLong(Refusal):
    message = _("The list is too long for a file. Narrow it, or ask a supervisor.")


def may_export(user) -> bool:
    return user.has_perm("journal.add_export")


def exported(*, request, name: str, heads: Iterable, rows: list, people: Iterable[int]):
    """The file as an answer. Raises TooLong where only a supervisor may take so many rows."""
    most = settings.EXPORT_ROWS
    if len(rows) > most and not request.user.has_perm("journal.export_many"):
        raise TooLong
    record_looks(actor_id=request.user.pk, person_ids=people, page=f"export {name}")
    Export.objects.create(
        actor_id=request.user.pk, name=name[:80], narrowed=_narrowed(request), rows=len(rows)
    )
    answer = HttpResponse(workbook(map(str, heads), rows), content_type=MIME)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


def _narrowed(request) -> str:
    kept = [f"{key}={value}" for key, value in request.GET.items() if key not in NAMES_SOMEBODY]
    return "&".join(kept)[:200]


class ListIsExported:
    """A mixin of admins with `person_ids_of`: an action that writes the chosen rows to a file."""

    actions = ["export"]

    def has_export_permission(self, request) -> bool:
        return may_export(request.user)

    @admin.action(description=_("Export to Excel"), permissions=["export"])
    def export(self, request, queryset):
        names = [name for name in self.get_list_display(request) if name != "action_checkbox"]
        try:
            found = self.complete(list(queryset[: settings.EXPORT_ROWS_AT_ALL]))
            return exported(
                request=request,
                name=self.opts.model_name,
                heads=[label_for_field(name, self.model, self) for name in names],
                rows=[[self._cell(name, row) for name in names] for row in found],
                people=[key for row in found for key in self.person_ids_of(row)],
            )
        except TooLong as refusal:
            messages.error(request, str(refusal))
            return None

    def _cell(self, name: str, row):
        field, _attribute, value = lookup_field(name, row, self)
        if field is not None and getattr(field, "choices", None):
            value = getattr(row, f"get_{field.name}_display")()
        return value if _is_of_a_sheet(value) else strip_tags(str(value or ""))


def _is_of_a_sheet(value) -> bool:
    """Days, instants and sums go as such; everything else as words."""
    return isinstance(value, date | Decimal) or (
        isinstance(value, int | float) and not isinstance(value, bool)
    )
