"""A forgery cannot know the last digits of the application: each SMS has them."""

import pytest

from notifications.events import known
from notifications.models import Channel

SAYS_THE_NUMBER_ITSELF = {"accounts.number_asked"}
# They answer an SMS of one's own at once; several people, or nobody, may have that phone.
ANSWERS = {"which", "stopped", "started", "not_me", "disowned", "help", "unknown_number"}
WITHOUT = SAYS_THE_NUMBER_ITSELF | {f"ussd.{code}" for code in ANSWERS}
OURS = [
    event
    for event in known()
    if event.channel == Channel.SMS and not event.code.startswith("tests.")
]


@pytest.mark.parametrize("event", OURS, ids=lambda event: event.code)
def test_each_sms_has_the_last_digits_of_the_application(event):
    assert ("%(tail)s" in event.template) != (event.code in WITHOUT)
