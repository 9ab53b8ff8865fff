"""Tasks are thin: they may run twice, late or never, and the services know it."""

import logging

from celery import shared_task

from payments import posting_times
from payments.errors import GatewayUnavailable
from payments.services.claims import claim_steps, traces
from payments.services.deciding import withdrawals
from payments.services.importing import folder, likely, released, silence, uploads
from payments.services.ledger import moved_days, wiping
from payments.services.notices import telling
from payments.services.online import charge_sweep, charges, credits, refunds

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def refresh_charge(provider_id: str) -> None:
    """A webhook hinted that this payment has moved; the acquirer itself says where to."""
    charges.refresh_by_provider_id(provider_id)
    refunds.hear_of_payment(provider_id)


@shared_task(ignore_result=True)
def send_refund(refund_id: int) -> None:
    """An acquirer that is away is asked again by the sweep."""
    try:
        refunds.send_refund(refund_id)
    except GatewayUnavailable:
        logger.warning("the acquirer is away, refund %s waits", refund_id)


@shared_task(ignore_result=True)
def sweep_charges() -> None:
    charge_sweep.sweep_charges()
    refunds.sweep_refunds()


# A statement may have a million lines; a second run meets a lock and leaves.
@shared_task(ignore_result=True, time_limit=3600)
def import_folder() -> None:
    folder.import_folder()
    uploads.import_waiting()
    released.post_released()


@shared_task(ignore_result=True, time_limit=3600)
def import_upload(upload_id: int) -> None:
    uploads.import_upload(upload_id)


@shared_task(ignore_result=True, time_limit=3600)
def post_released() -> None:
    released.post_released()


@shared_task(ignore_result=True)
def count_what_is_over() -> None:
    credits.count_what_is_over()


@shared_task(ignore_result=True)
def search_for_money() -> None:
    traces.search_every_hour()


@shared_task(ignore_result=True)
def count_posting_times() -> None:
    posting_times.count_every_hour()


@shared_task(ignore_result=True)
def watch_statements() -> None:
    silence.watch_statements()


# In the first weeks of the portal's life it has nothing to do, later a day's lines.
@shared_task(ignore_result=True, time_limit=3600)
def wipe_payer_texts() -> None:
    wiping.wipe_every_day()


@shared_task(ignore_result=True)
def look_at_claims() -> None:
    claim_steps.look_at_the_clock()


# It waits for an import that runs: what that decides by the former day is looked at again.
@shared_task(ignore_result=True, time_limit=3600)
def follow_moved_days() -> None:
    moved_days.follow_moves()


@shared_task(ignore_result=True)
def look_at_former_days() -> None:
    moved_days.look_again()


@shared_task(ignore_result=True, time_limit=600)
def weigh_waiting() -> None:
    likely.weigh_waiting()


@shared_task(ignore_result=True, time_limit=3600)
def take_words_back() -> None:
    withdrawals.take_back()


# It goes on where it was killed: a reminder that nobody sent in its evening is never sent.
@shared_task(ignore_result=True, time_limit=3600)
def remind_in_the_evening() -> None:
    telling.remind_in_the_evening()


@shared_task(ignore_result=True, time_limit=3600)
def tell_of_days_over() -> None:
    telling.tell_every_hour()
