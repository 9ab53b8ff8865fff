"""What the people of the trial are told: each message has words of its own."""

from notifications.events import Event, Recipient

TOLD = Event(
    code="tests.killed",
    template="Message %(number)s",
    recipient=lambda pk: Recipient(None, "en", (f"+7916{pk:07d}",)),
    context=lambda pk: {"number": pk},
)
