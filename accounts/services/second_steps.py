"""The second step of the staff: a code from an application on their phone, or a backup code."""

import secrets

from django.db import transaction
from django.utils.crypto import salted_hmac
from django_otp import verify_token
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice

from accounts.models import PhoneApp, User
from accounts.passwords import ALPHABET

BACKUP_CODES = 10
BACKUP_LENGTH = 10
STORED_LENGTH = 16  # all that the table has room for: 64 bits of a keyed hash
NAME = "phone"


@transaction.atomic
def offered_device(*, user: User) -> PhoneApp:
    """The secret that is shown until it is confirmed; looking again gives the same one."""
    User.objects.select_for_update().get(pk=user.pk)
    unconfirmed = PhoneApp.objects.filter(user=user, confirmed=False).first()
    return unconfirmed or PhoneApp.objects.create(user=user, name=NAME, confirmed=False)


@transaction.atomic
def confirm_device(*, user: User, code: str) -> tuple[PhoneApp, list[str]] | None:
    """The device and new backup codes, in clear this once; None for a wrong code.

    Never a second device beside the first: whoever has only the password gets none.
    """
    User.objects.select_for_update().get(pk=user.pk)
    if has_second_step(user):
        return None
    device = PhoneApp.objects.select_for_update().filter(user=user, confirmed=False).first()
    if device is None or not device.verify_token(_digits(code)):
        return None
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    return device, _new_backup_codes(user)


def _new_backup_codes(user: User) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="backup")
    codes = [_backup_code() for _ in range(BACKUP_CODES)]
    for code in codes:
        device.token_set.create(token=_stored(code))
    return codes


def _backup_code() -> str:
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(BACKUP_LENGTH))
    return f"{drawn[:5]}-{drawn[5:]}"


def check_second_step(*, user: User, code: str) -> Device | None:
    """The device that a code proves. Each code counts once; wrong ones make the next try wait."""
    digits = _digits(code)
    if len(digits) == 6 and digits == "".join(code.split()):
        return _checked(user, PhoneApp, digits)
    return _checked(user, StaticDevice, _stored(code))


def _checked(user: User, kind: type[Device], token: str) -> Device | None:
    device = kind.objects.filter(user=user, confirmed=True).first()
    return device and verify_token(user, device.persistent_id, token)


def has_second_step(user: User) -> bool:
    return PhoneApp.objects.filter(user=user, confirmed=True).exists()


@transaction.atomic
def forget_second_step(*, user: User) -> None:
    """The phone of a colleague is gone: the next sign-in begins with a new secret."""
    PhoneApp.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


def _digits(code: str) -> str:
    return "".join(sign for sign in code if sign.isascii() and sign.isdigit())


def _stored(code: str) -> str:
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return salted_hmac("accounts.backup_code", plain, algorithm="sha256").hexdigest()[
        :STORED_LENGTH
    ]
