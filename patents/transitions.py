"""Which step of an application may follow which: the drawing in `Application`, as a table."""

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
