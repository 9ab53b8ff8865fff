"""Tasks are thin: they may run twice, late or never, and the services know it."""

from celery import shared_task

from payments.services import charges, folder, traces


@shared_task(ignore_result=True)
def refresh_charge(provider_id: str) -> None:
    """A webhook hinted that this payment has moved; the acquirer itself says where to."""
    charges.refresh_by_provider_id(provider_id)


@shared_task(ignore_result=True)
def sweep_charges() -> None:
    charges.sweep_charges()


# A statement of many thousands of lines is one transaction; a second run meets a lock and leaves.
@shared_task(ignore_result=True, time_limit=3600)
def import_folder() -> None:
    folder.import_folder()


@shared_task(ignore_result=True)
def search_for_money() -> None:
    traces.search_every_hour()
