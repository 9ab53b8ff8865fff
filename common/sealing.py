"""Secrets that must travel through the database are sealed with a key from the settings."""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class SealBroken(Exception):
    """The secret was sealed with a key that is no longer known, or was changed."""


def seal(secret: str) -> str:
    return _keys().encrypt(secret.encode()).decode()


def unseal(token: str) -> str:
    try:
        return _keys().decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise SealBroken from error


def _keys() -> MultiFernet:
    """The first key seals; every listed one opens, so that keys can be rotated."""
    return MultiFernet([Fernet(key) for key in settings.SEALING_KEYS])
