"""A caller proves to be the person: by a code on the person's phone, and by nothing else."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts import limits
from accounts.models import LoginKind, LoginName, Person, User
from accounts.recipients import recipient_of
from accounts.services import record
from common import clock
from common.errors import Refusal
from desk import kinds, messages
from desk.models import CallerCheck, Note
from notifications.services import queue

CODE_LIFE = timedelta(minutes=10)
CALL_LIFE = timedelta(minutes=15)  # one conversation
CODES_A_DAY = 5  # for a person: each is an SMS that we pay and that disturbs somebody
CODES_AN_HOUR = 60  # for a member of the staff


class NoPhoneToAsk(Refusal):
    message = _(
        "There is no such number, or no phone to send a code to. Say what the public page says: "
        "where the office is and what to bring."
    )


class TooManyCodes(Refusal):
    message = _("Too many codes for this number today. Ask the caller to come to the office.")


class WrongCode(Refusal):
    message = _("The code is wrong or too old. Do not say anything about the person.")


@transaction.atomic
def ask_caller(*, number: str, actor: User) -> CallerCheck:
    """Send a code to the phone of whoever owns the application number.

    Raises NoPhoneToAsk, TooManyCodes.
    """
    person = _owner(number)
    if person is None or not recipient_of(person.pk).addresses:
        raise NoPhoneToAsk
    _count(person, actor)
    code = f"{secrets.randbelow(10**6):06d}"
    check = CallerCheck.objects.create(
        person=person, asked_by=actor, expires_at=clock.now() + CODE_LIFE
    )
    check.code_hash = _hashed(check, code)
    check.save(update_fields=["code_hash"])
    record(person=person, kind=kinds.CALL_ASKED, actor=actor)
    queue(messages.CALLER_CODE, check.pk, key=f"caller-code:{check.pk}", secret=code)
    return check


def _owner(number: str) -> Person | None:
    logins = LoginName.objects.filter(kind=LoginKind.APPLICATION, value=number)
    return Person.objects.filter(user__login_names__in=logins).first()


def _count(person: Person, actor: User) -> None:
    for kind, key, window, limit in [
        ("caller-code", person.pk, limits.DAY, CODES_A_DAY),
        ("caller-code-staff", actor.pk, limits.HOUR, CODES_AN_HOUR),
    ]:
        if not limits.take(kind, limits.hashed(kind, key), window, limit):
            raise TooManyCodes


def _hashed(check: CallerCheck, code: str) -> str:
    return salted_hmac("desk.caller_code", f"{check.pk}:{code}", algorithm="sha256").hexdigest()


def confirm_caller(*, check: CallerCheck, code: str, actor: User) -> None:
    """The caller said the code. A try is spent before anybody hears whether it fits.

    Raises WrongCode.
    """
    living = CallerCheck.objects.open().filter(pk=check.pk, asked_by=actor)
    if not living.filter(expires_at__gt=clock.now()).update(tries=F("tries") + 1):
        raise WrongCode
    if not constant_time_compare(check.code_hash, _hashed(check, code)):
        raise WrongCode
    with transaction.atomic():
        CallerCheck.objects.filter(pk=check.pk).update(confirmed_at=clock.now())
        record(person=check.person, kind=kinds.CALL_ANSWERED, actor=actor)


def is_talking(check: CallerCheck, actor: User) -> bool:
    """Only who asked for the code reads the page, and only while the call may last."""
    since = clock.now() - CALL_LIFE
    return (
        check.asked_by_id == actor.pk
        and check.confirmed_at is not None
        and check.confirmed_at > since
    )


def follow_merge(keep: Person, gone: Person) -> None:
    """Checks of callers of a record that turned out to be about somebody known."""
    CallerCheck.objects.filter(person=gone).update(person=keep)


class NothingWritten(Refusal):
    message = _("Write the note.")


def write_note(*, person: Person, text: str, actor: User) -> Note:
    """A note for colleagues, never changed afterwards. Raises NothingWritten."""
    if not text.strip():
        raise NothingWritten
    return Note.objects.create(person=person, text=text.strip(), written_by=actor)
