"""Statement files and their lines, as they were sent."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common import clock
from common.formats import roubles, short_day
from journal.history import never_emptied
from payments.models.guards import places_asked_for
from payments.models.tariffs import Account

# How long an import may last; the same file again waits for one that lasts longer.
LONGEST_IMPORT = timedelta(hours=1)
HELD = Q(held_at__isnull=False, released_at__isnull=True, annulled_at__isnull=True)


class StatementQuerySet(models.QuerySet):
    def whole_on(self, first_day, last_day):
        """Statements that are the truth for one of these days at least."""
        return self.filter(first_day__lte=last_day, whole_through__gte=first_day)

    def speaking(self):
        """Files that were looked at, not held and not annulled: what they show tells of others."""
        return self.filter(odd_lines__isnull=False, annulled_at__isnull=True).exclude(HELD)

    def held(self):
        """Too odd to be believed before a person has looked at them."""
        return self.filter(HELD)

    def waited_for(self):
        """Held, or released and not posted yet: their lines count nowhere, and may be payments."""
        held = self.filter(held_at__isnull=False, annulled_at__isnull=True)
        return held.filter(finished_at__isnull=True)

    def released(self):
        """A person said that they are right, and their lines are still to be posted."""
        return self.filter(released_at__isnull=False, finished_at__isnull=True)

    def broken_off(self):
        """Begun, not ended, not held, and long ago: the same file again goes on."""
        begun = self.filter(finished_at__isnull=True, held_at__isnull=True)
        return begun.filter(imported_at__lt=clock.now() - LONGEST_IMPORT)

    def finished(self):
        """All of whose lines have their places: only these say that days are complete."""
        return self.filter(finished_at__isnull=False)


class Statement(models.Model):
    """What a file, known by its content, says of one account."""

    content_hash = models.CharField(_("content hash"), max_length=64)
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
    finished_at = models.DateTimeField(
        _("finished at"),
        null=True,
        blank=True,
        help_text=_("empty: the import was broken off; import the file again to go on"),
    )
    odd_lines = models.PositiveIntegerField(
        _("lines that fit nobody"),
        null=True,
        blank=True,
        help_text=_("counted before anything is posted, with the lines that this file denies"),
    )
    scarce_on = models.DateField(
        _("far less than usual on"),
        null=True,
        blank=True,
        help_text=_("the first whole working day for which it is held"),
    )
    balance_before = models.DecimalField(
        _("balance before, roubles"), max_digits=17, decimal_places=2, null=True, blank=True
    )
    balance_after = models.DecimalField(
        _("balance after, roubles"), max_digits=17, decimal_places=2, null=True, blank=True
    )
    held_at = models.DateTimeField(_("held at"), null=True, blank=True)
    released_at = models.DateTimeField(_("released at"), null=True, blank=True)
    released_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("released by"),
    )
    release_reason = models.CharField(_("why it is right"), max_length=300, blank=True)
    annulled_at = models.DateTimeField(_("annulled at"), null=True, blank=True)
    annulled_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("annulled by"),
        help_text=_("the second of the two who said so"),
    )
    annul_reason = models.CharField(_("why it is not ours"), max_length=300, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["-imported_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_hash", "account"], name="statement_once_an_account"
            ),
            models.CheckConstraint(
                name="statement_held_is_not_finished",
                condition=~HELD | Q(finished_at__isnull=True),
            ),
            models.CheckConstraint(
                name="statement_annulled_was_held_and_says_by_whom_and_why",
                condition=Q(
                    ~Q(annul_reason=""),
                    held_at__isnull=False,
                    released_at__isnull=True,
                    finished_at__isnull=True,
                    annulled_at__isnull=False,
                    annulled_by__isnull=False,
                )
                | Q(annul_reason="", annulled_at__isnull=True, annulled_by__isnull=True),
            ),
            models.CheckConstraint(
                name="statement_released_says_by_whom_and_why",
                condition=Q(
                    ~Q(release_reason=""),
                    held_at__isnull=False,
                    released_at__isnull=False,
                    released_by__isnull=False,
                )
                | Q(release_reason="", released_at__isnull=True, released_by__isnull=True),
            ),
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

    @property
    def is_held(self) -> bool:
        is_decided = self.released_at is not None or self.annulled_at is not None
        return self.held_at is not None and not is_decided

    @property
    def is_unfinished(self) -> bool:
        return self.finished_at is None and self.held_at is None


class Said(models.TextChoices):
    """What a notification says of its payment; lines of statements are always new."""

    NEW = "new", _("money came")
    CHANGED = "changed", _("a payment was changed")
    CANCELLED = "cancelled", _("a payment was cancelled")
    RESTORED = "restored", _("a payment is valid again")


class StatementLineQuerySet(models.QuerySet):
    def money(self):
        """Lines that brought some: a notice about an earlier payment brings none."""
        return self.filter(said=Said.NEW)

    def notices(self):
        return self.exclude(said=Said.NEW)


class StatementLine(models.Model):
    """A line exactly as sent; never changed. Where its money is stands in `Placement`.

    Some weeks after that was decided the payer's texts are wiped, once, and their hash stays.
    """

    statement = models.ForeignKey(
        Statement, models.PROTECT, related_name="lines", verbose_name=_("statement")
    )
    # Few accounts have all the lines: an index would find nothing.
    account = models.ForeignKey(
        Account,
        models.PROTECT,
        related_name="lines",
        db_index=False,
        verbose_name=_("Treasury account"),
    )
    digest = models.CharField(
        _("likeness"), max_length=64, help_text=_("equal lines have equal digests")
    )
    occurrence = models.PositiveIntegerField(_("which of the equal ones"))
    posted_on = models.DateField(_("posted on"))
    document_number = models.CharField(_("payment order"), max_length=30, blank=True)
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
    own_day = models.BooleanField(
        _("a day of its own"),
        default=False,
        db_default=False,
        help_text=_("that day is this payment's, whatever order carried the money"),
    )
    said = models.CharField(
        _("what it says"),
        max_length=9,
        choices=Said,
        default=Said.NEW,
        db_default=Said.NEW,
        help_text=_("notices of ГИС ГМП about earlier payments bring no new money"),
    )
    payment_id = models.CharField(
        _("number of the payment"),
        max_length=40,
        blank=True,
        db_default="",
        help_text=_("УИП of a notification of ГИС ГМП; lines of statements have none"),
    )
    uin = models.CharField(
        _("UIN"),
        max_length=25,
        blank=True,
        db_default="",
        help_text=_("number of a charge, field 22; our receipts have none"),
    )
    raw = models.JSONField(_("as sent"))
    wiped_at = models.DateTimeField(_("texts wiped at"), null=True, blank=True)
    texts_hash = models.CharField(
        _("hash of the wiped texts"), max_length=64, blank=True, default="", db_default=""
    )

    objects = StatementLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement line")
        verbose_name_plural = _("statement lines")
        ordering = ["-posted_on", "-pk"]
        indexes = [
            models.Index(fields=["-posted_on", "-id"], name="line_by_day"),
            models.Index(fields=["document_number", "document_date"], name="line_by_order"),
            models.Index(
                fields=["payment_id"], condition=~Q(payment_id=""), name="line_by_payment_id"
            ),
            models.Index(fields=["uin"], condition=~Q(uin=""), name="line_by_uin"),
            models.Index(
                fields=["payer_inn"], condition=~Q(payer_inn=""), name="line_by_payer_inn"
            ),
        ]
        triggers = [never_emptied(), places_asked_for()]
        constraints = [
            models.UniqueConstraint(fields=["digest", "occurrence"], name="statement_line_once"),
            models.CheckConstraint(name="statement_line_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="statement_line_said_known", condition=Q(said__in=Said.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{short_day(self.posted_on)} № {self.document_number}: {roubles(self.amount)}"

    @property
    def day(self) -> date | None:
        """When the payer paid, as far as the order proves it by what all files show of it."""
        told = self.notice and self.notice.paid_on
        return min(filter(None, (self.order_day, told)), default=None)

    @property
    def order_day(self) -> date | None:
        return None if hasattr(self, "shared") else self.paid_on

    @property
    def notice(self) -> "StatementLine | None":
        """Of ГИС ГМП, about the very payment."""
        return self.told_by.notice if hasattr(self, "told_by") else None


class SharedDay(models.Model):
    """A line whose order gathers several, as another file showed: its day is nobody's own.

    The line stays as it was kept; read `StatementLine.day`.
    """

    line = models.OneToOneField(
        StatementLine,
        models.PROTECT,
        primary_key=True,
        related_name="shared",
        verbose_name=_("line"),
    )
    found_at = models.DateTimeField(_("found at"), db_default=Now())

    class Meta:
        verbose_name = _("shared day of an order")
        verbose_name_plural = _("shared days of orders")

    def __str__(self) -> str:
        return str(self.line_id)


class Sighting(models.Model):
    """How many equal lines a file shows, its copies included: what tells repeats from payments."""

    # Looked for by the index of its constraint.
    statement = models.ForeignKey(
        Statement,
        models.PROTECT,
        related_name="sightings",
        db_index=False,
        verbose_name=_("statement"),
    )
    digest = models.CharField(_("likeness"), max_length=64)
    count = models.PositiveIntegerField(_("how many"))

    class Meta:
        verbose_name = _("sighting")
        verbose_name_plural = _("sightings")
        indexes = [models.Index(fields=["digest"], name="sighting_by_digest")]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "digest"], name="sighting_once_a_statement"
            ),
            models.CheckConstraint(name="sighting_positive", condition=Q(count__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id}: {self.count}"
