"""The dots before the last digits of a number, written one way in every SMS of a language."""

import pytest
from django.utils.translation import gettext, override

from notifications.events import known

each_event = pytest.mark.parametrize("event", known(), ids=lambda event: event.code)


@each_event
def test_russian_has_one_sign_where_three_dots_would_cost_three(event):
    with override("ru"):
        assert "..." not in gettext(event.template)


@each_event
def test_english_has_three_dots_because_the_one_sign_would_halve_the_room(event):
    """Outside the GSM alphabet a part of an SMS holds 70 signs instead of 160."""
    assert "…" not in event.template
