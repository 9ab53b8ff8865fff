"""Steps that were none, taken out of the rows. Who calls says why, and tells the person."""

from patents.models import Application, ApplicationStatus, ApplicationStep, FeedItem, Patent
from patents.services.patents import ANNULMENT
from patents.services.steps import REFUSAL

WAY_BACK = (ApplicationStatus.ISSUED, ApplicationStatus.READY, ApplicationStatus.IN_REVIEW)


def undo_step(application: Application, status: ApplicationStatus) -> None:
    """Sent, or ready. The application is locked; where it stood there, it stands a step back."""
    _forget(application, status)
    if status == ApplicationStatus.READY:
        application.ready_on = None
    if application.status == status:
        application.status = _reached(application)
    application.save(update_fields=["status", "ready_on"])


def undo_refusal(application: Application) -> None:
    _forget(application, ApplicationStatus.REFUSED)
    application.refused_on = application.refusal_until = application.refusal_kind = None
    application.refusal_reason = application.refusal_advice = application.refusal_digest = ""
    application.refusal_incomplete = False
    application.status = _reached(application)
    application.save(update_fields=["status", *REFUSAL])


def undo_issue(application: Application) -> None:
    """The patent's row goes; its history says what it was. The money stays the application's."""
    application.patent.delete()
    _forget(application, ApplicationStatus.ISSUED)
    application.status = _reached(application)
    application.save(update_fields=["status"])


def undo_annulment(patent: Patent) -> None:
    patent.annulled_on, patent.annulled_reason = None, ""
    patent.annulled_source, patent.annulled_received_at = "", None
    patent.save(update_fields=ANNULMENT)


def _forget(application: Application, status: ApplicationStatus) -> None:
    ApplicationStep.objects.filter(application=application, status=status).delete()


def _reached(application: Application) -> ApplicationStatus:
    """The furthest state that still has its step."""
    steps = set(application.steps.values_list("status", flat=True))
    return next((status for status in WAY_BACK if status in steps), ApplicationStatus.ACCEPTED)


def look_again(application: Application) -> None:
    """What the Ministry said of it is decided anew with the next question to the Ministry."""
    FeedItem.objects.about(application).look_again()
