"""What a person wants to hear, and by which channel. No row: wanted."""

from collections.abc import Iterable

from notifications.letters import ALWAYS
from notifications.models import Channel, Preference, Topic


def choose(*, person_id: int, topic: Topic, channel: Channel, on: bool) -> None:
    """Where it is a person who chooses, `accounts` writes it into their story as well.

    Raises ValueError for a topic that nobody can switch off.
    """
    if topic in ALWAYS:
        raise ValueError("this topic stays on")
    Preference.objects.update_or_create(
        person_id=person_id, topic=topic, channel=channel, defaults={"on": on}
    )


def switched_off(person_ids: Iterable[int], channel: Channel) -> set[tuple[int, str]]:
    """(person, topic) pairs that are not wanted by this channel: one question for many."""
    rows = Preference.objects.filter(person_id__in=person_ids, channel=channel, on=False)
    return set(rows.exclude(topic__in=ALWAYS).values_list("person_id", "topic"))
