"""Lists of the staff's desk that answer as fast with many rows as with few."""

from django.contrib import admin
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

from common import searching

COUNTED = 1000


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
        if not isinstance(rows, QuerySet):
            return len(rows)
        return rows.order_by().values("pk")[: COUNTED + 1].count()


class SearchedList(ChangeList):
    """Searched for the words that the session keeps; the address has only their key."""

    def __init__(self, request, *facts, **named):
        words, form = searching.words_of(request) or "", self.search_form_class
        self.search_form_class = lambda _address: form({SEARCH_VAR: words})
        super().__init__(request, *facts, **named)

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

    def changelist_view(self, request, extra_context=None):
        if searching.is_asked(request):
            return searching.shown(request)
        if away := searching.forgotten(request):
            return away
        return super().changelist_view(request, extra_context)
