"""The words of the timeline: kinds are registered by the apps, sentences are made when read."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext, gettext_noop

from accounts.models import TimelineEntry
from common import formats

UNKNOWN = gettext_noop("A note of an earlier version of the portal.")
_sentences: dict[str, str] = {}
_complete: set[tuple] = set()  # shapes of facts known to make a sentence: an import has many alike


def register(kind: str, msgid: str) -> str:
    """Give a kind its sentence, where %(name)s stand for facts; returns the kind.

    The same kind twice raises ValueError.
    Facts named `…_on` or `…_until` are days, `…amount` roubles; others go as they are.
    """
    if kind in _sentences:
        raise ValueError(f"timeline kind {kind} is registered twice")
    _sentences[kind] = msgid
    return kind


def known() -> frozenset[str]:
    """Every registered kind, for checks over all of them."""
    return frozenset(_sentences)


def words(entry: TimelineEntry) -> str:
    """The sentence of an entry in the active language."""
    return sentence(entry.kind, entry.facts)


def sentence(kind: str, facts: dict) -> str:
    msgid = _sentences.get(kind, UNKNOWN)
    return gettext(msgid) % {name: _said(name, value) for name, value in facts.items()}


def frozen(kind: str, facts: dict) -> dict:
    """Facts as JSON keeps them; an unknown kind or a missing fact raises KeyError at once."""
    stored = {name: _stored(value) for name, value in facts.items()}
    shape = (kind, *((name, type(value)) for name, value in facts.items()))
    if shape not in _complete:
        _ = _sentences[kind] % {name: _said(name, value) for name, value in stored.items()}
        if not any(type(value) is str for value in facts.values()):
            _complete.add(shape)
    return stored


def _stored(value):
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _said(name: str, value) -> str:
    if name.endswith(("_on", "_until")):
        return formats.day_year(date.fromisoformat(value))
    if name.endswith("amount"):
        return formats.roubles(Decimal(value))
    return str(value)
