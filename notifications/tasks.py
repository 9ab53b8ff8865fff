from celery import shared_task

from notifications import services
from notifications.services import polling, weights


@shared_task
def deliver(message_id: int) -> None:
    services.deliver(message_id)


@shared_task
def send_on(message_ids: list[int]) -> None:
    services.send_on(message_ids)


@shared_task
def sweep() -> None:
    services.sweep()


@shared_task
def watch_operators() -> None:
    weights.measure()
    weights.move()


@shared_task
def ask_operators() -> None:
    polling.poll()
