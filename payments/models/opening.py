"""The position that the centre went live with: what was paid before this portal knew of it."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.history import never_emptied
from patents.models import Application


class Opening(models.Model):
    """The file of the opening position; a centre has one, taken in whole.

    Its totals are those that the file itself named: `check_ledger` compares the months with them.
    """

    is_the_one = models.BooleanField(default=True, unique=True, editable=False)
    content_hash = models.CharField(_("content hash"), max_length=64)
    file_name = models.CharField(_("file"), max_length=200)
    persons = models.PositiveIntegerField(_("people"))
    applications = models.PositiveIntegerField(_("applications"))
    patents = models.PositiveIntegerField(_("patents"))
    months = models.PositiveIntegerField(_("months"))
    amount = models.DecimalField(_("sum, roubles"), max_digits=14, decimal_places=2)
    taken_at = models.DateTimeField(_("taken in at"), auto_now_add=True)

    class Meta:
        verbose_name = _("opening position")
        verbose_name_plural = _("opening position")
        constraints = [
            models.CheckConstraint(name="opening_is_one", condition=Q(is_the_one=True)),
        ]

    def __str__(self) -> str:
        return self.file_name


class OpeningMonths(models.Model):
    """Months of an application that were paid before the portal went live."""

    opening = models.ForeignKey(
        Opening, models.PROTECT, related_name="months_paid", verbose_name=_("opening position")
    )
    application = models.OneToOneField(
        Application,
        models.PROTECT,
        related_name="opening_months",
        verbose_name=_("application"),
    )
    months = models.PositiveSmallIntegerField(_("months"))
    amount = models.DecimalField(_("sum, roubles"), max_digits=10, decimal_places=2)
    counted_on = models.DateField(
        _("counted on"),
        help_text=_(
            "the money was there by this day; an issued patent counts from its day of issue"
        ),
    )

    class Meta:
        verbose_name = _("months paid before the opening")
        verbose_name_plural = _("months paid before the opening")
        constraints = [
            models.CheckConstraint(
                name="opening_months_at_most_twelve", condition=Q(months__gte=0, months__lte=12)
            ),
            models.CheckConstraint(
                name="opening_months_have_their_sum",
                condition=Q(months=0, amount=0) | Q(months__gt=0, amount__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.months}"


class OpeningCorrection(models.Model):
    """Months of the opening that were wrong: what was counted, what is, who asked, who decided.

    With them the totals of the opening's file agree with the months of today: `check_ledger`.
    """

    application = models.ForeignKey(
        Application,
        models.PROTECT,
        related_name="opening_corrections",
        verbose_name=_("application"),
    )
    months_before = models.PositiveSmallIntegerField(_("months before"))
    amount_before = models.DecimalField(_("sum before"), max_digits=10, decimal_places=2)
    months = models.PositiveSmallIntegerField(_("months"))
    amount = models.DecimalField(_("sum, roubles"), max_digits=10, decimal_places=2)
    reason = models.CharField(_("reason"), max_length=300)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    decided_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("correction of the opening")
        verbose_name_plural = _("corrections of the opening")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="opening_correction_by_two", condition=~Q(asked_by=F("decided_by"))
            )
        ]
        triggers = [
            never_emptied(),
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.months_before} → {self.months}: {self.reason} ({self.decided_by})"
