"""Statement files that staff sent through the browser, until a worker has imported them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User

TRIES = 3  # by itself; whoever looks at a file that ends its worker each time may try again


class UploadQuerySet(models.QuerySet):
    def waiting(self):
        """What workers take up by themselves, begun or not."""
        return self.filter(ended_at__isnull=True, tries__lt=TRIES)

    def stopped(self):
        """Their worker ended too often: staff start them again."""
        return self.filter(ended_at__isnull=True, tries__gte=TRIES)


class Upload(models.Model):
    """A file by its content: sent again it is the same upload. `file` is empty once its lines are
    kept; that of a refused one stays, so that nothing is lost."""

    content_hash = models.CharField(_("content hash"), max_length=64, unique=True)
    name = models.CharField(_("file"), max_length=200)
    file = models.FileField(_("as it was sent"), upload_to="statements", blank=True)
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    uploaded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    tries = models.PositiveSmallIntegerField(_("how often it was begun"), default=0)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    refusal = models.TextField(_("why it is refused"), blank=True)
    lines = models.PositiveIntegerField(_("lines"), null=True, blank=True)
    matched = models.PositiveIntegerField(_("matched"), null=True, blank=True)
    queued = models.PositiveIntegerField(_("queued"), null=True, blank=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("uploaded statement")
        verbose_name_plural = _("uploaded statements")
        ordering = ["-uploaded_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="upload_ends_refused_or_counted",
                condition=Q(ended_at__isnull=True, refusal="", lines__isnull=True)
                | Q(~Q(refusal=""), ended_at__isnull=False, lines__isnull=True)
                | Q(refusal="", ended_at__isnull=False, lines__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def known(self) -> int:
        return max(0, self.lines - self.matched - self.queued)
