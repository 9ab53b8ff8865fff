"""What follows when two records of one person become one."""

from accounts.models import Person
from common import clock
from patents.models import Inn, NewsSeen


def follow_merge(keep: Person, gone: Person) -> None:
    """Applications and INNs of a merged record; the INN in use is the kept record's."""
    current = Inn.objects.current()
    if current.filter(person=keep).exists():
        current.filter(person=gone).update(valid_until=clock.today())
    gone.inns.update(person=keep)
    gone.applications.update(person=keep)
    _follow_news(keep, gone)


def _follow_news(keep: Person, gone: Person) -> None:
    """What either record had read is read."""
    known = NewsSeen.objects.filter(person=keep).values("news")
    NewsSeen.objects.filter(person=gone).exclude(news__in=known).update(person=keep)
    NewsSeen.objects.filter(person=gone).delete()
