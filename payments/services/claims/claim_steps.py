"""What happens to a shown cheque between showing and its end: questions, answers, the clock."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from accounts.services import record
from common.clock import now, today
from journal.history import because, plainly
from journal.services import finish_run, start_run
from notifications.services import queue
from payments import timeline
from payments.errors import ChequeNotPossible, ClaimDecided
from payments.messages import CHEQUE_ASKED, CHEQUE_LONG, CHEQUE_PART_SOUGHT
from payments.models import CLAIM_DAYS, Claim, ClaimStatus
from payments.services.claims.claims import open_to_decision

JOB = "payments.cheque_long"


@transaction.atomic
def ask_for_more(*, claim: Claim, question: str, actor: User) -> Claim:
    """Staff cannot go on without the person, who reads what is needed; the money stays living."""
    question = question.strip()
    if not question:
        raise ChequeNotPossible(_("Write what you need: the person reads it."))
    claim = open_to_decision(claim, ClaimStatus.OPEN, ClaimStatus.CONFIRMED)
    because(question)
    claim.question, claim.asked_at, claim.answered_at = question[:300], now(), None
    claim.save(update_fields=["question", "asked_at", "answered_at"])
    _note(claim, timeline.CHEQUE_ASKED, actor, question=claim.question)
    queue(CHEQUE_ASKED, claim.pk, key=f"cheque-asked:{claim.pk}:{claim.asked_at.timestamp()}")
    return claim


@transaction.atomic
@plainly(gettext_noop("The person answered with another photo."))
def answer(*, claim: Claim, cheque) -> Claim:
    """Another photo for the same cheque; the former one stays in its history.

    Raises ClaimDecided when nobody asks any more.
    """
    claim = open_to_decision(claim, ClaimStatus.OPEN, ClaimStatus.CONFIRMED)
    if not claim.is_asked:
        raise ClaimDecided
    claim.cheque, claim.answered_at = cheque, now()
    claim.save(update_fields=["cheque", "answered_at"])
    _note(claim, timeline.CHEQUE_ANSWERED, None)
    return claim


def look_at_the_clock() -> int:
    """Whoever waits for 30 days hears that a supervisor has it; returns how many that are new."""
    last = today() - timedelta(days=CLAIM_DAYS)
    return sum(_tell(claim) for claim in Claim.objects.living().shown_by(last).order_by("pk"))


@transaction.atomic
def _tell(claim: Claim) -> bool:
    run = start_run(job=JOB, period=str(claim.pk))
    if run is None:
        return False
    _note(claim, timeline.CHEQUE_LONG, None)
    long = CHEQUE_LONG if claim.months else CHEQUE_PART_SOUGHT
    queue(long, claim.pk, key=f"cheque-long:{claim.pk}")
    finish_run(run)
    return True


def _note(claim: Claim, kind: str, actor: User | None, **facts) -> None:
    facts |= {"amount": claim.amount, "paid_on": claim.day}
    record(person=claim.application.person, kind=kind, facts=facts, actor=actor)
