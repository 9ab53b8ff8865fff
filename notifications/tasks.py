from celery import shared_task

from notifications import services


@shared_task
def deliver(message_id: int) -> None:
    services.deliver(message_id)


@shared_task
def send_on(message_ids: list[int]) -> None:
    services.send_on(message_ids)


@shared_task
def sweep() -> None:
    services.sweep()
