"""Accounts of the staff."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop

from accounts.models import User
from accounts.services import sign_ins
from accounts.services.passwords import with_one_time_password
from journal.history import plainly

ALLOWED = gettext_noop("The account was opened.")
CLOSED = gettext_noop("The account was closed.")


@transaction.atomic
@plainly(gettext_noop("A new member of the staff was written down."))
def open_staff(*, user: User) -> str:
    """Save a new member of the staff; returns the one-time password."""
    user.is_staff = True
    user.set_unusable_password()
    user.save()
    return issue_staff_password(user=user)


@transaction.atomic
@plainly(gettext_noop("A one-time password was issued."))
def issue_staff_password(*, user: User) -> str:
    """A new one-time password for a member of the staff; the one before it dies."""
    life = timedelta(days=settings.TEMPORARY_PASSWORD_DAYS)
    _changed, password = with_one_time_password(user.pk, life)
    return password


@transaction.atomic
def allow_signing_in(*, user: User, allowed: bool) -> None:
    """Open or close an account; a closed one is out at its next click."""
    with plainly(ALLOWED if allowed else CLOSED):
        User.objects.filter(pk=user.pk).update(is_active=allowed)
    if not allowed:
        sign_ins.end_all(user_id=user.pk)
