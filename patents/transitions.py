"""Which step of an application may follow which: the drawing in `Application`, as a table."""

from enum import StrEnum

from patents.models import Application, ApplicationStatus, Source

BEFORE = {
    ApplicationStatus.IN_REVIEW: frozenset({ApplicationStatus.ACCEPTED}),
    ApplicationStatus.READY: frozenset({ApplicationStatus.IN_REVIEW}),
    ApplicationStatus.ISSUED: frozenset({ApplicationStatus.READY}),
    ApplicationStatus.REFUSED: frozenset({ApplicationStatus.ACCEPTED, ApplicationStatus.IN_REVIEW}),
}
# The Ministry's word may arrive before the word about the step that came before it.
SKIPPING = BEFORE | {
    ApplicationStatus.READY: frozenset({ApplicationStatus.ACCEPTED, ApplicationStatus.IN_REVIEW}),
    ApplicationStatus.ISSUED: frozenset(
        {ApplicationStatus.ACCEPTED, ApplicationStatus.IN_REVIEW, ApplicationStatus.READY}
    ),
}


def may_become(
    application: Application, status: ApplicationStatus, source: Source = Source.DESK
) -> bool:
    """The desk goes step by step; facts from outside may skip a step that was not told."""
    before = BEFORE if source == Source.DESK else SKIPPING
    return application.status in before[status]


class LastStep(StrEnum):
    """What was done last; it is what can be taken back."""

    REVIEW = "review"
    READY = "ready"
    ISSUE = "issue"
    REFUSAL = "refusal"
    ANNULMENT = "annulment"


LAST = {
    ApplicationStatus.IN_REVIEW: LastStep.REVIEW,
    ApplicationStatus.READY: LastStep.READY,
    ApplicationStatus.ISSUED: LastStep.ISSUE,
    ApplicationStatus.REFUSED: LastStep.REFUSAL,
}


def last_step(application: Application) -> LastStep | None:
    """None where nothing followed the acceptance."""
    patent = getattr(application, "patent", None)
    if patent is not None and patent.annulled_on:
        return LastStep.ANNULMENT
    return LAST.get(application.status)
