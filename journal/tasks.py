"""The worker says that it is alive; `readyz` believes nobody else."""

from celery import shared_task

from journal import queues, services


@shared_task(ignore_result=True)
def beat() -> None:
    services.beat(name=services.WORKER)


@shared_task(ignore_result=True)
def here() -> None:
    """Said into each queue: where it begins, somebody reads the queue (`mmc_portal.celery`)."""


@shared_task(ignore_result=True)
def watch_queues() -> None:
    queues.watch()
