from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common import clock
from journal.history import never_emptied

# After how long nobody reads a queue: longer than its longest work may fill all its workers.
QUEUES = {
    "celery": timedelta(minutes=5),
    "codes": timedelta(minutes=5),
    "messages": timedelta(minutes=10),
    "imports": timedelta(minutes=30),
}


class JobRun(models.Model):
    """A periodic job's run for one period: two schedulers at once still run it once."""

    job = models.CharField(_("job"), max_length=80)
    period = models.CharField(_("period"), max_length=40)
    started_at = models.DateTimeField(_("started at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        verbose_name = _("job run")
        verbose_name_plural = _("job runs")
        constraints = [
            models.UniqueConstraint(fields=["job", "period"], name="job_run_once_a_period")
        ]

    def __str__(self) -> str:
        return f"{self.job} {self.period}"


class Look(models.Model):
    """Somebody of the staff looked at a person's data. Plain numbers: this app is the lowest."""

    actor_id = models.BigIntegerField(_("who looked"), db_index=True)
    person_id = models.BigIntegerField(_("whose data"), db_index=True)
    page = models.CharField(_("page"), max_length=80)
    looked_at = models.DateTimeField(_("looked at"), auto_now_add=True)

    class Meta:
        verbose_name = _("look at personal data")
        verbose_name_plural = _("looks at personal data")
        ordering = ["-looked_at", "-pk"]
        indexes = [models.Index(fields=["-looked_at", "-id"], name="look_by_instant")]
        triggers = [never_emptied()]

    def __str__(self) -> str:
        return f"{self.actor_id} → {self.person_id} {self.page}"


class Export(models.Model):
    """A list of the desk left the portal as a file: whose hand, which list, how long."""

    actor_id = models.BigIntegerField(_("who took it"), db_index=True)
    name = models.CharField(_("list"), max_length=80)
    narrowed = models.CharField(_("narrowed by"), max_length=200, blank=True)
    rows = models.PositiveIntegerField(_("rows"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("exported list")
        verbose_name_plural = _("exported lists")
        ordering = ["-made_at", "-pk"]
        permissions = [("export_many", _("Can export long lists"))]
        triggers = [never_emptied()]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.name} {self.rows}"


class HeartbeatQuerySet(models.QuerySet):
    def silent(self):
        """Queues of which no task has begun for so long that nobody can be reading them."""
        now, found = clock.now(), Q(pk=None)
        for queue, span in QUEUES.items():
            found |= Q(name=queue, seen_at__lt=now - span)
        return self.filter(found)


class Heartbeat(models.Model):
    """When a process of ours was last seen at work: one row a name."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    seen_at = models.DateTimeField(_("seen at"))

    objects = HeartbeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self) -> str:
        return self.name
