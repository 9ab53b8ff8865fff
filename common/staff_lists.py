"""Lists of the staff's desk that answer as fast with many rows as with few."""

from django.contrib import admin
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.core.paginator import Paginator
from django.db.models import F, OrderBy, QuerySet
from django.utils.functional import cached_property

from common import searching

COUNTED = 500


def counted(rows: QuerySet) -> int:
    """How many, and one more than COUNTED when there are more."""
    return rows.order_by().values("pk")[: COUNTED + 1].count()


class ShortCount(Paginator):
    """Counts as far as somebody leafs: a longer list is narrowed, its last pages are not shown."""

    @cached_property
    def count(self) -> int:
        return min(self._found, COUNTED)

    @cached_property
    def is_longer(self) -> bool:
        return self._found > COUNTED

    @cached_property
    def _found(self) -> int:
        rows = self.object_list
        return counted(rows) if isinstance(rows, QuerySet) else len(rows)


class SearchedList(ChangeList):
    """Searched for the words that the session keeps; the address has only their key."""

    def __init__(self, request, *facts, **named):
        words, form = searching.words_of(request) or "", self.search_form_class
        self.search_form_class = lambda _address: form({SEARCH_VAR: words})
        super().__init__(request, *facts, **named)

    def get_results(self, request):
        super().get_results(request)
        self.result_list = self.model_admin.complete(self.result_list)

    def get_ordering(self, request, queryset):
        """Equal rows go the way of their column: an index of both is read in one direction."""
        *columns, last = _each_once(super().get_ordering(request, queryset))
        rises = bool(columns) and not str(columns[-1]).startswith("-")
        return [*columns, "pk" if rises and last == "-pk" else last]

    def get_filters_params(self, params=None):
        found = super().get_filters_params(params)
        found.pop(searching.KEY, None)
        return found


class StaffList:
    """A mixin of every admin: searched by POST, counted only so far, no counts beside filters."""

    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = ShortCount

    def get_changelist(self, request, **named):
        return SearchedList

    def complete(self, rows):
        """The rows of one page, or of a file, with what a column needs: asked of all at once."""
        return rows

    def changelist_view(self, request, extra_context=None):
        if searching.is_asked(request):
            return searching.shown(request)
        if away := searching.forgotten(request):
            return away
        return super().changelist_view(request, extra_context)

    def columns_by_index(self) -> list[str]:
        """Columns by which a table of any length is ordered in no time."""
        ordered = {name: self._field_of(name) for name in self.list_display}
        return [name for name, field in ordered.items() if field in _indexed(self.model)]

    def _field_of(self, name: str) -> str:
        shown = getattr(self, name, None) or getattr(self.model, name, None)
        ordering = getattr(shown, "admin_order_field", name)
        return ordering.lstrip("-") if isinstance(ordering, str) else ""


def _each_once(ordering: list) -> list:
    """A chosen column stands before the list's own order, which may name it again."""
    found = {}
    for part in map(_as_text, ordering):
        found.setdefault(part.lstrip("-") if isinstance(part, str) else part, part)
    return list(found.values())


def _as_text(part):
    """`F("day").desc()` as "-day"; what says more than that stays as it is."""
    plain = isinstance(part, OrderBy) and isinstance(part.expression, F)
    if not plain or part.nulls_first or part.nulls_last:
        return part
    return f"{'-' if part.descending else ''}{part.expression.name}"


def _indexed(model) -> set[str]:
    """Fields in whose order the whole table stands in some index, equal rows included."""
    alone = {one.fields[0] for one in model._meta.total_unique_constraints if len(one.fields) == 1}
    fields = [field for field in model._meta.fields if not field.is_relation]
    unique = {field.name for field in fields if field.unique or field.name in alone}
    whole = (index.fields_orders for index in model._meta.indexes if index.condition is None)
    return unique | {orders[0][0] for orders in whole if _ends_with_key(orders)}


def _ends_with_key(orders: list[tuple[str, str]]) -> bool:
    """A column and the key, both in one direction."""
    if len(orders) != 2:
        return False
    (_name, one), (key, other) = orders
    return key == "id" and one == other
