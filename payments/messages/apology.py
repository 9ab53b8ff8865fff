"""An apology for words that were wrong; the subject is the message that is taken back."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils.translation import gettext_noop as _

from accounts.models import Person
from accounts.recipients import recipient_of, recipients_of
from common.clock import moscow_day
from common.formats import short_day
from notifications.events import Event, Told
from notifications.models import Message, Topic
from patents.models import Application


def _message(pk: int) -> Message:
    return Message.objects.get(pk=pk)


def _about(pk: int) -> dict:
    row = _message(pk)
    person = Person.objects.get(pk=recipient_of(row.person_id).person_id)
    last = Application.objects.filter(person=person).order_by("-accepted_on", "-pk").first()
    return {"day": short_day(moscow_day(row.created_at)), "tail": last.number[-3:] if last else "—"}


def _many(pks: Iterable[int]) -> dict[int, Told]:
    """One act may take back an import: four questions for a batch."""
    rows = Message.objects.filter(pk__in=set(pks))
    people = {row.person_id for row in rows}
    found = Application.objects.filter(person__in=people).order_by("accepted_on", "pk")
    last = dict(found.values_list("person_id", "number"))
    told = recipients_of(people)
    return {
        row.pk: Told(
            told[row.person_id],
            {
                "day": short_day(moscow_day(row.created_at)),
                "tail": last.get(row.person_id, "—")[-3:],
            },
        )
        for row in rows
        if row.person_id in told
    }


APOLOGY = Event(
    code="payments.apology",
    topic=Topic.MONEY,
    label=_("an apology for a wrong message"),
    template=_(
        "Our message of %(day)s about your payment was wrong (application ...%(tail)s). It is our "
        "mistake, we are sorry. Your cabinet shows what is true."
    ),
    recipient=lambda pk: recipient_of(_message(pk).person_id),
    context=_about,
    many=_many,
    lifetime=timedelta(days=14),
    legal=True,  # what it takes back may have been legal
)
