"""«Забыли номер заявления?»: the number goes to the phone and never to the screen."""

from django.conf import settings
from django.db import transaction

from accounts import kinds, limits, messages
from accounts.models import Person, Phone
from accounts.services.records import record
from notifications.services import queue

A_DAY = 3  # SMS to one phone
AN_HOUR_FROM_ONE_PLACE = 30
PEOPLE_OF_ONE_PHONE = 3  # more are a broker's, and ask at the window


@transaction.atomic
def tell_numbers(*, phone: str, source: str) -> None:
    """Send the application numbers of those whose current phone (E.164) this is.

    The caller has checked the picture code. Nothing tells the asker whether anything was sent.
    """
    if not _allowed(phone, source):
        return
    current = Phone.objects.current().filter(number=phone)
    people = Person.objects.filter(phones__in=current, user__login_names__isnull=False)
    for person in people.distinct().order_by("-pk")[:PEOPLE_OF_ONE_PHONE]:
        _tell(person, phone)


def _allowed(phone: str, source: str) -> bool:
    place, number = limits.hashed(source), limits.hashed(phone)
    return limits.take("number-source", place, limits.HOUR, AN_HOUR_FROM_ONE_PLACE) and limits.take(
        "number-phone", number, limits.DAY, A_DAY
    )


def _tell(person: Person, phone: str) -> None:
    """The money brake stands here: it counts what is sent, not what is asked for."""
    if limits.take("number-sms", "", limits.HOUR, settings.NUMBER_SMS_AN_HOUR):
        entry = record(person=person, kind=kinds.NUMBER_ASKED)
        queue(messages.NUMBER_ASKED, entry.pk, key=f"number-asked:{entry.pk}", address=phone)
