"""Russian that a learner reads: short sentences, everyday words, none of the language of offices.

Measured over all that people read on pages and are told, the staff's words aside. Limits stand a
little above what there is, so that a heavier text is seen when it is written.
"""

import re

import pytest

from common import catalogues

# As the centre's own site says it (the original texts): people know these sentences.
QUOTED = (
    "If you have forgotten the password of the personal cabinet, give the following information",
    "If you have problems with access to",
    "The phone written in the application for a patent",
)
WORD = re.compile(r"[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*")
MARKS = re.compile(r"<[^>]+>|%\(\w+\)[sd]")
END = re.compile(r"(?<=[.!?:;])\s+|\n")
VOWELS = re.compile("[аеёиоуыэюя]", re.IGNORECASE)
OFFICIALESE = re.compile(
    r"\b(осуществ\w+|надлежащ\w+|в соответствии|вышеуказ\w+|посредством|явля[ею]тся|уведомля\w+"
    r"|в целях|необходимо|производится|предостав\w+|в случае|имеет место|согласно|в рамках|ввиду"
    r"|во избежание|указанн\w+|соответствующ\w+|по истечени\w+|в установленн\w+|подлеж\w+)\b",
    re.IGNORECASE,
)
LONGEST_SENTENCE = 19  # words
FULL = 4  # of fewer words it is a label
LONG_WORD = 5  # syllables


@pytest.fixture(scope="module")
def texts() -> list[str]:
    needed = catalogues.wanted("uz")
    said = {catalogues._key(entry): entry for entry in catalogues.load("ru")}
    own = [key for key in needed if not key[1].startswith(QUOTED)]
    found = [said[key].msgstr or said[key].msgstr_plural[0] for key in own]
    return [MARKS.sub(" Х ", text) for text in found]


def sentences(texts) -> list[str]:
    return [part for text in texts for part in END.split(text) if WORD.search(part)]


def syllables(word: str) -> int:
    return len(VOWELS.findall(word))


def test_no_sentence_is_longer_than_a_breath(texts):
    long = [one for one in sentences(texts) if len(WORD.findall(one)) > LONGEST_SENTENCE]

    assert long == []


def test_sentences_are_short_in_the_middle(texts):
    full = [count for one in sentences(texts) if (count := len(WORD.findall(one))) >= FULL]

    assert sum(full) / len(full) < 7


def test_long_words_are_rare(texts):
    words = [word for text in texts for word in WORD.findall(text)]
    long = [word for word in words if syllables(word) >= LONG_WORD]

    assert len(long) / len(words) < 0.04


def test_nothing_is_said_as_offices_say_it(texts):
    assert [text for text in texts if OFFICIALESE.search(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "В соответствии с законом уведомляем вас.",
        "Осуществляется проверка.",
        "Документ подлежит возврату.",
    ],
)
def test_the_language_of_offices_would_be_seen(text):
    assert OFFICIALESE.search(text)
