"""What happened to a person and what staff noted beside it, the newest first."""

from dataclasses import dataclass
from datetime import datetime

from accounts import timeline
from accounts.models import Person, User
from desk.models import Note

HAPPENED = 40


@dataclass(frozen=True, slots=True)
class Line:
    at: datetime
    words: str
    who: str
    is_note: bool = False


def story_of(person: Person, user: User) -> list[Line]:
    """Notes only for who may read them; the person's own pages never show one."""
    lines = _happened(person)
    if user.has_perm("desk.view_note"):
        lines += _noted(person)
    return sorted(lines, key=lambda line: line.at, reverse=True)[:HAPPENED]


def _happened(person: Person) -> list[Line]:
    entries = person.timeline.select_related("actor")[:HAPPENED]
    return [
        Line(entry.happened_at, timeline.words(entry), str(entry.actor or "")) for entry in entries
    ]


def _noted(person: Person) -> list[Line]:
    notes = Note.objects.about(person).select_related("written_by")[:HAPPENED]
    return [Line(note.written_at, note.text, str(note.written_by), is_note=True) for note in notes]
