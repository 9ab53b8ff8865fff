"""Where else a person can be reached: an e-mail, confirmed by a link, and an address."""

import hashlib
import logging
import secrets
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import kinds, limits
from accounts.errors import LetterNotSent, NothingToConfirm, TooManyLetters
from accounts.models import Address, Email, Person
from accounts.services import door_requests
from accounts.services.records import record
from common import clock

logger = logging.getLogger(__name__)

LETTERS_A_DAY = 5
LINK_LIFE = timedelta(days=3)
LETTERS, LETTERS_TO = "email-link", "email-link-address"
REPLACED = "email-replaced"


def ask_email(*, person: Person, address: str) -> None:
    """Write the address down and send the link that confirms it.

    Raises TooManyLetters, LetterNotSent.
    """
    token = secrets.token_urlsafe(32)
    _asked(person, address, token)
    path = reverse("accounts:email_confirm", args=[token])
    _send(address, _letter(settings.PORTAL_URL + path))


def _send(address: str, text: str) -> None:
    subject = _("Your e-mail in the personal cabinet")
    try:
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [address])
    except (SMTPException, OSError) as error:
        logger.warning("a letter was not sent: %s", type(error).__name__)
        raise LetterNotSent from None  # the mail server's error names the address


def _letter(link: str) -> str:
    return _(
        "Open this link and press the button:\n%(link)s\n\n"
        "It works for three days. Was it not you? Then do nothing."
    ) % {"link": link}


@transaction.atomic
def _asked(person: Person, address: str, token: str) -> None:
    for kind, key in [(LETTERS, person.pk), (LETTERS_TO, address.lower())]:
        if not limits.take(kind, limits.hashed(kind, key), limits.DAY, LETTERS_A_DAY):
            raise TooManyLetters
    unconfirmed = Email.objects.filter(person=person, confirmed_at__isnull=True)
    unconfirmed.filter(valid_until__isnull=True).update(valid_until=clock.now())
    Email.objects.create(person=person, address=address, token_hash=_hashed(token))
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
        # A worker's: it tries again while the mail server is away.
        door_requests.leave(REPLACED, email=old.pk)
    before.update(valid_until=now)


@door_requests.action(REPLACED)
def tell_old_email(*, asked_at: datetime, email: int) -> None:
    """A letter to the address that was given up: a letter to the new one would warn nobody."""
    old = Email.objects.select_related("person").filter(pk=email).first()
    if old is None:
        return
    with translation.override(old.person.language):
        text = _(
            "Your personal cabinet has another e-mail now. We do not write to this address any "
            "more.\n\nWas it not you? Call: %(hotline)s."
        )
        _send(old.address, text % {"hotline": settings.HOTLINE})


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
