"""Places of money that people are told of: one at a time, and those of a whole import at once."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from django.db.models import DecimalField, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.recipients import recipient_of, recipients_of
from common.clock import today
from notifications.events import Recipient, Told
from payments.facts import standings_of
from payments.messages.about import about
from payments.models import Placement
from payments.standing import Standing

Many = Callable[[Iterable[int]], dict[int, Told]]


def places() -> QuerySet:
    """With what their words need; ``with_parts`` is their sum and those they completed, roubles."""
    parts = Placement.objects.filter(completed_by=OuterRef("pk")).order_by()
    earlier = parts.values("completed_by").annotate(sum=Sum("amount")).values("sum")
    whole = F("amount") + Coalesce(Subquery(earlier), Decimal(0), output_field=DecimalField())
    return Placement.objects.select_related("application").annotate(with_parts=whole)


def owner(pk: int) -> Recipient:
    people = Placement.objects.values_list("application__person_id", flat=True)
    return recipient_of(people.get(pk=pk))


def stands(rows: QuerySet, pk: int) -> bool:
    """Whether the money of a place is among the rows, also in another place by now, of which
    nobody is told again."""
    return rows.filter(line__placements=pk, application__placements=pk).exists()


def that_stand(rows: QuerySet, found: list[Placement]) -> set[int]:
    """As `stands`, of many: one question."""
    same = rows.filter(line__in=[place.line_id for place in found])
    known = set(same.values_list("line_id", "application_id"))
    return {place.pk for place in found if (place.line_id, place.application_id) in known}


def sum_alone(place: Placement) -> dict:
    return about(place.application, place.amount)


def told_together(
    words: Callable[[Placement], dict], are_true: Callable[[list[Placement]], set[int]]
) -> Many:
    """What an event that says nothing of the standing tells the owners of many places."""

    def many(pks: Iterable[int]) -> dict[int, Told]:
        found = _owned(pks)
        true = are_true(found)
        return _told({place: words(place) for place in found if place.pk in true})

    return many


def told_by_standing(
    words: Callable[[Placement, Standing], dict],
    are_true: Callable[[list[Placement]], set[int]],
    holds: Callable[[Placement, Standing], bool],
) -> Many:
    """As `told_together`, for words that follow from where the owners stand today."""

    def many(pks: Iterable[int]) -> dict[int, Told]:
        found = _owned(pks)
        true = are_true(found)
        now = dict(standings_of(_people(found), today()))
        pairs = [(place, now[place.application.person_id]) for place in found if place.pk in true]
        return _told({place: words(place, it) for place, it in pairs if holds(place, it)})

    return many


def _owned(pks: Iterable[int]) -> list[Placement]:
    return list(places().filter(pk__in=set(pks), application__isnull=False))


def _people(found: Iterable[Placement]) -> list[int]:
    return sorted({place.application.person_id for place in found})


def _told(words: dict[Placement, dict]) -> dict[int, Told]:
    told = recipients_of(_people(words))
    return {
        place.pk: Told(told[place.application.person_id], said) for place, said in words.items()
    }
