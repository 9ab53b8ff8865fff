"""A standing that knows whether an SMS will go: its sentences promise none to whom none comes."""

from collections.abc import Collection
from dataclasses import replace

from accounts import reached
from accounts.models import Person
from notifications.models import Topic
from patents.models import Application
from payments.errors import NoInn
from payments.facts import standing_of
from payments.standing import Standing


def promising(it: Standing, topics: Collection[str]) -> Standing:
    """`topics` are those of which an SMS comes to the person."""
    return replace(it, news_by_sms=Topic.PATENT in topics, money_by_sms=Topic.MONEY in topics)


def standing_told_to(person: Person) -> Standing:
    """As `standing_of`, for sentences that the person reads."""
    return promising(standing_of(person), reached.topics_of(person.pk))


def no_inn(application: Application) -> NoInn:
    """Why nothing can be paid yet, and how the person will hear that it can."""
    by_sms = Topic.PATENT in reached.topics_of(application.person_id)
    return NoInn(application.accepted_on, by_sms)
