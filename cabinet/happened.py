"""What happened to a person, in words, the newest first."""

from accounts import timeline
from accounts.models import Person, TimelineEntry

SHOWN = 200


def happened(person: Person, count: int = SHOWN) -> list[tuple[TimelineEntry, str]]:
    return [(entry, timeline.words(entry)) for entry in person.timeline.all()[:count]]
