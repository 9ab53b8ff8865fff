from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    """Who says a fact. Wherever it stands, `received_at` tells when the centre got to know it."""

    DESK = "desk", _("the centre")
    MINISTRY = "ministry", _("the Interior Ministry")
    FILE = "file", _("a file of the Interior Ministry")
    OPENING = "opening", _("records of the centre from before")


FROM_MINISTRY = frozenset({Source.MINISTRY, Source.FILE})


class Sourced(models.Model):
    """A dated fact with its source."""

    source = models.CharField(_("source"), max_length=10, choices=Source, default=Source.DESK)
    received_at = models.DateTimeField(_("received at"), default=timezone.now)

    class Meta:
        abstract = True
