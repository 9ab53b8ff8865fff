"""Sessions and the devices they are on."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet

from accounts import kinds, limits, messages
from accounts.models import Device, Person, SignIn, User
from accounts.services.records import record
from accounts.session_store import stored_key
from common import clock
from notifications.services import queue

NOTICES_A_DAY = 3  # SMS about new devices; the timeline has all of them


@transaction.atomic
def begin(
    *,
    user: User,
    session_key: str,
    token_hash: str,
    label: str = "",
    source: str = "",
    borrowed: bool = False,
) -> SignIn:
    """Write down a session; an account that has been entered before hears of a new device.

    A borrowed phone is not remembered as a device of the account.
    """
    entered_before = user.sign_ins.exists() or user.devices.exists()
    device = _known_device(user, token_hash)
    if device is None and entered_before:
        _tell_of_new_device(user, label)
    if device is None and not borrowed:
        device = _new_device(user, token_hash, label)
    now = clock.now()
    return SignIn.objects.create(
        user=user,
        session_hash=stored_key(session_key),
        device=device,
        source=source,
        borrowed=borrowed,
        started_at=now,
        seen_at=now,
    )


def _known_device(user: User, token_hash: str) -> Device | None:
    mine = user.devices.known().filter(token_hash=token_hash)
    return mine.first() if mine.update(last_seen_at=clock.now()) else None


def _new_device(user: User, token_hash: str, label: str) -> Device:
    facts = {"label": label[:80], "last_seen_at": clock.now(), "forgotten_at": None}
    device, _is_new = Device.objects.update_or_create(
        user=user, token_hash=token_hash, defaults=facts
    )
    return device


def _tell_of_new_device(user: User, label: str) -> None:
    person = Person.objects.filter(user_id=user.pk).first()
    if person is None:
        return
    entry = record(person=person, kind=kinds.NEW_DEVICE, facts={"device": label or "?"})
    if limits.take("new-device-sms", limits.hashed(user.pk), limits.DAY, NOTICES_A_DAY):
        queue(messages.NEW_DEVICE, entry.pk, key=f"new-device:{entry.pk}")


def living(user: User) -> QuerySet[SignIn]:
    """The sessions of an account that are neither ended nor over by themselves."""
    now = clock.now()
    idle, longest = limits_of(is_staff=user.is_staff, borrowed=False)
    mine = user.sign_ins.live().filter(seen_at__gt=now - idle, started_at__gt=now - longest)
    mine = mine.exclude(borrowed=True, seen_at__lte=now - settings.BORROWED_IDLE)
    return mine.select_related("device").order_by("-seen_at", "-pk")


def limits_of(*, is_staff: bool, borrowed: bool) -> tuple[timedelta, timedelta]:
    """How long a session lives without a click, and at most."""
    idle, longest = settings.STAFF_SESSION if is_staff else settings.PERSON_SESSION
    return (settings.BORROWED_IDLE if borrowed else idle), longest


def touch(*, sign_in_id: int) -> None:
    SignIn.objects.filter(pk=sign_in_id).update(seen_at=clock.now())


def end(*, sign_in_id: int) -> None:
    _end(SignIn.objects.filter(pk=sign_in_id))


def end_all(*, user_id: int) -> None:
    """Every session of the account is out at its next click."""
    _end(SignIn.objects.filter(user_id=user_id))


def end_others(*, user: User, keep_id: int | None) -> int:
    """End all sessions but one; returns how many."""
    return _end(user.sign_ins.exclude(pk=keep_id))


@transaction.atomic
def not_me(*, user: User, sign_in_id: int) -> bool:
    """End a session that the owner does not know, and forget its device. False: no such session."""
    sign_in = user.sign_ins.live().filter(pk=sign_in_id).select_related("device").first()
    if sign_in is None:
        return False
    _end(user.sign_ins.filter(pk=sign_in_id))
    if sign_in.device is not None:
        Device.objects.filter(pk=sign_in.device_id).update(forgotten_at=clock.now())
        _end(user.sign_ins.filter(device_id=sign_in.device_id))
    person = Person.objects.filter(user_id=user.pk).first()
    if person is not None:
        record(person=person, kind=kinds.SESSION_REFUSED)
    return True


def moved(*, sign_in_id: int, session_key: str) -> None:
    """The session has a new id: after a change of the password."""
    SignIn.objects.filter(pk=sign_in_id).update(session_hash=stored_key(session_key))


@transaction.atomic
def _end(sign_ins: QuerySet[SignIn]) -> int:
    live = sign_ins.live()
    hashes = list(live.values_list("session_hash", flat=True))
    Session.objects.filter(session_key__in=hashes).delete()
    return live.update(ended_at=clock.now())


def sweep() -> None:
    """Forget dead sessions, and where they came from after settings.SIGN_INS_KEPT."""
    now = clock.now()
    Session.objects.filter(expire_date__lt=now).delete()
    SignIn.objects.filter(seen_at__lt=now - settings.SIGN_INS_KEPT).delete()
