"""Registers of payments as their senders shape them, described by staff once a sender."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from payments.models.tariffs import Account


def head_of(label) -> models.CharField:
    """A column's head as it stands in the file; empty when the register has no such column."""
    return models.CharField(label, max_length=100, blank=True)


class Register(models.Model):
    """Where a sender's registers have what. The heads of columns tell which register a file is."""

    sender = models.CharField(_("sender"), max_length=160, unique=True)
    account = models.ForeignKey(
        Account,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registers",
        verbose_name=_("Treasury account"),
        help_text=_("that all its payments go to; empty when a column names it"),
    )
    in_kopecks = models.BooleanField(_("sums are in kopecks"), default=False)
    number_after = models.CharField(
        _("words before the register's number"),
        max_length=60,
        blank=True,
        help_text=_("such as «Реестр №»: the number tells a copy from another register"),
    )
    is_read = models.BooleanField(_("such registers are read"), default=True)
    amount = models.CharField(_("column: sum"), max_length=100)
    posted_on = head_of(_("column: day of posting"))
    paid_on = head_of(_("column: day on which the person paid"))
    document_date = head_of(_("column: order's date"))
    document_number = head_of(_("column: order's number"))
    payer_name = head_of(_("column: payer"))
    payer_inn = head_of(_("column: payer's INN"))
    payer_account = head_of(_("column: payer's account"))
    purpose = head_of(_("column: purpose"))
    uin = head_of(_("column: UIN"))
    account_column = head_of(_("column: Treasury account"))

    class Meta:
        verbose_name = _("register of a sender")
        verbose_name_plural = _("registers of senders")
        ordering = ["sender"]
        constraints = [
            models.CheckConstraint(
                name="register_has_a_sum",
                condition=~Q(amount=""),
                violation_error_message=_("Say which column has the sum."),
            ),
            models.CheckConstraint(
                name="register_has_a_day",
                condition=~Q(posted_on="", paid_on="", document_date=""),
                violation_error_message=_("Say which column has a day: without one no payment."),
            ),
            models.CheckConstraint(
                name="register_has_an_account",
                condition=Q(account__isnull=False) | ~Q(account_column=""),
                violation_error_message=_("Say which account the money goes to, or its column."),
            ),
        ]

    def __str__(self) -> str:
        return self.sender
