"""Staff hear once of statements that do not come; people read it on their page meanwhile."""

import logging

from journal.services import finish_run, start_run
from payments.models import Account

JOB = "payments.silence"
logger = logging.getLogger(__name__)


def watch_statements() -> int:
    """Raise one alarm for each account and each silence, whoever asks and however often."""
    return sum(_alarm(account) for account in Account.objects.silent())


def _alarm(account: Account) -> bool:
    run = start_run(job=JOB, period=f"{account.pk}:{account.complete_through}")
    if run is None:
        return False
    day = account.complete_through
    logger.error("statements of account %s are silent since %s", account.pk, day)
    finish_run(run)
    return True
