"""What follows when two records of one person become one."""

from accounts.models import Person
from common import clock
from patents.models import Inn


def follow_merge(keep: Person, gone: Person) -> None:
    """Applications and INNs of a merged record; the INN in use is the kept record's."""
    current = Inn.objects.current()
    if current.filter(person=keep).exists():
        current.filter(person=gone).update(valid_until=clock.today())
    gone.inns.update(person=keep)
    gone.applications.update(person=keep)
