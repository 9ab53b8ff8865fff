"""Lists whose rows are about people, searched by whatever a person can show."""

from collections.abc import Iterable

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts import search

OF_ONE_TERM = 1000  # rows that one number may name


class FoundByPerson:
    """A mixin of admins: each part of a search goes by an index of its own."""

    path_to_person = "person"

    def by_papers(self, term: str) -> Iterable[QuerySet]:
        """More ways to people, of the apps above."""
        return []

    def by_own_numbers(self, term: str) -> list[QuerySet]:
        """Keys of rows that are named themselves."""
        return []

    def get_search_results(self, request, queryset, search_term):
        term = search_term.strip()
        if not term:
            return queryset, False
        people, too_many = search.keys_of_people(term, self.by_papers(term))
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
