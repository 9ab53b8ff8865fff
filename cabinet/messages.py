"""What the services without login send to the person, never to the screen of who asked."""

from datetime import timedelta

from django.utils.translation import gettext_noop as _

from accounts import reached
from accounts.models import Person
from accounts.recipients import recipient_of, tail_of
from notifications.events import ANSWERS, Event
from notifications.models import Topic
from patents.inns import current_inn
from payments.sentence import ussd


def _said(person_id: int) -> dict:
    value = current_inn(Person(pk=person_id))
    by_sms = bool(value) or Topic.PATENT in reached.topics_of(person_id)
    return {"tail": tail_of(person_id), "said": ussd.inn(value, by_sms)}


INN_ASKED = Event(
    code="cabinet.inn_asked",
    label=_("somebody asked for the INN without login"),
    template=_("Application ...%(tail)s. %(said)s"),
    recipient=recipient_of,
    context=_said,
    awaited=True,
    purse=ANSWERS,
    may_fall_back=False,
    topic=Topic.ACCESS,
    lifetime=timedelta(hours=1),
    sample=lambda: {"said": ussd.inn("770000000000")},
)
