"""Statement files and their lines, as they were sent."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.formats import roubles, short_day
from journal.history import never_emptied
from payments.models.tariffs import Account


class StatementQuerySet(models.QuerySet):
    def whole_on(self, first_day, last_day):
        """Statements that are the truth for one of these days at least."""
        return self.filter(first_day__lte=last_day, whole_through__gte=first_day)


class Statement(models.Model):
    """A statement file, known by its content."""

    content_hash = models.CharField(_("content hash"), max_length=64, unique=True)
    file_name = models.CharField(_("file"), max_length=200)
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="statements", verbose_name=_("Treasury account")
    )
    sender = models.CharField(_("sender"), max_length=160, blank=True)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), help_text=_("included"))
    formed_at = models.DateTimeField(_("formed at"), null=True, blank=True)
    file_number = models.CharField(_("the sender's file number"), max_length=40, blank=True)
    whole_through = models.DateField(
        _("whole through"),
        null=True,
        blank=True,
        help_text=_(
            "the last day, included, that was over when the file was formed; "
            "empty: its sums prove no whole day"
        ),
    )
    line_count = models.PositiveIntegerField(_("lines"))
    incoming = models.DecimalField(_("incoming, roubles"), max_digits=14, decimal_places=2)
    imported_at = models.DateTimeField(_("imported at"), auto_now_add=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["-imported_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="statement_days_in_order", condition=Q(last_day__gte=F("first_day"))
            ),
            models.CheckConstraint(
                name="statement_whole_within_its_days",
                condition=Q(whole_through__isnull=True)
                | Q(whole_through__gte=F("first_day"), whole_through__lte=F("last_day")),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class StatementLine(models.Model):
    """A line exactly as sent; never changed. Where its money is stands in `Placement`."""

    statement = models.ForeignKey(
        Statement, models.PROTECT, related_name="lines", verbose_name=_("statement")
    )
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="lines", verbose_name=_("Treasury account")
    )
    digest = models.CharField(
        _("likeness"), max_length=64, help_text=_("equal lines have equal digests")
    )
    occurrence = models.PositiveIntegerField(_("which of the equal ones"))
    posted_on = models.DateField(_("posted on"))
    document_number = models.CharField(_("order"), max_length=30, blank=True)
    document_date = models.DateField(_("order's date"), null=True, blank=True)
    amount = models.DecimalField(_("sum, roubles"), max_digits=14, decimal_places=2)
    payer_name = models.CharField(_("payer"), max_length=200, blank=True)
    payer_account = models.CharField(_("payer's account"), max_length=20, blank=True)
    payer_inn = models.CharField(_("payer's INN"), max_length=20, blank=True)
    purpose = models.TextField(_("purpose"), blank=True)
    paid_on = models.DateField(
        _("paid on, by the order"),
        null=True,
        blank=True,
        help_text=_("the earliest day that the order itself proves"),
    )
    raw = models.JSONField(_("as sent"))

    class Meta:
        verbose_name = _("statement line")
        verbose_name_plural = _("statement lines")
        ordering = ["-posted_on", "-pk"]
        indexes = [
            models.Index(fields=["-posted_on", "-id"], name="line_by_day"),
            models.Index(fields=["document_number"], name="line_by_number"),
            models.Index(
                fields=["payer_inn"], condition=~Q(payer_inn=""), name="line_by_payer_inn"
            ),
        ]
        triggers = [never_emptied()]
        constraints = [
            models.UniqueConstraint(fields=["digest", "occurrence"], name="statement_line_once"),
            models.CheckConstraint(name="statement_line_positive", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{short_day(self.posted_on)} № {self.document_number}: {roubles(self.amount)}"


class Sighting(models.Model):
    """How many equal lines a file shows, its copies included: what tells repeats from payments."""

    statement = models.ForeignKey(
        Statement, models.PROTECT, related_name="sightings", verbose_name=_("statement")
    )
    digest = models.CharField(_("likeness"), max_length=64, db_index=True)
    count = models.PositiveIntegerField(_("how many"))

    class Meta:
        verbose_name = _("sighting")
        verbose_name_plural = _("sightings")
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "digest"], name="sighting_once_a_statement"
            ),
            models.CheckConstraint(name="sighting_positive", condition=Q(count__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id}: {self.count}"
