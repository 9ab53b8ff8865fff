"""The three questions of a phone, however it asks: each has one screen."""

from accounts import reached
from accounts.models import Person
from notifications.models import Topic
from patents.inns import current_inn
from payments.facts import standing_of
from payments.promises import promising
from payments.sentence import ussd as sentences
from payments.standing import Standing, State


def _inn(person: Person) -> str:
    value = current_inn(person)
    return sentences.inn(value, bool(value) or Topic.PATENT in reached.topics_of(person.pk))


def _standing(person: Person) -> Standing:
    """Of one state alone a screen promises an SMS; the others cost no question more."""
    it = standing_of(person)
    is_promise = it.state == State.PREPARING
    return promising(it, reached.topics_of(person.pk)) if is_promise else it


ANSWERS = {
    "inn": _inn,
    "ready": lambda person: sentences.readiness(_standing(person)),
    "term": lambda person: sentences.validity(_standing(person)),
}
