"""A forgotten password: a new one by SMS, which waits beside the old one until it is used.

Two counters a Moscow day. The shown one is kept for every number typed, known or not, and speaks
on the page. The sent one holds the SMS of an account and of a phone, whoever asks. A device that
the account has used has three of its own in both: a stranger cannot use up the owner's.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts import kinds, limits, messages
from accounts.errors import ResetCapReached
from accounts.models import Device, LoginKind, LoginName, Person, Phone, TimelineEntry
from accounts.recipients import recipient_of
from accounts.services import door_requests
from accounts.services.passwords import let_wait
from accounts.services.people import hold_still
from accounts.services.records import record
from common import clock, identifiers
from notifications.models import Message, MessageStatus
from notifications.services import queue

logger = logging.getLogger(__name__)

RESET = "reset"
SHOWN, SHOWN_TO_KNOWN = "reset-shown", "reset-shown-known"
SENT, SENT_TO_PHONE, SENT_FOR_KNOWN = "reset-sent", "reset-sent-phone", "reset-sent-known"
BRAKE = "reset-sms"
SECOND_TRY_WITHIN = timedelta(hours=1)


class _NotSent(Exception):
    """One of the counters has no room; what the others counted is taken back."""


@transaction.atomic
def ask_reset(*, number: str, phone: str, device: Device | None = None) -> int:
    """Count a request and leave the rest to a worker; returns how many are left today.

    The caller has checked the picture code. `device` is one that the account of the number has
    used. Raises ResetCapReached for the fourth of a Moscow day.
    """
    kind, key = _shown(number, device)
    if not limits.take(kind, key, limits.DAY, settings.RESETS_A_DAY):
        raise ResetCapReached
    known = device.user_id if device else None
    door_requests.leave(RESET, number=number, phone=phone, known=known)
    return max(0, settings.RESETS_A_DAY - limits.spent(kind, key, limits.DAY))


def _shown(number: str, device: Device | None) -> tuple[str, str]:
    if device is None:
        return SHOWN, limits.hashed(SHOWN, number)
    return SHOWN_TO_KNOWN, limits.hashed(SHOWN_TO_KNOWN, device.user_id)


@door_requests.action(RESET)
@transaction.atomic
def send_reset(*, asked_at: datetime, number: str, phone: str, known: int | None) -> None:
    """A new password to the best number of whoever has this number and this phone."""
    person = _held_owner(number, phone)
    if person is None:
        return
    # The number of a recovery is none of these, and gets its password anew when it asks for it.
    address = next(iter(recipient_of(person.pk).addresses), phone)
    is_known = known is not None and known == person.user_id
    if not _may_send(person, address, asked_at, is_known):
        return
    entry = record(person=person, kind=kinds.PASSWORD_RESET)
    _send(person, entry, address, key=f"password-reset:{entry.pk}:first")


def _held_owner(number: str, phone: str) -> Person | None:
    """Asked for twice: until the person is held, a merge may give the number to another record."""
    if found := _owner(number, phone):
        hold_still(found.pk)
    return _owner(number, phone)


def _owner(number: str, phone: str) -> Person | None:
    current = Phone.objects.not_disowned().filter(number=phone)
    logins = LoginName.objects.filter(kind=LoginKind.APPLICATION, value=number)
    active = logins.filter(user__is_active=True)
    return Person.objects.filter(phones__in=current, user__login_names__in=active).first()


def _send(person: Person, entry: TimelineEntry, address: str, key: str) -> None:
    password = let_wait(user_id=person.user_id)
    queue(messages.PASSWORD_RESET, entry.pk, key=key, address=address, secret=password)


def _may_send(person: Person, address: str, asked_at: datetime, is_known: bool) -> bool:
    """Take a place in every counter of an SMS, or in none."""
    day = door_requests.DayOf(asked_at)
    try:
        with transaction.atomic():
            for kind, key in _counters(person, address, is_known):
                _take(kind, limits.hashed(kind, key), day, settings.RESETS_A_DAY)
            # The money of all: known devices, which nobody can make up, pass a brake twice as wide.
            ceiling = settings.RESET_SMS_AN_HOUR * (2 if is_known else 1)
            _take(BRAKE, limits.hashed(BRAKE), limits.HOUR, ceiling)
    except _NotSent as refused:
        if str(refused) == BRAKE:
            logger.error("resets by SMS are braked: more than %s an hour", ceiling)
        return False
    return True


def _counters(person: Person, address: str, is_known: bool) -> list[tuple[str, object]]:
    if is_known:
        return [(SENT_FOR_KNOWN, person.user_id)]
    return [(SENT, person.user_id), (SENT_TO_PHONE, address)]


def _take(kind: str, key: str, window, limit: int) -> None:
    if not limits.take(kind, key, window, limit):
        raise _NotSent(kind)


def send_to_second_numbers() -> int:
    """Where an operator could not deliver a reset, the person's other number gets a new password.

    Once for each reset, within an hour of it; returns how many were sent.
    """
    since = clock.now() - SECOND_TRY_WITHIN
    failed = Message.objects.filter(event=messages.PASSWORD_RESET.code, created_at__gt=since)
    failed = failed.filter(status=MessageStatus.FAILED, key__endswith=":first")
    return sum(_sent_to_second(message) for message in failed.order_by("pk"))


def _held(entry_id: int) -> TimelineEntry:
    """The entry locked, and before it the person: a merge moves the story of whom it holds."""
    hold_still(TimelineEntry.objects.values_list("person_id", flat=True).get(pk=entry_id))
    return TimelineEntry.objects.select_for_update(of=("self",)).get(pk=entry_id)


@transaction.atomic
def _sent_to_second(failed: Message) -> bool:
    key = failed.key.removesuffix(":first") + ":second"
    entry = _held(failed.subject_id)
    addresses = recipient_of(entry.person_id).addresses
    others = [address for address in addresses if address != failed.fixed_address]
    told = Message.objects.filter(key=key).exists()
    if told or not others or not messages.PASSWORD_RESET.still_true(entry.pk):
        return False
    if not _may_send(entry.person, others[0], clock.now(), is_known=False):
        return False
    _send(entry.person, entry, others[0], key=key)
    facts = {"phone": identifiers.mask_phone(others[0])}
    record(person=entry.person, kind=kinds.RESET_TO_OTHER_PHONE, facts=facts)
    return True
