"""Every message in every language and in both letters, with the longest words it may hold.

That each has the last digits of the application: `test_tails`, and the placeholders below.
"""

import re

import pytest
from django.conf import settings
from django.utils.translation import gettext, override

from notifications.events import known
from notifications.latin import CYRILLIC, language_of
from notifications.length import fits_gsm
from notifications.models import Channel
from notifications.samples import LONGEST, sample

OURS = [
    event
    for event in known()
    if event.channel == Channel.SMS and not event.code.startswith("tests.")
]
WRITTEN = [(language, False) for language in settings.TOLD_LANGUAGES]
SPELLED = [(language, True) for language in sorted(CYRILLIC)]
each_language = pytest.mark.parametrize(("language", "latin"), [*WRITTEN, *SPELLED])

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
LINK = re.compile(r"https?:|www\.|://|\.ru\b|\.com\b")
# In the alphabet of phones a part holds 160 signs: what does not fit there says too much.
TWO_PARTS_IN_LATIN: set[str] = set()


def problems(check, language, latin) -> list[str]:
    said = {event.code: sample(event, language, latin=latin) for event in OURS}
    return [f"{code}: {one.text}" for code, one in said.items() if check(code, one)]


@each_language
def test_no_message_is_longer_than_two_parts(language, latin):
    assert problems(lambda _code, said: said.segments > 2, language, latin) == []


@each_language
def test_no_message_has_a_link(language, latin):
    assert problems(lambda _code, said: LINK.search(said.text), language, latin) == []


@pytest.mark.parametrize(
    ("language", "latin"),
    [pair for pair in [*WRITTEN, *SPELLED] if pair[1] or pair[0] not in CYRILLIC],
)
def test_in_the_alphabet_of_phones_a_message_is_one_part(language, latin):
    def is_dear(code, said):
        return not fits_gsm(said.text) or (said.segments > 1 and code not in TWO_PARTS_IN_LATIN)

    assert problems(is_dear, language, latin) == []


@pytest.mark.parametrize("language", settings.TOLD_LANGUAGES)
def test_the_words_of_a_message_are_all_in_its_translation(language):
    with override(language):
        said = {event.code: (event.template, gettext(event.template)) for event in OURS}

    wrong = [code for code, pair in said.items() if len({_names(text) for text in pair}) > 1]
    assert wrong == []


def _names(text: str) -> tuple[str, ...]:
    return tuple(sorted(PLACEHOLDER.findall(text)))


@pytest.mark.parametrize("language", [code for code in settings.TOLD_LANGUAGES if code != "en"])
def test_nothing_is_said_in_the_language_of_another(language):
    """A message without a translation would be Russian; none of these is like another."""
    with override(language):
        mine = {event.code: gettext(event.template) for event in OURS}
    with override("en" if language == "ru" else "ru"):
        other = {event.code: gettext(event.template) for event in OURS}

    assert [code for code, text in mine.items() if text == other[code]] == []


def test_every_word_of_a_message_has_its_longest_sample():
    names = {name for event in OURS for name in _names(event.template)}
    own = {name for event in OURS for name in event.sample()}

    assert names - own - LONGEST.keys() == {"hotline"}


def test_uzbek_in_latin_letters_is_the_uzbek_of_its_own_latin():
    for event in OURS:
        assert sample(event, "uz-cyrl", latin=True).text == sample(event, "uz").text
    assert language_of("uz-cyrl", latin=True) == "uz"
