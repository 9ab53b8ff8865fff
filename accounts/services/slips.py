"""What a printed slip leaves in the database: the token of its QR, and its recovery code."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from accounts.models import LoginKind, LoginName, Person, SlipToken, User
from accounts.services.recovery import issue_recovery_code
from common import clock

TOKEN_BYTES = 16  # 128 bits: a fast hash is enough, nobody guesses


@transaction.atomic
def issue_slip_token(*, number: str) -> str:
    """The token of a new slip's QR, in clear this once; tokens of slips before it stop working."""
    login = LoginName.objects.select_for_update().get(kind=LoginKind.APPLICATION, value=number)
    now = clock.now()
    SlipToken.objects.filter(login=login, used_at__isnull=True).update(used_at=now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    until = now + timedelta(days=settings.TEMPORARY_PASSWORD_DAYS)
    SlipToken.objects.create(login=login, token_hash=_hashed(token), expires_at=until)
    return token


def number_of_token(*, token: str) -> str | None:
    """The application number of a fresh token; None for any other.

    Looking uses nothing up: messengers and browsers open an address before its person does.
    """
    fresh = SlipToken.objects.filter(used_at__isnull=True, expires_at__gt=clock.now())
    return fresh.filter(token_hash=_hashed(token)).values_list("login__value", flat=True).first()


def spend_tokens(*, user: User) -> None:
    """Somebody entered: whoever scans a slip of this account from now on learns no number."""
    fresh = SlipToken.objects.filter(login__user=user, used_at__isnull=True)
    fresh.update(used_at=clock.now())


def recovery_code_for_slip(*, person: Person) -> str:
    """A new recovery code to print; empty for whoever has no account."""
    return issue_recovery_code(user=person.user) if person.user_id else ""


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
