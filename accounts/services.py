"""What can be done with people, their logins and their passwords."""

from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, connection, transaction

from accounts import kinds, messages, passwords, timeline
from accounts.errors import LoginTaken, NoAccount, PasswordChangedMeanwhile, ResetCapReached
from accounts.models import (
    LoginKind,
    LoginName,
    Passport,
    Person,
    Phone,
    PhoneKind,
    ResetAttempt,
    TimelineEntry,
    User,
)
from common import clock, identifiers
from notifications.services import queue

RESET_PASSWORD_LIFE = timedelta(hours=24)


def record(*, person: Person, kind: str, facts=None, actor: User | None = None) -> TimelineEntry:
    """Write what happened to a person; the kind must be registered and its facts complete."""
    stored = timeline.frozen(kind, facts or {})
    return TimelineEntry.objects.create(person=person, kind=kind, facts=stored, actor=actor)


@transaction.atomic
def create_person(
    *,
    last_name: str,
    first_name: str,
    birth_date: date,
    citizenship,
    passport: str,
    on: date,
    middle_name: str = "",
    latin_name: str = "",
    centre_sim: str = "",
    own_phone: str = "",
    language: str = "ru",
    is_demo: bool = False,
) -> Person:
    """A person with a passport and phones in use from the day `on`; there is no login yet."""
    person = Person.objects.create(
        last_name=last_name,
        first_name=first_name,
        middle_name=middle_name,
        latin_name=latin_name,
        birth_date=birth_date,
        citizenship=citizenship,
        language=language,
        is_demo=is_demo,
    )
    Passport.objects.create(person=person, number=passport, valid_from=on)
    _add_phone(person, PhoneKind.CENTRE_SIM, centre_sim, on)
    _add_phone(person, PhoneKind.OWN, own_phone, on)
    record(person=person, kind=kinds.REGISTERED)
    return person


def _add_phone(person: Person, kind: str, number: str, on: date) -> None:
    if number:
        number = identifiers.phone(number)
        Phone.objects.create(person=person, kind=kind, number=number, valid_from=on)


@transaction.atomic
def open_login(*, person: Person, number: str) -> LoginName:
    """Make an application number a login of the person's account; asking twice changes nothing.

    The first number makes the account, which nobody can enter before a password is issued.
    Raises LoginTaken when the number opens another cabinet.
    """
    user = _account_of(person)
    login, is_new = LoginName.objects.get_or_create(
        kind=LoginKind.APPLICATION, value=number, defaults={"user": user}
    )
    if login.user_id != user.pk:
        raise LoginTaken
    if is_new:
        record(person=person, kind=kinds.LOGIN_OPENED, facts={"number": number})
    return login


def _account_of(person: Person) -> User:
    locked = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if locked.user is None:
        locked.user = User(is_demo=locked.is_demo)
        locked.user.set_unusable_password()
        locked.user.save()
        locked.save(update_fields=["user"])
    person.user = locked.user
    return locked.user


@transaction.atomic
def issue_password(*, person: Person, actor: User | None = None, tell: bool = True) -> str:
    """A new one-time password, told by SMS unless `tell` is false; the one before it dies.

    It opens nothing but the change of the password, for settings.TEMPORARY_PASSWORD_DAYS days.
    Returned for the slip, in clear, this once. Raises NoAccount before the first login is open.
    """
    password = _renew(person, timedelta(days=settings.TEMPORARY_PASSWORD_DAYS))
    entry = record(person=person, kind=kinds.PASSWORD_ISSUED, actor=actor)
    if tell:
        key = f"password-issued:{entry.pk}"
        queue(messages.PASSWORD_ISSUED, entry.pk, key=key, secret=password)
    return password


def _renew(person: Person, life: timedelta) -> str:
    if person.user_id is None:
        raise NoAccount
    person.user, password = _with_one_time_password(person.user_id, life)
    return password


def _with_one_time_password(user_id: int, life: timedelta) -> tuple[User, str]:
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
    password = _renew(person, RESET_PASSWORD_LIFE)
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


@transaction.atomic
def open_staff(*, user: User) -> str:
    """Save a new member of the staff; returns the one-time password."""
    user.is_staff = True
    user.set_unusable_password()
    user.save()
    return issue_staff_password(user=user)


@transaction.atomic
def issue_staff_password(*, user: User) -> str:
    """A new one-time password for a member of the staff; the one before it dies."""
    life = timedelta(days=settings.TEMPORARY_PASSWORD_DAYS)
    _changed, password = _with_one_time_password(user.pk, life)
    return password


def allow_signing_in(*, user: User, allowed: bool) -> None:
    """Open or close an account; a closed one is out at its next click."""
    User.objects.filter(pk=user.pk).update(is_active=allowed)
