"""How old the Ministry's data are, as pages say it."""

import pytest
import time_machine
from django.template import Context, Template

from patents.models import FeedState

pytestmark = pytest.mark.django_db


def said():
    text = Template("{% load ministry %}{% ministry_data %}").render(Context())
    return " ".join(text.replace("\xa0", " ").split())


def test_nothing_is_said_before_the_first_answer():
    assert said() == ""
    FeedState.objects.create(name="ministry", failing_since="2026-02-14T09:00Z", trouble="error")
    assert said() == ""


@time_machine.travel("2026-02-14 12:10:00+03:00", tick=False)
def test_the_last_answer_is_told_by_moscows_clock():
    FeedState.objects.create(name="ministry", answered_at="2026-02-14T09:03Z")

    assert "на 12:03, 14 февраля." in said()
    assert "не отвечает" not in said()


@time_machine.travel("2026-02-14 15:10:00+03:00", tick=False)
def test_a_long_silence_is_said_honestly():
    FeedState.objects.create(
        name="ministry",
        answered_at="2026-02-14T09:03Z",
        failing_since="2026-02-14T09:04Z",
        trouble="no_answer",
    )

    assert "на 12:03, 14 февраля." in said()
    assert "С тех пор МВД не отвечает." in said()
