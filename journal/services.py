"""What every app writes at the bottom."""

from collections.abc import Iterable
from datetime import timedelta

from common import clock
from journal.models import Heartbeat, JobRun, Look

WORKER = "worker"


def record_look(*, actor_id: int, person_id: int, page: str) -> Look:
    """Remember that a member of staff opened a page with this person's data."""
    return Look.objects.create(actor_id=actor_id, person_id=person_id, page=page[:80])


def record_looks(*, actor_id: int, person_ids: Iterable[int], page: str) -> None:
    """The same of everybody whom one page shows: a row each, written at once."""
    Look.objects.bulk_create(
        Look(actor_id=actor_id, person_id=person_id, page=page[:80])
        for person_id in sorted(set(person_ids))
    )


def beat(*, name: str) -> None:
    """This process is at work now."""
    Heartbeat.objects.update_or_create(name=name, defaults={"seen_at": clock.now()})


def seen_within(*, name: str, span: timedelta) -> bool:
    """Was the process at work lately?"""
    return Heartbeat.objects.filter(name=name, seen_at__gte=clock.now() - span).exists()


def start_run(*, job: str, period: str) -> JobRun | None:
    """The run of a periodic job for a period; None when another scheduler has it already."""
    run, is_new = JobRun.objects.get_or_create(job=job, period=period)
    return run if is_new else None


def take_up_run(*, job: str, period: str) -> JobRun:
    """The run of a period, whoever began it: one that was killed goes on."""
    return JobRun.objects.get_or_create(job=job, period=period)[0]


def finish_run(run: JobRun) -> None:
    """A run that never ended shows its start alone; the next period does what it did not."""
    JobRun.objects.filter(pk=run.pk).update(finished_at=clock.now())
