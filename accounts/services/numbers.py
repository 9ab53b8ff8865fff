"""«Забыли номер заявления?»: the number goes to the phone and never to the screen."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts import kinds, limits, messages
from accounts.models import Person, Phone
from accounts.services import door_requests
from accounts.services.records import record
from notifications.services import queue

NUMBER = "number"
SOURCE, PHONE, BRAKE = "number-source", "number-phone", "number-sms"
A_DAY = 3  # SMS to one phone
AN_HOUR_FROM_ONE_PLACE = 30
PEOPLE_OF_ONE_PHONE = 3  # more are a broker's, and ask at the window


@transaction.atomic
def tell_numbers(*, phone: str, source: str) -> None:
    """Leave it to a worker to send the numbers of those whose current phone (E.164) this is.

    The caller has checked the picture code. Neither the answer nor its time tells the asker
    whether anything is sent.
    """
    place, number = limits.hashed(SOURCE, source), limits.hashed(PHONE, phone)
    if limits.take(SOURCE, place, limits.HOUR, AN_HOUR_FROM_ONE_PLACE) and limits.take(
        PHONE, number, limits.DAY, A_DAY
    ):
        door_requests.leave(NUMBER, phone=phone)


@door_requests.action(NUMBER)
def send_numbers(*, asked_at: datetime, phone: str) -> None:
    current = Phone.objects.theirs().filter(number=phone)
    people = Person.objects.filter(phones__in=current, user__login_names__isnull=False)
    for person in people.distinct().order_by("-pk")[:PEOPLE_OF_ONE_PHONE]:
        _tell(person, phone)


def _tell(person: Person, phone: str) -> None:
    """The money brake stands here: it counts what is sent, not what is asked for."""
    if limits.take(BRAKE, limits.hashed(BRAKE), limits.HOUR, settings.NUMBER_SMS_AN_HOUR):
        entry = record(person=person, kind=kinds.NUMBER_ASKED)
        queue(messages.NUMBER_ASKED, entry.pk, key=f"number-asked:{entry.pk}", address=phone)
