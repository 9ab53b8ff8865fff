"""Reads an item as it was sent: a fact, or the reason why it is none."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import ValidationError

from common import identifiers
from patents.feed import facts
from patents.models import FeedReason
from patents.papers import is_patent_number

LONGEST_ID = 64
LONGEST_REASON = 300
LONGEST_CODE = 50
LONGEST_ADVICE = 600
LONGEST_PROFESSION = 120
LONGEST_TITLE = 200
LONGEST_TEXT = 20_000
EARLIEST = date(2015, 1, 1)  # there were no patents of this kind before
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
APPLICATION = re.compile(r"[0-9]{6,10}")


class NotAFact(Exception):
    """The item cannot be taken; `reason` is a FeedReason."""

    def __init__(self, reason: FeedReason):
        super().__init__(reason)
        self.reason = reason


def as_text(item) -> str:
    """An item as it is kept: the same content is the same text, whatever spaces it came with."""
    return json.dumps(item, sort_keys=True)


def key_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def parse(text: str) -> facts.Fact:
    """The fact that a kept text says; raises NotAFact."""
    item = json.loads(text)
    if not isinstance(item, dict):
        raise NotAFact(FeedReason.NOT_AN_ITEM)
    _words(item, "id", LONGEST_ID, FeedReason.NO_ID)
    kind = item.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise NotAFact(FeedReason.UNKNOWN_KIND)
    make, read = KINDS[kind]
    common = {
        "key": key_of(text),
        "occurred": _day(item.get("occurred")),
        "recorded_at": _instant(item.get("recorded_at")),
    }
    return make(**common, **read(item))


def _day(value) -> date:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise NotAFact(FeedReason.NO_DAY)
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise NotAFact(FeedReason.NO_DAY) from None
    if day < EARLIEST:
        raise NotAFact(FeedReason.NO_DAY)
    return day


def _instant(value) -> datetime:
    try:
        instant = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise NotAFact(FeedReason.NO_INSTANT) from None
    if instant.tzinfo is None or instant.year < EARLIEST.year:
        raise NotAFact(FeedReason.NO_INSTANT)
    return instant


def _words(item: dict, name: str, longest: int, reason: FeedReason) -> str:
    """Text that can be stored and read; signs that no database keeps are none."""
    value = item.get(name)
    if not isinstance(value, str):
        raise NotAFact(reason)
    value = value.strip()
    if not value or len(value) > longest or not _storable(value):
        raise NotAFact(reason)
    return value


def _storable(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:  # half of a pair
        return False
    return "\0" not in value


def _about(item: dict) -> dict:
    number = item.get("application")
    if not isinstance(number, str) or not APPLICATION.fullmatch(number):
        raise NotAFact(FeedReason.NO_APPLICATION)
    return {"application": number}


def _patent(item: dict) -> dict:
    patent = item.get("patent")
    patent = patent if isinstance(patent, dict) else {}
    found = {name: patent.get(name) for name in ("series", "number")}
    if not all(isinstance(value, str) for value in found.values()):
        raise NotAFact(FeedReason.NO_PATENT)
    if not is_patent_number(**found):
        raise NotAFact(FeedReason.NO_PATENT)
    return found


def _issued(item: dict) -> dict:
    found = _about(item) | _patent(item)
    if item["patent"].get("profession"):
        words = _words(item["patent"], "profession", LONGEST_PROFESSION, FeedReason.NO_PATENT)
        found["profession"] = words
    return found


def _reason(item: dict) -> dict:
    return _about(item) | {"reason": _words(item, "reason", LONGEST_REASON, FeedReason.NO_REASON)}


def _refused(item: dict) -> dict:
    """What may be done, and by when, is often left out."""
    found, wrong = _reason(item), FeedReason.WRONG_ADVICE
    for name, key, longest in (
        ("code", "reason_code", LONGEST_CODE),
        ("advice", "advice", LONGEST_ADVICE),
    ):
        if item.get(key) is not None:
            found[name] = _words(item, key, longest, wrong)
    if item.get("until") is not None:
        found["until"] = _until(item)
    return found


def _until(item: dict) -> date:
    try:
        until, occurred = _day(item["until"]), _day(item.get("occurred"))
    except NotAFact:
        raise NotAFact(FeedReason.WRONG_ADVICE) from None
    if until < occurred:
        raise NotAFact(FeedReason.WRONG_ADVICE)
    return until


def _annulled(item: dict) -> dict:
    return _reason(item) | (_patent(item) if item.get("patent") is not None else {})


def _inn(item: dict) -> dict:
    value = item.get("inn")
    try:
        return _about(item) | {"value": identifiers.inn(value if isinstance(value, str) else "")}
    except ValidationError:
        raise NotAFact(FeedReason.WRONG_INN) from None


def _news(item: dict) -> dict:
    news = item.get("news")
    if not isinstance(news, dict):
        raise NotAFact(FeedReason.NO_NEWS)
    return {
        "news": _words(news, "key", LONGEST_ID, FeedReason.NO_NEWS),
        "title": _translated(news.get("title"), LONGEST_TITLE),
        "text": _translated(news.get("text"), LONGEST_TEXT),
    }


def _translated(values, longest: int) -> tuple[tuple[str, str], ...]:
    """By language, Russian first; a language that we do not speak is kept and not read."""
    if not isinstance(values, dict) or "ru" not in values:
        raise NotAFact(FeedReason.NO_NEWS)
    return tuple(
        (language, _words(values, language, longest, FeedReason.NO_NEWS))
        for language in settings.MODELTRANSLATION_LANGUAGES
        if language in values
    )


KINDS: dict[str, tuple[type[facts.Fact], Callable[[dict], dict]]] = {
    "sent": (facts.Sent, _about),
    "ready": (facts.Ready, _about),
    "issued": (facts.Issued, _issued),
    "refused": (facts.Refused, _refused),
    "annulled": (facts.Annulled, _annulled),
    "inn": (facts.InnAssigned, _inn),
    "news": (facts.NewsTold, _news),
}
