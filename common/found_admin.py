"""Lists whose rows are about people, searched by whatever a person can show.

People and their papers live above: `accounts` says how they are found.
"""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

ANY_PAPER = gettext_lazy("Number, name, phone, passport, INN or patent")
OF_ONE_TERM = 1000  # rows that one number may name
Finder = Callable[[str], tuple[list[int], bool]]
_finders: list[Finder] = []


def find_people_with(finder: Finder) -> None:
    """Once, at the start: keys of the people found, and whether there are too many for all."""
    _finders[:] = [finder]


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
        theirs = Q(**{f"{self.path_to_person}__in": people})
        if named and people:  # two ways at once would read the whole table
            rows = self.model._default_manager.filter(theirs).values_list("pk", flat=True)
            named, people = [*named, *rows[:OF_ONE_TERM]], []
        return queryset.filter(pk__in=named) if named else queryset.filter(theirs)
