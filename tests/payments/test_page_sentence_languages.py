"""The long sentence of each standing, in each language: whole, and with its days and sums."""

import re

import pytest
from django.conf import settings
from django.utils.translation import override

from payments.sentence import sentence
from payments.sentence.outsiders import payment_due
from tests.payments.test_sentence import each_standing

LOST = re.compile(r"%\(\w+\)|%[sd]|None")


@each_standing
@pytest.mark.parametrize("language", settings.TOLD_LANGUAGES)
def test_every_standing_is_said_whole(it, language):
    with override(language):
        said = sentence(it)
        lines = [said.word, said.title, *said.text, said.action_label, *said.note]
        lines += payment_due(it)

    assert all(lines)
    assert [line for line in lines if LOST.search(str(line))] == []
