"""Files of the folder that are no statements: whoever sent them hears of it from staff only."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from payments.models.statements import Statement

SEEN_BY_SOMEBODY = Q(seen_at__isnull=True, seen_by__isnull=True) | Q(
    seen_at__isnull=False, seen_by__isnull=False
)


class RefusedFileQuerySet(models.QuerySet):
    def unseen(self):
        """Nobody has looked, and the same file was not taken in later either."""
        taken = Statement.objects.filter(content_hash=OuterRef("content_hash"))
        return self.filter(~Exists(taken), seen_at__isnull=True)


class RefusedFile(models.Model):
    """A file that lies in the folder `refused`; dropped again and refused again it is a new row."""

    content_hash = models.CharField(_("content hash"), max_length=64, db_index=True)
    name = models.CharField(_("file"), max_length=200)
    kept_as = models.CharField(_("in the folder “refused”"), max_length=255)
    reason = models.TextField(_("why it is refused"))
    refused_at = models.DateTimeField(_("refused at"), auto_now_add=True)
    seen_at = models.DateTimeField(_("seen at"), null=True, blank=True)
    seen_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("seen by")
    )

    objects = RefusedFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("refused file")
        verbose_name_plural = _("refused files")
        ordering = ["-refused_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="refused_file_says_why_and_who_saw_it",
                condition=~Q(reason="") & SEEN_BY_SOMEBODY,
            )
        ]

    def __str__(self) -> str:
        return self.name
