"""A step that staff set by mistake, taken back with a reason; history keeps what it was."""

from collections.abc import Callable
from functools import partial

from django.db import transaction

from accounts.models import User
from journal.history import because
from patents import errors, timeline
from patents.messages import STEP_TAKEN_BACK
from patents.models import Application, ApplicationStatus, Patent, Source
from patents.services.checks import reason_given
from patents.services.rows import locked, note, tell
from patents.services.undoing import (
    look_again,
    undo_annulment,
    undo_issue,
    undo_refusal,
    undo_step,
)
from patents.transitions import LastStep, last_step

OURS = frozenset({Source.DESK, Source.OPENING})


UNDO: dict[LastStep, Callable[[Application], None]] = {
    LastStep.REVIEW: partial(undo_step, status=ApplicationStatus.IN_REVIEW),
    LastStep.READY: partial(undo_step, status=ApplicationStatus.READY),
    LastStep.ISSUE: undo_issue,
    LastStep.REFUSAL: undo_refusal,
    LastStep.ANNULMENT: lambda application: undo_annulment(application.patent),
}


@transaction.atomic
def take_back(*, application: Application, reason: str, actor: User | None = None) -> Application:
    """Undo the last step of an application; steps before it can be taken back after it.

    The person read of the step in an SMS, and reads of the mistake in another one.
    What the Ministry said only the Ministry takes back. Raises ReasonMissing, StepNotPossible,
    SaidByMinistry.
    """
    reason, application = reason_given(reason), locked(application)
    step = last_step(application)
    if step is None:
        raise errors.StepNotPossible
    if said_by(application, step) not in OURS:
        raise errors.SaidByMinistry
    because(reason)
    UNDO[step](application)
    entry = note(application, timeline.STEP_TAKEN_BACK, actor, step=step.value)
    tell(STEP_TAKEN_BACK, application.pk, entry)
    look_again(application)
    return application


def said_by(application: Application, step: LastStep) -> str:
    """Whose word the step is; an application of before the steps were kept has ours."""
    patent: Patent | None = getattr(application, "patent", None)
    if step == LastStep.ANNULMENT:
        return patent.annulled_source
    if step == LastStep.ISSUE:
        return patent.source
    row = application.steps.filter(status=application.status).first()
    return row.source if row else Source.DESK
