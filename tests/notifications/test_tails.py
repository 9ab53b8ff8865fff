"""A forgery cannot know the last digits of the application: each SMS has them."""

import pytest

from notifications.events import known

SAYS_THE_NUMBER_ITSELF = {"accounts.number_asked"}
OURS = [event for event in known() if not event.code.startswith("tests.")]


@pytest.mark.parametrize("event", OURS, ids=lambda event: event.code)
def test_each_sms_has_the_last_digits_of_the_application(event):
    assert ("%(tail)s" in event.template) != (event.code in SAYS_THE_NUMBER_ITSELF)
