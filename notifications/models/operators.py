"""What is known of the operators: how much of the traffic each gets, and what it costs."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

WHOLE = 100


class OperatorQuerySet(models.QuerySet):
    def refusing(self):
        """Who does not take our messages because of our account: password, funds, limits."""
        return self.filter(refused_at__isnull=False)


class Operator(models.Model):
    """An operator's share of the traffic; it moves by its errors and slowness, and comes back."""

    name = models.CharField(_("provider"), max_length=20)
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=WHOLE, db_default=WHOLE, help_text=_("0 to 100")
    )
    resting = models.PositiveSmallIntegerField(
        _("usual weight"), default=WHOLE, db_default=WHOLE, help_text=_("it comes back to this")
    )
    moved_at = models.DateTimeField(_("moved at"), null=True, blank=True)
    quiet_since = models.DateTimeField(_("no trouble since"), null=True, blank=True)
    refused_at = models.DateTimeField(
        _("refused our account at"),
        null=True,
        blank=True,
        help_text=_("it is tried again by itself"),
    )

    objects = OperatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("SMS operator")
        verbose_name_plural = _("SMS operators")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name"], name="operator_once"),
            models.CheckConstraint(
                name="operator_weight_in_percent",
                condition=Q(weight__gte=0, weight__lte=WHOLE, resting__gte=0, resting__lte=WHOLE),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OperatorMinute(models.Model):
    """What happened with an operator within a minute of the clock."""

    provider = models.CharField(_("provider"), max_length=20)
    minute = models.DateTimeField(_("minute"))
    sent = models.PositiveIntegerField(_("handed over"), default=0, db_default=0)
    errors = models.PositiveIntegerField(_("errors"), default=0, db_default=0)
    slow = models.PositiveIntegerField(_("slow"), default=0, db_default=0)

    class Meta:
        verbose_name = _("minute of an operator")
        verbose_name_plural = _("minutes of the operators")
        ordering = ["-minute", "provider"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "minute"], name="operator_minute_once")
        ]
        indexes = [models.Index(fields=["minute"], name="operator_minute_by_time")]

    def __str__(self) -> str:
        return f"{self.provider} {self.minute}"


class Spent(models.Model):
    """What an hour's messages of one purpose took, reserved before an operator is asked."""

    hour = models.DateTimeField(_("hour"))
    purpose = models.CharField(_("purpose"), max_length=20)
    sms = models.PositiveIntegerField(_("SMS"), default=0, db_default=0)
    segments = models.PositiveIntegerField(_("parts"), default=0, db_default=0)
    roubles = models.DecimalField(
        _("roubles"), max_digits=12, decimal_places=2, default=0, db_default=0
    )

    class Meta:
        verbose_name = _("sum spent in an hour")
        verbose_name_plural = _("sums spent by the hour")
        ordering = ["-hour", "purpose"]
        constraints = [
            models.UniqueConstraint(fields=["hour", "purpose"], name="spent_once"),
            models.CheckConstraint(name="spent_not_negative", condition=Q(roubles__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.hour} {self.purpose}"


class NumberCount(models.Model):
    """How many SMS went to a number within an hour. The number is hashed: nobody reads it here."""

    hour = models.DateTimeField(_("hour"))
    number = models.CharField(_("number, hashed"), max_length=32)
    codes = models.PositiveIntegerField(_("codes"), default=0, db_default=0)
    sms = models.PositiveIntegerField(_("messages"), default=0, db_default=0)

    class Meta:
        verbose_name = _("SMS to a number")
        verbose_name_plural = _("SMS to numbers")
        constraints = [models.UniqueConstraint(fields=["number", "hour"], name="number_count_once")]
        indexes = [models.Index(fields=["hour"], name="number_count_by_hour")]

    def __str__(self) -> str:
        return f"{self.number} {self.hour}"
