"""Tasks are thin: they may run twice, late or never, and the services know it."""

from celery import shared_task

from accounts import limits
from accounts.services import door_requests, recovery, resets, sign_ins


@shared_task(ignore_result=True)
def carry_out(request_id: int) -> None:
    door_requests.carry_out(request_id)


@shared_task(ignore_result=True)
def sweep_door() -> None:
    door_requests.sweep()
    resets.send_to_second_numbers()


@shared_task(ignore_result=True)
def open_due_holds() -> None:
    recovery.open_due_holds()


@shared_task(ignore_result=True)
def forget_what_is_over() -> None:
    limits.sweep()
    sign_ins.sweep()
