"""News: which wording stands, and how it is written down."""

from collections.abc import Collection
from datetime import date
from hashlib import sha256

from django.conf import settings
from modeltranslation.utils import build_localized_fieldname

from patents.feed.facts import NewsTold
from patents.feed.verdicts import Verdict, Verdicts, Word, bad, is_ahead
from patents.models import FeedReason, News
from patents.services.ministry import Said


def decide_news(
    today: date, facts: Collection[NewsTold], undone: Collection[Word] = ()
) -> tuple[NewsTold | None, dict[str, Verdict]]:
    verdicts = Verdicts()
    facts = verdicts.sift_undone(facts, undone)
    come = verdicts.sift(facts, lambda fact: is_ahead(fact, today), bad(FeedReason.FUTURE))
    return verdicts.choose(come), verdicts.of


def tell_news(*, fact: NewsTold, said: Said) -> News:
    """A language that the later wording leaves out goes: its former words may be wrong now.

    The wording that stands already is not written again: staff may have mended or translated it.
    """
    digest = digest_of_news(fact)
    before = News.objects.filter(key=fact.news, digest=digest).first()
    if before:
        return before
    facts = {"occurred_on": fact.occurred, "source": said.source, "received_at": said.received_at}
    facts |= _words("title", fact.title) | _words("text", fact.text) | {"digest": digest}
    news, _is_new = News.objects.update_or_create(key=fact.news, defaults=facts)
    return news


def digest_of_news(fact: NewsTold) -> str:
    return sha256(repr(fact.word).encode()).hexdigest()


def _words(name: str, texts: tuple[tuple[str, str], ...]) -> dict[str, str | None]:
    """A column a language; those without words are empty and fall back to Russian."""
    found = dict(texts)
    languages = settings.MODELTRANSLATION_LANGUAGES
    return {build_localized_fieldname(name, one): found.get(one) for one in languages}
