"""The door's memory: counters, devices, sessions, one-use codes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.users import LoginName, User


class DoorRequest(models.Model):
    """Something asked for before the door, by somebody who may be anybody.

    Every asker's row looks alike; a worker decides afterwards what it comes to, and deletes it.
    """

    kind = models.CharField(_("kind"), max_length=20)
    sealed = models.TextField(_("what was typed, sealed"))
    asked_at = models.DateTimeField(_("asked at"), db_index=True)

    class Meta:
        verbose_name = _("request before the door")
        verbose_name_plural = _("requests before the door")

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class RateCounter(models.Model):
    """How often something happened for a key in a window of time; all processes share it.

    Keys are keyed hashes: a number or an address cannot be read back from here.
    """

    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(_("key"), max_length=64)
    window_start = models.DateTimeField(_("window since"))
    count = models.PositiveIntegerField(_("how often"))

    class Meta:
        verbose_name = _("counter")
        verbose_name_plural = _("counters")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key", "window_start"], name="rate_counter_once_a_window"
            )
        ]
        indexes = [models.Index(fields=["window_start"], name="rate_counter_by_age")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.count}"


class DeviceQuerySet(models.QuerySet):
    def known(self):
        return self.filter(forgotten_at__isnull=True)


class Device(models.Model):
    """A browser that an account has signed in from. Its cookie is a random token, kept hashed."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="devices", verbose_name=_("account")
    )
    token_hash = models.CharField(_("token, hashed"), max_length=64)
    label = models.CharField(_("browser"), max_length=80, blank=True)
    first_seen_at = models.DateTimeField(_("first seen at"), auto_now_add=True)
    last_seen_at = models.DateTimeField(_("last seen at"))
    forgotten_at = models.DateTimeField(_("forgotten at"), null=True, blank=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        constraints = [
            models.UniqueConstraint(fields=["user", "token_hash"], name="device_once_an_account")
        ]

    def __str__(self) -> str:
        return self.label or str(_("device"))


class SignInQuerySet(models.QuerySet):
    def live(self):
        return self.filter(ended_at__isnull=True)


class SignIn(models.Model):
    """One session of an account, for the page of one's sessions and its limits."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="sign_ins", verbose_name=_("account")
    )
    session_hash = models.CharField(_("session, hashed"), max_length=64, unique=True)
    device = models.ForeignKey(
        Device, models.SET_NULL, null=True, blank=True, verbose_name=_("device")
    )
    source = models.CharField(_("from"), max_length=45, blank=True, help_text=_("masked address"))
    borrowed = models.BooleanField(_("somebody else's phone"), default=False)
    started_at = models.DateTimeField(_("since"))
    seen_at = models.DateTimeField(_("last seen at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = SignInQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.started_at:%d.%m.%Y %H:%M}"


class RecoveryCodeQuerySet(models.QuerySet):
    def live(self):
        return self.filter(used_at__isnull=True, revoked_at__isnull=True)


class RecoveryCode(models.Model):
    """The code printed on the slip: 64 bits or more, kept hashed, works once."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="recovery_codes", verbose_name=_("account")
    )
    code_hash = models.CharField(_("code, hashed"), max_length=200)
    issued_at = models.DateTimeField(_("issued at"), auto_now_add=True)
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    objects = RecoveryCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(used_at__isnull=True, revoked_at__isnull=True),
                name="recovery_code_one_live",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"


class SlipToken(models.Model):
    """The random token of the slip's QR: until the first entrance it fills the number in."""

    login = models.ForeignKey(
        LoginName, models.CASCADE, related_name="slip_tokens", verbose_name=_("login name")
    )
    token_hash = models.CharField(_("token, hashed"), max_length=64, unique=True)
    expires_at = models.DateTimeField(_("useless after"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("slip token")
        verbose_name_plural = _("slip tokens")

    def __str__(self) -> str:
        return f"{self.login_id}"
