"""One-time passwords and the change to an own one."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext_noop

from accounts import kinds, limits, messages, passwords
from accounts.errors import NoAccount, PasswordChangedMeanwhile
from accounts.models import Person, User
from accounts.services import sign_ins
from accounts.services.phones import bind_recovered, tell_each_number
from accounts.services.records import record
from common import clock
from journal.history import plainly
from notifications.services import queue

WAITING_LIFE = timedelta(hours=24)
NOTICES_A_DAY = 3  # SMS of changes; the timeline has all of them
SITTING = timedelta(hours=1)  # from the first use of a one-time password to its change
PASSWORD_FIELDS = [
    "password",
    "must_change_password",
    "password_expires_at",
    "waiting_password",
    "waiting_until",
]


@transaction.atomic
@plainly(gettext_noop("A one-time password was issued."))
def issue_password(*, person: Person, actor: User | None = None, tell: bool = True) -> str:
    """A new one-time password, told by SMS unless `tell` is false; the one before it dies.

    It opens nothing but the change of the password, for settings.TEMPORARY_PASSWORD_DAYS days.
    Returned for the slip, in clear, this once. Raises NoAccount before the first login is open.
    """
    password = renew(person, timedelta(days=settings.TEMPORARY_PASSWORD_DAYS))
    entry = record(person=person, kind=kinds.PASSWORD_ISSUED, actor=actor)
    if tell:
        key = f"password-issued:{entry.pk}"
        queue(messages.PASSWORD_ISSUED, entry.pk, key=key, secret=password)
    return password


def renew(person: Person, life: timedelta) -> str:
    """A one-time password in place of the present one. Raises NoAccount."""
    if person.user_id is None:
        raise NoAccount
    person.user, password = with_one_time_password(person.user_id, life)
    return password


def with_one_time_password(user_id: int, life: timedelta) -> tuple[User, str]:
    """The account as saved with a new one-time password, and that password in clear."""
    user = User.objects.select_for_update().get(pk=user_id)
    password = passwords.one_time()
    user.set_password(password)  # every session of the account ends with the old hash
    user.must_change_password = True
    user.password_expires_at = clock.now() + life
    _forget_waiting(user)
    user.save(update_fields=PASSWORD_FIELDS)
    sign_ins.end_all(user_id=user.pk)
    return user, password


@plainly(gettext_noop("A new password was asked for; it waits until it is used."))
def let_wait(*, user_id: int) -> str:
    """A one-time password that waits beside the present one, in clear this once.

    Whoever asked may be a stranger: nothing ends before it is used. One that waited before dies.
    """
    password = passwords.one_time()
    User.objects.filter(pk=user_id).update(
        waiting_password=make_password(password), waiting_until=clock.now() + WAITING_LIFE
    )
    return password


@transaction.atomic
@plainly(gettext_noop("The password that waited was used."))
def adopt_waiting(*, user: User) -> User | None:
    """The waiting password was used: it takes the place of the other, and every session ends.

    Pressing the button twice is no harm: the second finds it adopted. None when it was replaced
    or died since `user` was read.
    """
    stored = User.objects.select_for_update().get(pk=user.pk)
    if stored.password == user.waiting_password and stored.is_active:
        return stored
    if stored.waiting_password != user.waiting_password or not waits(stored):
        return None
    stored.password, stored.password_expires_at = stored.waiting_password, stored.waiting_until
    stored.must_change_password = True
    _forget_waiting(stored)
    stored.save(update_fields=PASSWORD_FIELDS)
    sign_ins.end_all(user_id=stored.pk)
    person = Person.objects.filter(user_id=user.pk).first()
    if person is not None:
        bind_recovered(person)
        record(person=person, kind=kinds.RESET_USED)
    return stored


@plainly(gettext_noop("The one-time password was used."))
def begin_sitting(*, user: User) -> None:
    """A one-time password opened the change: it serves this sitting only, and one at a time."""
    until = clock.now() + SITTING
    same = User.objects.filter(pk=user.pk, password=user.password, password_expires_at__gt=until)
    same.update(password_expires_at=until)
    sign_ins.end_all(user_id=user.pk)


def waits(user: User) -> bool:
    """Is there a waiting password, alive?"""
    return user.waiting_until is not None and user.waiting_until > clock.now()


def _forget_waiting(user: User) -> None:
    user.waiting_password, user.waiting_until = "", None


@transaction.atomic
@plainly(gettext_noop("A password of their own was chosen."))
def change_password(*, user: User, new_password: str) -> None:
    """The person's own password. Sessions end, but the one that gets the new hash at once.

    Raises PasswordChangedMeanwhile when `user` was read before another change.
    """
    stored = User.objects.select_for_update().get(pk=user.pk)
    if stored.password != user.password:
        raise PasswordChangedMeanwhile
    user.set_password(new_password)
    user.must_change_password = False
    user.password_expires_at = None
    _forget_waiting(user)
    user.save(update_fields=PASSWORD_FIELDS)
    person = Person.objects.filter(user_id=user.pk).first()
    if person is not None:
        _tell_of_change(person)


def _tell_of_change(person: Person) -> None:
    """All numbers in use: whoever changed the password may hold one of the phones."""
    entry = record(person=person, kind=kinds.PASSWORD_CHANGED)
    if limits.take("password-sms", limits.hashed(person.pk), limits.DAY, NOTICES_A_DAY):
        told = person.phones.theirs().values_list("number", flat=True)
        tell_each_number(messages.PASSWORD_CHANGED, entry, set(told))
