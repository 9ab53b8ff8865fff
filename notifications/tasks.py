from celery import shared_task

from notifications import services
from notifications.services import mailing, polling, spending, weights

STALE_SECONDS = 60  # a hint that waited so long tells nothing: the sweep has said it again


@shared_task(expires=STALE_SECONDS)
def drain() -> None:
    services.drain()


@shared_task(expires=STALE_SECONDS)
def drain_awaited() -> None:
    """In a queue of its own: what somebody waits for is behind no reminder."""
    services.drain(only_awaited=True)


@shared_task(expires=STALE_SECONDS)
def drain_letters() -> None:
    mailing.drain_letters()


@shared_task
def sweep() -> None:
    services.sweep()


@shared_task
def watch_operators() -> None:
    weights.measure()
    weights.move()


@shared_task
def forget_counts() -> None:
    weights.forget()
    spending.forget()


@shared_task
def ask_operators() -> None:
    polling.poll()
