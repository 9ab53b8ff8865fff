"""What this app tells people. The subject of a password's message is its timeline entry."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.utils.translation import gettext_noop as _

from accounts import kinds
from accounts.models import LoginName, Person, PhoneChange, RecoveryHold, TimelineEntry
from accounts.recipients import recipient_of, tail_of
from common import clock
from notifications.events import Event, Recipient
from notifications.models import Topic

NUMBERS_IN_ONE_SMS = 3


def _recipient(entry_id: int) -> Recipient:
    return recipient_of(_person_of(entry_id))


def _person_of(entry_id: int) -> int:
    return TimelineEntry.objects.values_list("person_id", flat=True).get(pk=entry_id)


def _context(entry_id: int) -> dict:
    return {"tail": tail_of(_person_of(entry_id))}


def _newest_and_unused(entry_id: int) -> bool:
    """A later password killed this one; a changed one is no longer wanted."""
    return _is_last(entry_id, kinds.ISSUES, user__must_change_password=True)


def _still_waits(entry_id: int) -> bool:
    """The waiting password is this one's: not used, not replaced, alive."""
    return _is_last(entry_id, kinds.WAITS, user__waiting_until__gt=clock.now())


def _is_last(entry_id: int, among: list[str], **of_the_person) -> bool:
    person = Person.objects.filter(timeline=entry_id, **of_the_person).first()
    if person is None:
        return False
    later = TimelineEntry.objects.filter(person=person, pk__gt=entry_id, kind__in=among)
    return not later.exists()


# Their subject is a timeline entry of the person.
_noted = partial(Event, recipient=_recipient, topic=Topic.ACCESS)
# Somebody waits for these, and a second number must not get them by itself.
_awaited = partial(_noted, awaited=True, may_fall_back=False)
_password = partial(_awaited, context=_context)

PASSWORD_ISSUED = _password(
    code="accounts.password_issued",
    label=_("one-time password from the centre"),
    template=_("Application ...%(tail)s. One-time password: %(secret)s. Tell it to nobody"),
    still_true=_newest_and_unused,
    lifetime=timedelta(days=2),
)
PASSWORD_RESET = _password(
    code="accounts.password_reset",
    label=_("new password that the person asked for"),
    template=_("Application ...%(tail)s. Password %(secret)s for 24 hours, then change it"),
    still_true=_still_waits,
    lifetime=timedelta(hours=3),
)


# --- a change of the phone; the subject is its row


def _of_change(change_id: int) -> Recipient:
    """A code may go to a number that its holder disowned: typed back, it proves whose it is."""
    return replace(recipient_of(_changing(change_id)), disowned=frozenset())


def _changing(change_id: int) -> int:
    return PhoneChange.objects.values_list("person_id", flat=True).get(pk=change_id)


def _is_open(change_id: int) -> bool:
    return PhoneChange.objects.open().filter(pk=change_id, expires_at__gt=clock.now()).exists()


PHONE_CODE = Event(
    code="accounts.phone_code",
    label=_("code to bind a phone"),
    template=_(
        "Cabinet ...%(tail)s: code %(secret)s binds this number. 10 minutes. Tell it to nobody"
    ),
    recipient=_of_change,
    context=lambda pk: {"tail": tail_of(_changing(pk))},
    still_true=_is_open,
    awaited=True,
    may_fall_back=False,
    topic=Topic.ACCESS,
    lifetime=timedelta(minutes=10),
)


# --- what each number in use is told; the subject is a timeline entry


def _hotline(entry_id: int) -> dict:
    return {**_context(entry_id), "hotline": settings.HOTLINE}


# Each number in use gets its own: none stands in for another.
_of_old_numbers = partial(_noted, context=_hotline, may_fall_back=False)

PHONE_BOUND = _of_old_numbers(
    code="accounts.phone_bound",
    label=_("the phone was changed"),
    template=_("Cabinet ...%(tail)s has another number now. Not you? %(hotline)s"),
)


def _hold_is_open(entry_id: int) -> bool:
    return RecoveryHold.objects.open().filter(person=_person_of(entry_id)).exists()


RECOVERY_ASKED = _of_old_numbers(
    code="accounts.recovery_asked",
    label=_("somebody asks for the cabinet with a recovery code"),
    template=_("In 24 hours cabinet ...%(tail)s opens for another phone. Not you? %(hotline)s"),
    still_true=_hold_is_open,
    lifetime=timedelta(hours=24),
)
RECOVERY_OPENED = _password(
    code="accounts.recovery_opened",
    label=_("password after the recovery"),
    template=_("Application ...%(tail)s. Password %(secret)s for 24 hours, then change it"),
    still_true=_still_waits,
    lifetime=timedelta(hours=24),
)


def _moment(entry_id: int) -> dict:
    entry = TimelineEntry.objects.get(pk=entry_id)
    at = entry.happened_at.astimezone(clock.MOSCOW)
    return {**_context(entry_id), "when": f"{at:%d.%m %H:%M}"}


PASSWORD_CHANGED = _of_old_numbers(
    code="accounts.password_changed",
    label=_("the password was changed"),
    template=_("Cabinet ...%(tail)s: new password %(when)s. Not you? %(hotline)s"),
    context=lambda pk: _moment(pk) | _hotline(pk),
)


ACCOUNT_CLOSED = _of_old_numbers(
    code="accounts.closed",
    label=_("the cabinet was closed"),
    template=_("Cabinet ...%(tail)s is closed. You did not ask for it? %(hotline)s"),
    legal=True,
)
ACCOUNT_OPENED = _of_old_numbers(
    code="accounts.opened",
    label=_("the cabinet was opened again"),
    template=_("Cabinet ...%(tail)s is open again. You did not ask for it? %(hotline)s"),
    legal=True,
)
ACCOUNT_GIVEN_UP = _of_old_numbers(
    code="accounts.given_up",
    label=_("the access to the cabinet was deleted"),
    template=_("The access to cabinet ...%(tail)s is deleted. You did not ask for it? %(hotline)s"),
    legal=True,
)


def _numbers(entry_id: int) -> dict:
    logins = LoginName.objects.filter(user__person__timeline=entry_id)
    newest = logins.order_by("-created_at", "-pk").values_list("value", flat=True)
    return {"numbers": ", ".join(newest[:NUMBERS_IN_ONE_SMS])}


NEW_DEVICE = _noted(
    code="accounts.new_device",
    label=_("entrance from a new device"),
    template=_("Cabinet ...%(tail)s: new entrance %(when)s. Not you? Change the password"),
    context=_moment,
    lifetime=timedelta(hours=24),
)
NUMBER_ASKED = _awaited(
    code="accounts.number_asked",
    label=_("forgotten application number"),
    template=_("Your application number: %(numbers)s"),
    context=_numbers,
    lifetime=timedelta(hours=3),
)
