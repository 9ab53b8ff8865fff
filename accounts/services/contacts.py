"""Where else a person can be reached: an e-mail, confirmed by a link, and an address."""

import hashlib
import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts import kinds, limits
from accounts.errors import NothingToConfirm, TooManyLetters
from accounts.letters import EMAIL_LINK, EMAIL_REPLACED, LINK_LIFE
from accounts.models import Address, Email, Person
from accounts.services.records import record
from common import clock
from notifications.services import queue

LETTERS_A_DAY = 5
LETTERS, LETTERS_TO = "email-link", "email-link-address"


def ask_email(*, person: Person, address: str) -> None:
    """Write the address down and promise the letter whose link confirms it.

    Raises TooManyLetters.
    """
    token = secrets.token_urlsafe(32)
    _asked(person, address, token)


@transaction.atomic
def _asked(person: Person, address: str, token: str) -> None:
    for kind, key in [(LETTERS, person.pk), (LETTERS_TO, address.lower())]:
        if not limits.take(kind, limits.hashed(kind, key), limits.DAY, LETTERS_A_DAY):
            raise TooManyLetters
    unconfirmed = Email.objects.filter(person=person, confirmed_at__isnull=True)
    unconfirmed.filter(valid_until__isnull=True).update(valid_until=clock.now())
    email = Email.objects.create(person=person, address=address, token_hash=_hashed(token))
    link = settings.PORTAL_URL + reverse("accounts:email_confirm", args=[token])
    queue(EMAIL_LINK, email.pk, key=f"email-link:{email.pk}", address=address, secret=link)
    record(person=person, kind=kinds.EMAIL_ASKED)


def email_waits(*, token: str) -> bool:
    """Does the link confirm anything?"""
    return _waiting(token).exists()


@transaction.atomic
def confirm_email(*, token: str) -> None:
    """The link was opened: the address is the person's, the one before it is told.

    Raises NothingToConfirm.
    """
    email = _waiting(token).select_for_update().first()
    if email is None:
        raise NothingToConfirm
    now = clock.now()
    _replace(email, now)
    email.confirmed_at = now
    email.save(update_fields=["confirmed_at"])
    record(person=email.person, kind=kinds.EMAIL_CONFIRMED)


def _replace(email: Email, now: datetime) -> None:
    before = Email.objects.current().filter(person=email.person_id)
    for old in before.exclude(address__iexact=email.address):
        # To the address that was given up: a letter to the new one would warn nobody.
        queue(EMAIL_REPLACED, old.pk, key=f"email-replaced:{old.pk}", address=old.address)
    before.update(valid_until=now)


def _waiting(token: str):
    since = clock.now() - LINK_LIFE
    unused = Email.objects.filter(confirmed_at__isnull=True, valid_until__isnull=True)
    return unused.filter(token_hash=_hashed(token), asked_at__gt=since)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def change_address(*, person: Person, text: str) -> Address:
    """Where the person lives from today on; the address before it stays as it was."""
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    current = person.addresses.current().first()
    if current is not None and current.text == text:
        return current
    person.addresses.current().update(valid_until=clock.today())
    record(person=person, kind=kinds.ADDRESS_CHANGED)
    return Address.objects.create(person=person, text=text, valid_from=clock.today())
