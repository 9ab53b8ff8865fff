"""Ways to reach a person that the person changes: a new number, an e-mail, an address."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import Person

CODE_TRIES = 5


class PhoneChangeQuerySet(models.QuerySet):
    def open(self):
        return self.filter(confirmed_at__isnull=True, closed_at__isnull=True)


class PhoneChange(models.Model):
    """A number that wants to become the person's own; a code sent to it decides."""

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="phone_changes", verbose_name=_("person")
    )
    number = models.CharField(_("new number"), max_length=16)
    code_hash = models.CharField(_("code, hashed"), max_length=200)
    tries = models.PositiveSmallIntegerField(_("wrong codes"), default=0)
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("useless after"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    objects = PhoneChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of phone")
        verbose_name_plural = _("changes of phones")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(confirmed_at__isnull=True, closed_at__isnull=True),
                name="phone_change_one_open",
            ),
            models.CheckConstraint(
                name="phone_change_few_tries", condition=Q(tries__lte=CODE_TRIES)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"


class EmailQuerySet(models.QuerySet):
    def current(self):
        return self.filter(valid_until__isnull=True, confirmed_at__isnull=False)


class Email(models.Model):
    """An e-mail address; it counts once the link sent to it was opened."""

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="emails", verbose_name=_("person")
    )
    address = models.EmailField(_("e-mail"))
    token_hash = models.CharField(_("link, hashed"), max_length=64, unique=True)
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    valid_until = models.DateTimeField(_("given up at"), null=True, blank=True)

    objects = EmailQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(valid_until__isnull=True, confirmed_at__isnull=False),
                name="email_one_current",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"


class AddressQuerySet(models.QuerySet):
    def current(self):
        return self.filter(valid_until__isnull=True)


class Address(models.Model):
    """Where a person lives, as the person says; the old ones stay."""

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="addresses", verbose_name=_("person")
    )
    text = models.CharField(_("address of residence"), max_length=250)
    valid_from = models.DateField(_("from day"))
    valid_until = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("included; empty while in use")
    )

    objects = AddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("address of residence")
        verbose_name_plural = _("addresses of residence")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(valid_until__isnull=True),
                name="address_one_current",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"


class HoldQuerySet(models.QuerySet):
    def open(self):
        return self.filter(ended_at__isnull=True)


class RecoveryHold(models.Model):
    """Access asked for with the printed code: it opens after a day, unless somebody objects."""

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="recovery_holds", verbose_name=_("person")
    )
    number = models.CharField(_("new number"), max_length=16)
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    opens_at = models.DateTimeField(_("opens at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    objected = models.BooleanField(_("stopped by the owner"), default=False)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("recovery on hold")
        verbose_name_plural = _("recoveries on hold")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_at__isnull=True),
                name="recovery_hold_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"
