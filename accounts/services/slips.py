"""What a printed slip leaves in the database: the token of its QR, and its recovery code."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from accounts import services
from accounts.models import LoginKind, LoginName, Person, SlipToken
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


def spend_slip_token(*, token: str) -> str | None:
    """The application number of a fresh token, which is used up now; None for any other."""
    fresh = SlipToken.objects.filter(
        token_hash=_hashed(token), used_at__isnull=True, expires_at__gt=clock.now()
    )
    if fresh.update(used_at=clock.now()) != 1:
        return None
    return SlipToken.objects.values_list("login__value", flat=True).get(token_hash=_hashed(token))


def recovery_code_for_slip(*, person: Person) -> str:
    """A new recovery code to print; empty for whoever has no account."""
    issue = getattr(services, "issue_recovery_code", None)
    return issue(user=person.user) if issue and person.user_id else ""


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
