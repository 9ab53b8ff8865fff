"""Whether an SMS will really go to a person: asked before a sentence promises one."""

from collections.abc import Iterable

from django.db.models import QuerySet

from accounts.deaf import with_answers
from accounts.models import Phone
from common.questions import Parts, Question
from notifications import numbers
from notifications.letters import ALWAYS
from notifications.models import Channel, Preference, Topic


def phones_of(person_id: int) -> QuerySet:
    """Rows of a number in use that nobody disowned, and what the operators said of it."""
    phones = with_answers(Phone.objects.theirs().filter(person_id=person_id))
    return phones.order_by("pk").values_list("number", "said_deaf", "last_in_a_row")


def stopped_by(person_id: int) -> QuerySet:
    """Rows of a topic that the person switched off for SMS."""
    off = Preference.objects.filter(person_id=person_id, channel=Channel.SMS, on=False)
    return off.order_by("topic").values_list("topic")


def parts(person: int) -> Parts:
    return {"phones": phones_of(person), "sms_off": stopped_by(person)}


QUESTION = Question(parts, person=-7_002)


def topics(phones: Iterable[tuple], stopped: Iterable[tuple]) -> frozenset[str]:
    """Topics of which an SMS comes; `phones` and `stopped` are the rows of the questions above."""
    if not any(_hears(*phone) for phone in phones):
        return frozenset()
    off = {topic for [topic] in stopped} - ALWAYS
    return frozenset(Topic.values) - off


def topics_of(person_id: int) -> frozenset[str]:
    """One question."""
    said = QUESTION.ask(person=person_id)
    return topics(said["phones"], said["sms_off"])


def _hears(number: str, said_deaf: str | None, last_in_a_row: str | None) -> bool:
    return not (said_deaf or last_in_a_row or numbers.refusal(number))
