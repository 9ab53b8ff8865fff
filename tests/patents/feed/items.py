"""Items as the Ministry sends them."""

import itertools

from common import clock
from patents.feed.settling import settle
from patents.feed.taking import keep
from patents.models import FeedItem, FeedState, Source

INN = "775100004210"
OTHER_INN = "770000000156"
NUMBER = "1381170"
counter = itertools.count(1)


def item(kind, occurred="2026-01-15", recorded="2026-01-15T12:00:00+03:00", **fields):
    """An item that makes sense, about the application `NUMBER`."""
    more = {
        "issued": {"patent": {"series": "77", "number": "2600001234"}},
        "refused": {"reason": "неверные данные"},
        "annulled": {"reason": "нет договора"},
        "inn": {"inn": INN},
        "news": {"news": {"key": "n-1", "title": {"ru": "Тема"}, "text": {"ru": "Текст"}}},
    }.get(kind, {})
    about = {} if kind == "news" else {"application": NUMBER}
    common = {"id": f"f-{next(counter)}", "kind": kind, "occurred": occurred}
    return common | {"recorded_at": recorded} | about | more | fields


def feed_state(**facts) -> FeedState:
    """The row of the feed, which stands there since the portal was set up."""
    return FeedState.objects.update_or_create(name="ministry", defaults=facts)[0]


def receive(*items, source=Source.MINISTRY):
    """Items come and are settled; what became of each of them, in their order."""
    from patents.feed.items import as_text, key_of

    keep(items, source, clock.now())
    settle()
    rows = FeedItem.objects.in_bulk([key_of(as_text(one)) for one in items], field_name="digest")
    found = [rows[key_of(as_text(one))] for one in items]
    return [f"{row.status} {row.reason}".strip() for row in found]
