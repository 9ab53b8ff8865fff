"""What happened to a person, written down."""

from collections.abc import Iterable

from accounts import timeline
from accounts.models import Person, TimelineEntry, User


def record(*, person: Person, kind: str, facts=None, actor: User | None = None) -> TimelineEntry:
    """Write what happened to a person; the kind must be registered and its facts complete."""
    stored = timeline.frozen(kind, facts or {})
    return TimelineEntry.objects.create(person=person, kind=kind, facts=stored, actor=actor)


def record_many(entries: Iterable[tuple[Person, str, dict]], *, actor: User | None = None) -> None:
    """As `record`, for many people at once; in the order given."""
    rows = (
        TimelineEntry(person=person, kind=kind, facts=timeline.frozen(kind, facts), actor=actor)
        for person, kind, facts in entries
    )
    TimelineEntry.objects.bulk_create(rows, batch_size=2000)
