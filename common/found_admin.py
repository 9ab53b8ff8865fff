"""Lists whose rows are about people, searched by whatever a person can show.

People and their papers live above: `accounts` says how they are found.
"""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

ANY_PAPER = gettext_lazy("Number, name, phone, passport, INN or patent")
OF_ONE_TERM = 1000  # rows that one number may name
Finder = Callable[[str], tuple[list[int], bool]]
_finders: list[Finder] = []


def find_people_with(finder: Finder) -> None:
    """Once, at the start: keys of the people found, and whether there are too many for all."""
    _finders[:] = [finder]


class _AnyOf(ArraySubquery):
    template = "ANY(ARRAY(%(subquery)s))"


def _among(rows: QuerySet) -> Func:
    """The row is one of these, which are looked up first, by the index of their people.

    Asked together with the list, they would be looked for along its order until a page is full:
    of people who had nothing lately that is half of the table.
    """
    keys = _AnyOf(rows.order_by().values("pk"))
    return Func(
        F("pk"), keys, template="%(expressions)s", arg_joiner=" = ", output_field=BooleanField()
    )


def is_key(term: str) -> bool:
    """A number that may be a key of a row."""
    return term.isascii() and term.isdigit() and len(term) < 19


class FoundByPerson:
    """A mixin of admins: each part of a search goes by an index of its own."""

    path_to_person = "person"
    search_help_text = ANY_PAPER

    def by_own_numbers(self, term: str) -> list[QuerySet]:
        """Keys of rows that are named themselves."""
        return []

    def get_search_fields(self, request):
        """Django draws the field of the search when there is any; ours is never asked."""
        return ["pk"]

    def get_search_results(self, request, queryset, search_term):
        term = search_term.strip()
        if not term:
            return queryset, False
        people, too_many = _finders[0](term)
        if too_many:
            messages.warning(request, _("Too many people are called so. Add a word or a number."))
        return self._found(queryset, people, self._named(term)), False

    def _named(self, term: str) -> list[int]:
        return [key for asked in self.by_own_numbers(term) for (key,) in asked[:OF_ONE_TERM]]

    def _found(self, queryset, people: list[int], named: list[int]):
        rows = self.model._default_manager.filter(**{f"{self.path_to_person}__in": people})
        theirs = Q(_among(rows)) if people else Q(pk__in=[])
        return queryset.filter(Q(pk__in=named) | theirs)
