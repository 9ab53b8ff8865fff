"""Tasks are thin: they may run twice, late or never."""

from celery import shared_task

from ussd import services


@shared_task(ignore_result=True)
def forget_what_is_over() -> None:
    services.forget_what_is_over()
