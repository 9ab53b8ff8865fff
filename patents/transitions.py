"""Which step of an application may follow which: the drawing in `Application`, as a table."""

from patents.models import Application, ApplicationStatus

BEFORE = {
    ApplicationStatus.IN_REVIEW: frozenset({ApplicationStatus.ACCEPTED}),
    ApplicationStatus.READY: frozenset({ApplicationStatus.IN_REVIEW}),
    ApplicationStatus.ISSUED: frozenset({ApplicationStatus.READY}),
    ApplicationStatus.REFUSED: frozenset({ApplicationStatus.ACCEPTED, ApplicationStatus.IN_REVIEW}),
}


def may_become(application: Application, status: ApplicationStatus) -> bool:
    return application.status in BEFORE[status]
