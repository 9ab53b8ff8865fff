"""What happened to a person, written down."""

from accounts import timeline
from accounts.models import Person, TimelineEntry, User


def record(*, person: Person, kind: str, facts=None, actor: User | None = None) -> TimelineEntry:
    """Write what happened to a person; the kind must be registered and its facts complete."""
    stored = timeline.frozen(kind, facts or {})
    return TimelineEntry.objects.create(person=person, kind=kind, facts=stored, actor=actor)
