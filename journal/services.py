"""What every app writes at the bottom."""

from journal.models import Look


def record_look(*, actor_id: int, person_id: int, page: str) -> Look:
    """Remember that a member of staff opened a page with this person's data."""
    return Look.objects.create(actor_id=actor_id, person_id=person_id, page=page[:80])
