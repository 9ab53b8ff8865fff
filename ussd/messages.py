"""What answers an SMS to the centre. The subject is the row of that SMS."""

from datetime import timedelta
from functools import partial

from django.conf import settings
from django.utils.translation import gettext_noop as _

from accounts import limits
from accounts.models import LoginName, Person, Phone
from accounts.recipients import recipient_of
from notifications.events import ANSWERS as ANSWERS_PURSE
from notifications.events import Event, Recipient
from notifications.models import Topic
from payments.sentence.ussd import longest
from ussd.answers import ANSWERS
from ussd.models import Inbound

TAIL = 3


def _recipient(inbound_id: int) -> Recipient:
    """The address is the phone that asked; who has it says the language."""
    row = Inbound.objects.get(pk=inbound_id)
    if row.person_id:
        return recipient_of(row.person_id)
    return Recipient(None, row.language or settings.LANGUAGE_CODE)


def _hotline(inbound_id: int) -> dict:
    return {"hotline": settings.HOTLINE}


def _still_theirs(inbound_id: int) -> bool:
    """Numbers change hands: an SMS that waited an hour may meet a stranger."""
    row = Inbound.objects.get(pk=inbound_id)
    numbers = Phone.objects.proven().filter(person=row.person_id).values_list("number", flat=True)
    return row.phone in {limits.hashed("inbound", number) for number in numbers}


def _asked(inbound_id: int) -> dict:
    """What the short code says to the same question, of today."""
    row = Inbound.objects.get(pk=inbound_id)
    logins = LoginName.objects.filter(user__person=row.person_id).order_by("-created_at", "-pk")
    newest = logins.values_list("value", flat=True).first() or ""
    person = Person.objects.get(pk=row.person_id)
    return {"tail": newest[-TAIL:], "said": ANSWERS[row.word](person)}


# The person waits for it with the phone in the hand, and it goes to that phone only.
_answer = partial(
    Event,
    recipient=_recipient,
    awaited=True,
    purse=ANSWERS_PURSE,
    may_fall_back=False,
    topic=Topic.ACCESS,
    lifetime=timedelta(hours=1),
)

ANSWER = _answer(
    code="ussd.answer",
    label=_("answer to an SMS: INN, readiness, term"),
    template=_("Application ...%(tail)s. %(said)s"),
    context=_asked,
    still_true=_still_theirs,
    sample=lambda: {"said": longest()},
)
WHICH = _answer(
    code="ussd.which",
    label=_("answer to an SMS: whose papers are meant"),
    template=_("Several people have this number. Add the last 3 digits: TERM 161"),
)
STOPPED = _answer(
    code="ussd.stopped",
    label=_("answer to an SMS: no more SMS"),
    template=_("We send no more SMS but passwords and notices of the law. Again: START"),
)
STARTED = _answer(
    code="ussd.started",
    label=_("answer to an SMS: SMS again"),
    template=_("We send SMS again. To stop them: STOP"),
)
NOT_ME = _answer(
    code="ussd.not_me",
    label=_("answer to an SMS: it was not me"),
    template=_("All phones are signed out of the cabinet. Call us: %(hotline)s"),
    context=_hotline,
)
DISOWNED = _answer(
    code="ussd.disowned",
    label=_("answer to an SMS: the number is somebody else's"),
    template=_("Sorry for the trouble. We send nothing more about this person to this number"),
)
HELP = _answer(
    code="ussd.help",
    label=_("answer to an SMS: help"),
    template=_("Write: INN, READY, TERM, STOP, NOT ME. Or call %(hotline)s"),
    context=_hotline,
)
UNKNOWN_NUMBER = _answer(
    code="ussd.unknown_number",
    label=_("answer to an SMS: nobody has this number"),
    template=_("We do not know this number. Add it in your cabinet or at the centre"),
)
