"""A standing in words. Nothing else in the portal words a standing."""

from payments.sentence.actions import Action
from payments.sentence.pages import Sentence, sentence
from payments.sentence.short import short
from payments.sentence.words import box_word, seen_by_words, third_party_words, word, year_title

__all__ = [
    "Action",
    "Sentence",
    "box_word",
    "seen_by_words",
    "sentence",
    "short",
    "third_party_words",
    "word",
    "year_title",
]
