"""What a month costs, where the tax goes, and the Treasury's accounts."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from common.clock import today
from payments.silence import last_in_order


class DateRange(Func):
    """valid_from and valid_until, both included; an empty end is open."""

    function = "DATERANGE"
    output_field = DateRangeField()


def one_at_a_time(name: str, message) -> ExclusionConstraint:
    """No two rows of a region may hold on the same day."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            (
                DateRange("valid_from", "valid_until", RangeBoundary(True, True)),
                RangeOperators.OVERLAPS,
            ),
            ("region", RangeOperators.EQUAL),
        ],
        violation_error_message=message,
    )


class DatedQuerySet(models.QuerySet):
    def on(self, day, region):
        """Rows in force on a Moscow day, both ends included."""
        return self.filter(region=region, valid_from__lte=day).filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        )


class Tariff(models.Model):
    """The price of one month; the one in force on the payment date counts (domain facts 1)."""

    region = models.CharField(_("region"), max_length=2)
    valid_from = models.DateField(_("from day"))
    valid_until = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("included; empty: open")
    )
    monthly = models.DecimalField(_("a month, roubles"), max_digits=10, decimal_places=2)
    source = models.CharField(_("source"), max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("tariff")
        verbose_name_plural = _("tariffs")
        ordering = ["region", "valid_from"]
        constraints = [
            models.CheckConstraint(name="tariff_positive", condition=Q(monthly__gt=0)),
            one_at_a_time("tariff_one_a_day", _("Another tariff holds on some of these days.")),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.valid_from}: {self.monthly}"


class Requisites(models.Model):
    """Where the tax goes, by date (domain facts 3). A receipt keeps a copy of its own."""

    region = models.CharField(_("region"), max_length=2)
    valid_from = models.DateField(_("from day"))
    valid_until = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("included; empty: open")
    )
    payee = models.CharField(_("payee"), max_length=160)
    inn = models.CharField(_("payee's INN"), max_length=10, blank=True)
    kpp = models.CharField(_("payee's KPP"), max_length=9, blank=True)
    account = models.CharField(_("payee's account"), max_length=20)
    bank = models.CharField(_("bank"), max_length=160)
    bank_short = models.CharField(
        _("bank, short"), max_length=45, help_text=_("at most 45 characters: goes into the QR")
    )
    bic = models.CharField(_("BIC"), max_length=9)
    corr_account = models.CharField(_("correspondent account"), max_length=20, default="0")
    kbk = models.CharField(_("KBK (104)"), max_length=20)
    oktmo = models.CharField(_("OKTMO (105)"), max_length=11)
    drawer_status = models.CharField(_("payer status (101)"), max_length=2)
    basis = models.CharField(_("basis (106)"), max_length=2, default="0")
    period = models.CharField(_("tax period (107)"), max_length=10, default="0")
    document_number = models.CharField(_("document number (108)"), max_length=15, default="0")
    document_date = models.CharField(_("document date (109)"), max_length=10, default="0")
    purpose = models.CharField(_("purpose"), max_length=140)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("requisites")
        verbose_name_plural = _("requisites")
        ordering = ["region", "valid_from"]
        constraints = [
            one_at_a_time("requisites_one_a_day", _("Other requisites hold on some of these days."))
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.valid_from}"


class AccountQuerySet(models.QuerySet):
    def silent(self):
        """Taxes go there today, and its statements have not come for long."""
        day = today()
        in_force = Requisites.objects.on(day, settings.REGION).values("account")
        return self.filter(number__in=in_force, complete_through__lt=last_in_order(day))

    def disjoint(self):
        """Their files contradict each other: completeness waits for one that is formed anew."""
        return self.filter(broken_on__isnull=False)


class Account(models.Model):
    """A Treasury account and how far its statements are complete."""

    number = models.CharField(_("account number"), max_length=20, unique=True)
    counted_through = models.DateField(
        _("opening: counted through"), help_text=_("completeness starts after this day")
    )
    complete_through = models.DateField(
        _("statements complete through"), help_text=_("included; derived from whole-day files")
    )
    broken_on = models.DateField(
        _("balances do not follow each other after"),
        null=True,
        blank=True,
        help_text=_("the day whose last balance is not the next day's first one"),
    )

    objects = AccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("Treasury account")
        verbose_name_plural = _("Treasury accounts")
        constraints = [
            models.CheckConstraint(
                name="account_complete_not_before_opening",
                condition=Q(complete_through__gte=F("counted_through")),
            )
        ]

    def __str__(self) -> str:
        return self.number
