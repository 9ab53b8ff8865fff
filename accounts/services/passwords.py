"""One-time passwords and the change to an own one."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from accounts import kinds, messages, passwords
from accounts.errors import NoAccount, PasswordChangedMeanwhile
from accounts.models import Person, User
from accounts.services.records import record
from common import clock
from notifications.services import queue


@transaction.atomic
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
    user.save(update_fields=["password", "must_change_password", "password_expires_at"])
    return user, password


@transaction.atomic
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
    user.save(update_fields=["password", "must_change_password", "password_expires_at"])
    person = Person.objects.filter(user_id=user.pk).first()
    if person is not None:
        record(person=person, kind=kinds.PASSWORD_CHANGED)
