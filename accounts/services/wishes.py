"""What a person wants to hear, by which way and in which words; what changed is told once."""

from collections.abc import Mapping

from django.db import transaction

from accounts import kinds
from accounts.models import Person
from accounts.services.people import hold_still
from accounts.services.records import record
from notifications.letters import ALWAYS
from notifications.models import Channel, Topic
from notifications.services import choose_channel, switched_off

Wishes = Mapping[tuple[Topic, Channel], bool]
OPTIONAL = tuple(topic for topic in Topic if topic not in ALWAYS)


def wishes_of(person: Person) -> dict[tuple[Topic, Channel], bool]:
    """What is wanted now of all that can be switched off."""
    off = {
        (topic, channel) for channel in Channel for _pk, topic in switched_off([person.pk], channel)
    }
    return {(topic, way): (topic, way) not in off for topic in OPTIONAL for way in Channel}


@transaction.atomic
def choose_settings(*, person: Person, language: str, latin: bool, wishes: Wishes) -> bool:
    """Keep the page of settings; whether anything is other than before."""
    held = hold_still(person.pk)[person.pk]
    changed = _speak(held, language, latin)
    changed = _switch(held, wishes) or changed
    if changed:
        record(person=held, kind=kinds.SETTINGS_CHOSEN)
    return changed


@transaction.atomic
def speak(*, person: Person, language: str) -> bool:
    """From now on the person is told things in this language; whether it is another one."""
    held = hold_still(person.pk)[person.pk]
    changed = _speak(held, language, held.latin)
    if changed:
        record(person=held, kind=kinds.SETTINGS_CHOSEN)
    return changed


@transaction.atomic
def choose_topics(*, person_id: int, wishes: Wishes, kind: str) -> bool:
    """Switch topics, as a link in a letter or a word by SMS asks; whether anything changed.

    A link outlives a merge of records: it is about who the person is now. Nobody is no error.
    """
    merged = Person.objects.filter(pk=person_id).values_list("merged_into_id", flat=True).first()
    held = hold_still(merged or person_id).get(merged or person_id)
    if held is None or not _switch(held, wishes):
        return False
    record(person=held, kind=kind)
    return True


def _speak(person: Person, language: str, latin: bool) -> bool:
    if (person.language, person.latin) == (language, latin):
        return False
    person.language, person.latin = language, latin
    person.save(update_fields=["language", "latin"])
    return True


def _switch(person: Person, wishes: Wishes) -> bool:
    now = wishes_of(person)
    changed = {pair: on for pair, on in wishes.items() if now[pair] != on}
    for (topic, channel), on in changed.items():
        choose_channel(person_id=person.pk, topic=topic, channel=channel, on=on)
    return bool(changed)
