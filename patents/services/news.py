"""News: seen by a person, hidden by staff."""

from collections.abc import Iterable

from accounts.models import Person
from common import clock
from patents.models import News, NewsSeen


def mark_seen(*, person: Person, news: Iterable[News]) -> None:
    """These were on a page that the person opened; twice is as once."""
    rows = [NewsSeen(person=person, news=one) for one in news]
    NewsSeen.objects.bulk_create(rows, ignore_conflicts=True)


def hide(*, news: Iterable[News]) -> int:
    return _of(news).filter(hidden_at__isnull=True).update(hidden_at=clock.now())


def show(*, news: Iterable[News]) -> int:
    return _of(news).filter(hidden_at__isnull=False).update(hidden_at=None)


def forget(*, key: str) -> None:
    """News that were none: what the Ministry sent stays in its item."""
    News.objects.filter(key=key).delete()


def _of(news: Iterable[News]):
    return News.objects.filter(pk__in=[one.pk for one in news])
