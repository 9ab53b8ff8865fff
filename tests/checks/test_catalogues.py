"""Russian is complete from the first page on; the other languages say what people are told."""

import re

import polib
import pytest

from common import catalogues

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%s|%d")


@pytest.mark.parametrize("language", catalogues.languages())
def test_every_message_has_its_words_in_the_languages_that_need_it(language):
    assert catalogues.problems(language) == []


@pytest.mark.parametrize("language", catalogues.languages())
def test_placeholders_are_the_same_in_every_language(language):
    said = catalogues.load(language).translated_entries()
    wrong = [entry.msgid for entry in said if not _agree(entry)]

    assert wrong == []


def test_a_lost_placeholder_would_be_seen():
    assert not _agree(polib.POEntry(msgid="Pay %(sum)s", msgstr="Заплатите"))


def _agree(entry: polib.POEntry) -> bool:
    wanted = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural))
    texts = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    return all(set(PLACEHOLDER.findall(text)) == wanted for text in texts)
