"""A word of the Ministry that was a mistake, taken out: what the centre had said stands again.

Who calls has decided that no other word of the Ministry takes its place, and tells the person.
"""

from datetime import timedelta

from accounts.models import User
from journal.history import states
from patents import errors
from patents.models import (
    FROM_MINISTRY,
    Application,
    ApplicationStatus,
    ApplicationStep,
    Inn,
    Patent,
)
from patents.services.checks import taken_means
from patents.services.patents import ANNULMENT, issue_patent
from patents.services.rows import Word, write_step
from patents.services.steps import mark_ready, refuse
from patents.services.undoing import undo_annulment, undo_issue

PATENT = ["series", "number", "issued_on", "profession", "source", "received_at"]


def unsay_issue(application: Application) -> None:
    """The patent as the centre had written it, or none. Raises AnnulledAtDesk."""
    patent = application.patent
    before = _before(patent, "source")
    if before is None:
        _refuse_annulled(patent)
        undo_issue(application)
        return
    _restore(patent, before, PATENT)
    said = Word(patent.source, patent.received_at, None)
    write_step(application, ApplicationStatus.ISSUED, patent.issued_on, said)


def unsay_annulment(patent: Patent) -> None:
    """The annulment as the centre had written it, or none."""
    before = _before(patent, "annulled_source")
    if before is None or before.annulled_on is None:
        undo_annulment(patent)
    else:
        _restore(patent, before, ANNULMENT)


def unsay_inn(inn: Inn) -> None:
    """A number that was never this person's held on no day; the one before it is in use again."""
    day_before = inn.valid_from - timedelta(days=1)
    inn.valid_until = day_before
    inn.save(update_fields=["valid_until"])
    rows = Inn.objects.filter(person_id=inn.person_id, valid_until=day_before)
    before = rows.exclude(pk=inn.pk).order_by("-pk").first()
    if before:
        before.valid_until = None
        with taken_means(errors.InnTaken):
            before.save(update_fields=["valid_until"])


def refuse_again(application: Application, actor: User) -> None:
    """The refusal that the centre had written down before it gave way to the Ministry."""
    step = _step_before(application, ApplicationStatus.REFUSED)
    if step is None:
        return
    kept = states(Application, application.pk).filter(status=ApplicationStatus.REFUSED)
    row = kept.filter(refused_on=step.on).first()
    refuse(
        application=application,
        refused_on=step.on,
        reason=row.refusal_reason,
        kind=row.refusal_kind,
        advice=row.refusal_advice,
        until=row.refusal_until,
        actor=actor,
    )


def grant_again(application: Application, actor: User) -> None:
    """What the centre had granted, ready or issued, before it gave way to a refusal."""
    step = _step_before(application, ApplicationStatus.READY)
    if step is None:
        return
    mark_ready(application=application, ready_on=step.on, actor=actor)
    kept = Patent.pgh_event_model.objects.filter(application_id=application.pk)
    patent = kept.exclude(source__in=FROM_MINISTRY).order_by("-pgh_id").first()
    if patent:
        facts = {name: getattr(patent, name) for name in PATENT[:4]}
        issue_patent(application=application, actor=actor, **facts)


def _before(patent: Patent, source: str):
    """The last state of the patent of which the Ministry is not the `source`."""
    kept = states(Patent, patent.pk)
    return kept.exclude(**{f"{source}__in": FROM_MINISTRY}).first()


def _step_before(application: Application, status: ApplicationStatus):
    kept = ApplicationStep.pgh_event_model.objects.filter(application_id=application.pk)
    ours = kept.filter(status=status).exclude(source__in=FROM_MINISTRY)
    return ours.order_by("-pgh_id").first()


def _restore(patent: Patent, before, names: list[str]) -> None:
    for name in names:
        setattr(patent, name, getattr(before, name))
    with taken_means(errors.PatentTaken):
        patent.save(update_fields=names)


def _refuse_annulled(patent: Patent) -> None:
    if patent.annulled_on and patent.annulled_source not in FROM_MINISTRY:
        raise errors.AnnulledAtDesk
