"""What happened to a person, written down."""

from collections.abc import Iterable

from accounts import timeline
from accounts.models import Person, TimelineEntry, User
from common import clock
from common.copying import as_json, copy_into

COLUMNS = ("person_id", "kind", "facts", "happened_at", "actor_id")


def record(*, person: Person, kind: str, facts=None, actor: User | None = None) -> TimelineEntry:
    """Write what happened to a person; the kind must be registered and its facts complete."""
    stored = timeline.frozen(kind, facts or {})
    return TimelineEntry.objects.create(person=person, kind=kind, facts=stored, actor=actor)


def record_many(entries: Iterable[tuple[Person, str, dict]], *, actor: User | None = None) -> None:
    """As `record`, for many people at once; in the order given."""
    record_of_many(((person.pk, kind, facts) for person, kind, facts in entries), actor=actor)


def record_of_many(entries: Iterable[tuple[int, str, dict]], *, actor: User | None = None) -> None:
    """As `record_many`, by the ids of the people."""
    instant, actor_id = clock.now(), actor and actor.pk
    rows = (
        (person_id, kind, as_json(timeline.frozen(kind, facts)), instant, actor_id)
        for person_id, kind, facts in entries
    )
    copy_into(TimelineEntry._meta.db_table, COLUMNS, rows)
