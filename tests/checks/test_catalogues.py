"""Russian is complete from the first page on."""

import re

import polib

from common import catalogues

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%s|%d")


def test_every_message_of_the_code_has_its_russian():
    assert catalogues.problems("ru") == []


def test_placeholders_are_the_same_in_both_languages():
    wrong = [entry.msgid for entry in catalogues.load("ru") if not _agree(entry)]

    assert wrong == []


def test_a_lost_placeholder_would_be_seen():
    assert not _agree(polib.POEntry(msgid="Pay %(sum)s", msgstr="Заплатите"))


def _agree(entry: polib.POEntry) -> bool:
    wanted = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural))
    texts = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    return all(set(PLACEHOLDER.findall(text)) == wanted for text in texts)
