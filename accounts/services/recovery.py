"""Neither the password nor the SIM: the printed code opens the cabinet after a day on hold."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from accounts import kinds, limits, messages, passwords
from accounts.errors import TooManyTries
from accounts.models import LoginKind, LoginName, Person, RecoveryCode, RecoveryHold, User
from accounts.services import door_requests
from accounts.services.passwords import let_wait
from accounts.services.people import hold_still
from accounts.services.phones import put_own, tell_each_number
from accounts.services.records import record
from common import clock, identifiers
from notifications.services import queue

RECOVERY = "recovery"
TRIES_A_DAY = 5  # for every number typed, known or not
HOLD = timedelta(hours=24)
SIGNS = 16  # of an alphabet of 21: 70 bits, which nobody tries out against a fast hash


@transaction.atomic
def issue_recovery_code(*, user: User) -> str:
    """The code to print, in clear this once; the one before it dies."""
    User.objects.select_for_update().get(pk=user.pk)
    RecoveryCode.objects.live().filter(user=user).update(revoked_at=clock.now())
    signs = "".join(secrets.choice(passwords.ALPHABET) for _ in range(SIGNS))
    RecoveryCode.objects.create(user=user, code_hash=_hashed(user.pk, signs))
    return passwords.grouped(signs)


def _hashed(user_id: int, signs: str) -> str:
    return hashlib.sha256(f"recovery:{user_id}:{signs}".encode()).hexdigest()


@transaction.atomic
def ask_recovery(*, number: str, code: str, phone: str) -> None:
    """Leave the request to a worker. Raises TooManyTries for the sixth of a Moscow day."""
    key = limits.hashed(RECOVERY, number)
    if not limits.take(RECOVERY, key, limits.DAY, TRIES_A_DAY):
        raise TooManyTries
    door_requests.leave(RECOVERY, number=number, code=code, phone=phone)


@door_requests.action(RECOVERY)
def hold(*, asked_at: datetime, number: str, code: str, phone: str) -> None:
    """Use the code up and begin the day in which the owner may object."""
    login = LoginName.objects.filter(kind=LoginKind.APPLICATION, value=number).first()
    person = login and Person.objects.filter(user=login.user_id, user__is_active=True).first()
    if person is None or RecoveryHold.objects.open().filter(person=person).exists():
        return
    if _is_disowned(person, phone):
        return
    signs = passwords.SEPARATORS.sub("", code).lower()
    live = RecoveryCode.objects.live().filter(user=person.user_id)
    fits = live.filter(code_hash=_hashed(person.user_id, signs))
    if fits.update(used_at=clock.now()):
        _begin(person, phone, asked_at)


def _begin(person: Person, phone: str, asked_at: datetime) -> None:
    RecoveryHold.objects.create(person=person, number=phone, opens_at=asked_at + HOLD)
    facts = {"phone": identifiers.mask_phone(phone)}
    entry = record(person=person, kind=kinds.RECOVERY_ASKED, facts=facts)
    numbers = person.phones.theirs().values_list("number", flat=True)
    tell_each_number(messages.RECOVERY_ASKED, entry, set(numbers))


@transaction.atomic
def stop_recovery(*, person: Person, actor: User | None = None) -> bool:
    """The owner objects: nothing opens. False when there was nothing to stop."""
    stopped = RecoveryHold.objects.open().filter(person=person)
    if not stopped.update(ended_at=clock.now(), objected=True):
        return False
    record(person=person, kind=kinds.RECOVERY_STOPPED, actor=actor)
    return True


def open_due_holds() -> int:
    """Open what nobody objected to in a day; returns how many."""
    due = RecoveryHold.objects.open().filter(opens_at__lte=clock.now())
    return sum(_opened(pk) for pk in due.order_by("opens_at", "pk").values_list("pk", flat=True))


@transaction.atomic
def _opened(hold_id: int) -> bool:
    """The old numbers go, as the SIM is gone; the password waits beside the old one.

    The new one was only typed: it gets the password, and nothing else before that was used.
    """
    hold_still(*RecoveryHold.objects.filter(pk=hold_id).values_list("person_id", flat=True))
    due = RecoveryHold.objects.open().select_for_update(skip_locked=True, of=("self",))
    hold = due.select_related("person__user").filter(pk=hold_id).first()
    if hold is None:
        return False
    _end(hold)
    person = hold.person
    if person.user is None or not person.user.is_active or _is_disowned(person, hold.number):
        return False
    before = set(person.phones.theirs().values_list("number", flat=True)) - {hold.number}
    person.phones.current().exclude(number=hold.number).update(valid_until=clock.today())
    put_own(person, hold.number, bound_at=None)
    facts = {"phone": identifiers.mask_phone(hold.number)}
    entry = record(person=person, kind=kinds.RECOVERY_OPENED, facts=facts)
    key = f"recovery-opened:{entry.pk}"
    password = let_wait(user_id=person.user_id)
    queue(messages.RECOVERY_OPENED, entry.pk, key=key, address=hold.number, secret=password)
    tell_each_number(messages.PHONE_BOUND, entry, before)
    return True


def _is_disowned(person: Person, number: str) -> bool:
    """Whoever has the number said that it is not this person's: no password goes there."""
    return person.phones.disowned().filter(number=number).exists()


def _end(hold: RecoveryHold) -> None:
    hold.ended_at = clock.now()
    hold.save(update_fields=["ended_at"])
