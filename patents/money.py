"""What the money says of a day of issue. Patents know no payments: an upper app registers here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from patents.models import Application


@dataclass(frozen=True)
class Word:
    """Sentences for the staff; none where there is nothing to say.

    `lost`: payments in time that another day of issue would make late.
    `held`: payments in time only by a day of issue that stood before.
    """

    lost: Callable[[Application, date], list[str]]
    held: Callable[[Application], list[str]]


_words: list[Word] = []


def register(word: Word) -> None:
    if word not in _words:
        _words.append(word)


def lost_by(application: Application, issued_on: date) -> list[str]:
    return [said for word in _words for said in word.lost(application, issued_on)]


def held_of(application: Application) -> list[str]:
    return [said for word in _words for said in word.held(application)]
