"""Example news, as the Ministry would send them; the same items again change nothing."""

from common import clock
from patents.feed.settling import settle_news
from patents.feed.taking import keep
from patents.models import Source

ITEMS = [
    {
        "id": "demo-news-1",
        "kind": "news",
        "occurred": "2026-02-02",
        "recorded_at": "2026-02-02T10:00:00+03:00",
        "news": {
            "key": "demo-scam-calls",
            "title": {
                "ru": "Пример новости: мошенники звонят от имени МВД",
                "en": "Example: swindlers call in the name of the Ministry",
            },
            "text": {
                "ru": "Сотрудники МВД не просят назвать код из SMS.\n\n"
                "Положите трубку. Никому не говорите пароль и код.",
                "en": "The Ministry never asks for a code from an SMS.\n\n"
                "Hang up. Tell nobody your password or a code.",
            },
        },
    },
    {
        "id": "demo-news-2",
        "kind": "news",
        "occurred": "2026-03-16",
        "recorded_at": "2026-03-16T10:00:00+03:00",
        "news": {
            "key": "demo-check-patent",
            "title": {
                "ru": "Пример новости: как проверить свой патент",
                "en": "Example: how to check your patent",
            },
            "text": {
                "ru": "Сверьте серию и номер на бланке с разделом «Патент» в кабинете.\n\n"
                "Если они не совпадают, возьмите паспорт и придите в центр.",
                "en": "Compare the series and the number on the form with “Patent” here.\n\n"
                "When they differ, come to the centre with your passport.",
            },
        },
    },
]


def tell() -> None:
    """Through the feed itself, so that they are what any news are."""
    keep(ITEMS, Source.MINISTRY, clock.now())
    for item in ITEMS:
        settle_news(item["news"]["key"])
