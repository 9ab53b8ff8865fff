"""The person's own number: asked for with the password, bound by a code that was sent to it."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Subquery
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_noop

from accounts import kinds, limits, messages
from accounts.errors import (
    NothingToConfirm,
    PhoneClosedAfterReset,
    SamePhone,
    TooManyCodes,
    WrongCode,
)
from accounts.models import (
    CODE_TRIES,
    Person,
    Phone,
    PhoneChange,
    PhoneKind,
    TimelineEntry,
    User,
)
from accounts.recipients import recipient_of
from accounts.services.records import record
from common import clock, identifiers
from journal.history import plainly
from notifications.models import Channel, Message
from notifications.services import queue

CODE_LIFE = timedelta(minutes=10)
CODES_A_DAY = 5  # for a person, and for a number: codes are SMS that we pay
CLOSED_AFTER_RESET = timedelta(hours=24)
ASKED, ASKED_FOR_NUMBER = "phone-code", "phone-code-number"


def phone_change_opens_at(person: Person):
    """When the phone may be changed again after a reset was used; None when it may be now."""
    since = clock.now() - CLOSED_AFTER_RESET
    used = TimelineEntry.objects.filter(person=person, kind=kinds.RESET_USED)
    last = used.filter(happened_at__gt=since).order_by("-happened_at").first()
    return last.happened_at + CLOSED_AFTER_RESET if last else None


@transaction.atomic
def ask_phone_change(*, person: Person, number: str) -> PhoneChange:
    """Send a code to the new number; a code before it dies. The caller has checked the password.

    Raises PhoneClosedAfterReset, SamePhone, TooManyCodes.
    """
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    _refuse_change(person, number)
    now = clock.now()
    PhoneChange.objects.open().filter(person=person).update(closed_at=now)
    change = PhoneChange.objects.create(person=person, number=number, expires_at=now + CODE_LIFE)
    code = f"{secrets.randbelow(10**6):06d}"
    change.code_hash = _hashed(change, code)
    change.save(update_fields=["code_hash"])
    record(person=person, kind=kinds.PHONE_ASKED, facts={"phone": identifiers.mask_phone(number)})
    queue(
        messages.PHONE_CODE, change.pk, key=f"phone-code:{change.pk}", address=number, secret=code
    )
    return change


def _refuse_change(person: Person, number: str) -> None:
    if phone_change_opens_at(person) is not None:
        raise PhoneClosedAfterReset
    own = person.phones.current().filter(kind=PhoneKind.OWN, number=number)
    if own.filter(bound_at__isnull=False).exists():
        raise SamePhone
    for kind, key in [(ASKED, person.pk), (ASKED_FOR_NUMBER, number)]:
        if not limits.take(kind, limits.hashed(kind, key), limits.DAY, CODES_A_DAY):
            raise TooManyCodes


def _hashed(change: PhoneChange, code: str) -> str:
    """Keyed: a million codes are tried in no time against a plain hash."""
    return salted_hmac("accounts.phone_code", f"{change.pk}:{code}", algorithm="sha256").hexdigest()


def confirm_phone(*, person: Person, code: str) -> Phone:
    """Bind the number that the code was sent to. Raises NothingToConfirm, WrongCode.

    A wrong code is counted before anybody hears of it: five of them end the change.
    """
    change = _with_one_try_less(person)
    if not constant_time_compare(change.code_hash, _hashed(change, code)):
        raise WrongCode
    return _bound(change)


@transaction.atomic
def _with_one_try_less(person: Person) -> PhoneChange:
    living = PhoneChange.objects.open().filter(person=person, expires_at__gt=clock.now())
    if not living.filter(tries__lt=CODE_TRIES).update(tries=F("tries") + 1):
        raise NothingToConfirm
    return PhoneChange.objects.open().get(person=person)


@transaction.atomic
def _bound(change: PhoneChange) -> Phone:
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=change.person_id)
    if phone_change_opens_at(change.person) is not None:
        raise PhoneClosedAfterReset
    if not PhoneChange.objects.open().filter(pk=change.pk).update(confirmed_at=clock.now()):
        raise NothingToConfirm
    return bind_phone(person=change.person, number=change.number)


@transaction.atomic
@plainly(gettext_noop("A number of their own was bound."))
def bind_phone(*, person: Person, number: str, actor: User | None = None) -> Phone:
    """Make a proved number the person's own; the numbers in use until now are told.

    Proved means: a code sent to it came back, or two members of staff saw the person's passport.
    (A number of a recovery is proved by its password: `bind_recovered`.)
    """
    number = identifiers.phone(number)
    before = set(person.phones.theirs().values_list("number", flat=True)) - {number}
    facts = {"phone": identifiers.mask_phone(number)}
    entry = record(person=person, kind=kinds.PHONE_BOUND, facts=facts, actor=actor)
    phone = put_own(person, number, bound_at=clock.now())
    tell_each_number(messages.PHONE_BOUND, entry, before)
    return phone


def put_own(person: Person, number: str, *, bound_at: datetime | None) -> Phone:
    """The row of the own number; another one before it is closed. Bound, what a stranger said of
    the number before is over; with None it is only said, and stays what it was if it is known."""
    today = clock.today()
    current = person.phones.current().filter(kind=PhoneKind.OWN)
    current.exclude(number=number).update(valid_until=today)
    phone, _is_new = Phone.objects.update_or_create(
        person=person,
        kind=PhoneKind.OWN,
        number=number,
        valid_until=None,
        defaults={"bound_at": bound_at, "disowned_at": None} if bound_at else {},
        create_defaults={"bound_at": bound_at, "valid_from": today},
    )
    return phone


def bind_recovered(person: Person) -> None:
    """The waiting password was used, and nobody wrote it into the story yet: where it went to the
    number of a recovery, that is the proof. The numbers before were told when the recovery opened.
    """
    number = _where_password_went(person)
    if person.phones.of_recovery().filter(number=number).update(bound_at=clock.now()):
        facts = {"phone": identifiers.mask_phone(number)}
        record(person=person, kind=kinds.PHONE_BOUND, facts=facts)


def _where_password_went(person: Person) -> str:
    issued = person.timeline.filter(kind__in=kinds.WAITS).order_by("-pk").values("pk")[:1]
    by_sms = [messages.PASSWORD_RESET.code, messages.RECOVERY_OPENED.code]
    sent = Message.objects.filter(event__in=by_sms, subject_id=Subquery(issued)).order_by("-pk")
    return sent.values_list("fixed_address", flat=True).first() or ""


def tell_each_number(event, entry: TimelineEntry, numbers) -> None:
    """One notice to each, and to the confirmed e-mail: told to one number alone, which may be
    lost or switched off, it may warn nobody."""
    for place, number in enumerate(sorted(numbers)):
        queue(event, entry.pk, key=f"{event.code}:{entry.pk}:{place}", address=number)
    if email := recipient_of(entry.person_id).email:
        key = f"{event.code}:{entry.pk}:letter"
        queue(event, entry.pk, key=key, address=email, channel=Channel.EMAIL)
