"""The second step of the staff: the application on a colleague's phone that shows codes."""

from binascii import unhexlify

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device, ThrottlingMixin, TimestampMixin
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from common.sealing import seal, unseal


def new_sealed_key() -> str:
    return seal(random_hex(20))


class PhoneApp(TimestampMixin, ThrottlingMixin, Device):
    """django-otp's TOTP device, but its secret lies sealed: a copy of the table makes no codes.

    The package's own model keeps the secret in a column that is too short for a seal.
    """

    step, t0, digits, tolerance = 30, 0, 6, 1

    sealed_key = models.TextField(_("secret, sealed"), default=new_sealed_key)
    drift = models.SmallIntegerField(_("steps that the phone's clock is off"), default=0)
    last_t = models.BigIntegerField(_("step of the last code"), default=-1)

    verify_token = TOTPDevice.verify_token
    get_throttle_factor = TOTPDevice.get_throttle_factor
    config_url = TOTPDevice.config_url
    _read_str_from_settings = TOTPDevice._read_str_from_settings

    class Meta(Device.Meta):
        verbose_name = _("application with codes")
        verbose_name_plural = _("applications with codes")

    @property
    def bin_key(self) -> bytes:
        return unhexlify(unseal(self.sealed_key))
