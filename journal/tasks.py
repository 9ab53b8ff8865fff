"""The worker says that it is alive; `readyz` believes nobody else."""

from celery import shared_task

from journal import services


@shared_task(ignore_result=True)
def beat() -> None:
    services.beat(name=services.WORKER)
