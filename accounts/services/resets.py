"""A forgotten password: a new one by SMS."""

from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, connection, transaction

from accounts import kinds, messages, passwords
from accounts.errors import ResetCapReached
from accounts.models import LoginKind, LoginName, Person, Phone, ResetAttempt
from accounts.services.passwords import renew
from accounts.services.records import record
from common import clock
from notifications.services import queue

RESET_PASSWORD_LIFE = timedelta(hours=24)


@transaction.atomic
def ask_reset(*, number: str, phone: str) -> None:
    """Count a request, and send a new password when the phone is a current one of the number.

    The caller has checked the picture code. Nothing tells the asker whether the number is known:
    each one is counted alike, and the work is alike. Raises ResetCapReached for the fourth of a
    Moscow day.
    """
    _count_reset(number, clock.today())
    person = _owner(number, phone)
    if person is None:
        make_password(passwords.one_time())
        return
    password = renew(person, RESET_PASSWORD_LIFE)
    entry = record(person=person, kind=kinds.PASSWORD_RESET)
    key = f"password-reset:{entry.pk}"
    queue(messages.PASSWORD_RESET, entry.pk, key=key, address=phone, secret=password)


def _count_reset(number: str, day: date) -> None:
    """Take the next ordinal of the day; the table has room for settings.RESETS_A_DAY."""
    _one_at_a_time(number)
    used = ResetAttempt.objects.filter(number=number, day=day).count()
    try:
        with transaction.atomic():
            ResetAttempt.objects.create(number=number, day=day, ordinal=used + 1)
    except IntegrityError as error:
        raise ResetCapReached from error


def _one_at_a_time(number: str) -> None:
    """Wait for the others who ask for this number; before the first there is no row to lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"reset {number}"])


def _owner(number: str, phone: str) -> Person | None:
    current = Phone.objects.current().filter(number=phone)
    logins = LoginName.objects.filter(kind=LoginKind.APPLICATION, value=number)
    active = logins.filter(user__is_active=True)
    return Person.objects.filter(phones__in=current, user__login_names__in=active).first()
