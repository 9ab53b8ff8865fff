"""What the desk tells people."""

from datetime import timedelta

from django.utils.translation import gettext_noop as _

from accounts.recipients import recipient_of, tail_of
from desk.models import CallerCheck
from notifications.events import Event, Recipient
from notifications.models import Topic


def _recipient(check_id: int) -> Recipient:
    return recipient_of(_person_of(check_id))


def _person_of(check_id: int) -> int:
    return CallerCheck.objects.values_list("person_id", flat=True).get(pk=check_id)


def _still_open(check_id: int) -> bool:
    return CallerCheck.objects.open().filter(pk=check_id).exists()


CALLER_CODE = Event(
    code="desk.caller_code",
    label=_("code for a call to the hotline"),
    template=_(
        "Code for the hotline: %(secret)s (cabinet ...%(tail)s). Say it only if you called us"
    ),
    recipient=_recipient,
    context=lambda pk: {"tail": tail_of(_person_of(pk))},
    still_true=_still_open,
    awaited=True,
    may_fall_back=False,
    topic=Topic.ACCESS,
    lifetime=timedelta(minutes=10),
)
