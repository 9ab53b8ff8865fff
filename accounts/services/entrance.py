"""Whoever came through the door: what opens it once is used up, and a session begins."""

from django.db import transaction

from accounts.models import SignIn, User
from accounts.services import passwords, sign_ins, slips


@transaction.atomic
def enter(*, user: User, session_key: str, **about_the_device) -> SignIn:
    """Begin a session of the account, as `sign_ins.begin` says; the QR of its slips is used up."""
    if user.must_change_password:
        passwords.begin_sitting(user=user)
    slips.spend_tokens(user=user)
    return sign_ins.begin(user=user, session_key=session_key, **about_the_device)
