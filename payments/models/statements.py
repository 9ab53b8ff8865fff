"""Statement files, and which lines each of them shows."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common import clock
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
