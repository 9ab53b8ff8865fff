from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from patents.models.applications import Application


class FormerDayQuerySet(models.QuerySet):
    def not_followed(self):
        """Moves that the money has not heard of; without a patent there is nothing to follow."""
        return self.filter(followed_at__isnull=True, application__patent__isnull=False)

    def undecided(self):
        return self.filter(stands__isnull=True)

    def standing(self):
        """Days by which money is in time, though they were wrong."""
        return self.filter(stands=True)

    def named_later(self):
        """Undecided days that are later than the one that is right: only they can mislead."""
        return self.undecided().filter(issued_on__gt=F("application__patent__issued_on"))

    def asked(self):
        """Money paid by them waits until two of the staff decide."""
        return self.undecided().filter(asks_since__isnull=False)


class FormerDay(models.Model):
    """A day of issue that stood in our records until another one took its place.

    A trigger of the patents writes it (`patents.former_days`), `payments` reads it. Whoever paid
    by it paid by our word.
    """

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="former_days", verbose_name=_("application")
    )
    issued_on = models.DateField(_("issued on, as it stood"))
    until_at = models.DateTimeField(_("another day since"), null=True, blank=True)
    followed_at = models.DateTimeField(_("the money heard of it at"), null=True, blank=True)
    asks_since = models.DateTimeField(_("money waits since"), null=True, blank=True)
    stands = models.BooleanField(
        _("payments by it are in time"),
        null=True,
        blank=True,
        help_text=_("empty while two of the staff have not decided"),
    )

    objects = FormerDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("former day of issue")
        verbose_name_plural = _("former days of issue")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="former_day_decided_after_its_end",
                condition=Q(stands__isnull=True) | Q(until_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"], condition=Q(followed_at__isnull=True), name="former_day_new"
            ),
            models.Index(
                fields=["application"],
                condition=Q(stands__isnull=True, asks_since__isnull=False),
                name="former_day_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.issued_on}"

    @property
    def is_asked(self) -> bool:
        return self.stands is None and self.asks_since is not None
