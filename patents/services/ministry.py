"""The Ministry's later word about what it said before: days restated, refusals taken back.

The desk never calls these: it corrects with services of its own. Callers have decided already that
the new facts agree with each other; here nothing is checked against another day.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from accounts.models import Person
from journal.history import because, plainly
from patents import errors, timeline
from patents.messages import (
    ANNULMENT_RESTATED,
    ANNULMENT_WITHDRAWN,
    PATENT_CORRECTED,
    PATENT_READY,
    READY_WITHDRAWN,
    REFUSAL_RESTATED,
    REFUSAL_WITHDRAWN,
    REVIEW_WITHDRAWN,
)
from patents.models import Application, ApplicationStatus, Inn, Patent, RefusalKind, Source
from patents.services.checks import taken_means
from patents.services.inns import enter_inn
from patents.services.patents import ANNULMENT
from patents.services.rows import locked, note, tell, word, write_refusal, write_step
from patents.services.steps import REFUSAL
from patents.services.undoing import undo_annulment, undo_refusal, undo_step

WITHDRAWN = {
    ApplicationStatus.IN_REVIEW: (timeline.REVIEW_WITHDRAWN, REVIEW_WITHDRAWN),
    ApplicationStatus.READY: (timeline.STEP_WITHDRAWN, READY_WITHDRAWN),
}
LATER_WORD = gettext_noop("The Interior Ministry corrected its word.")


@dataclass(frozen=True, slots=True)
class Said:
    """Which of the Ministry's two ways a fact came, and when."""

    source: Source
    received_at: datetime


@transaction.atomic
@plainly(LATER_WORD)
def restate_step(
    *, application: Application, status: ApplicationStatus, on: date, said: Said
) -> None:
    """Another day of a step. Of a passed one nobody is told, of a day to come everybody."""
    application = locked(application)
    write_step(application, status, on, word(said.source, said.received_at, None))
    if status == ApplicationStatus.READY:
        application.ready_on = on
        application.save(update_fields=["ready_on"])
    if status == application.status == ApplicationStatus.READY:
        entry = note(application, timeline.READY, None, source=Source.MINISTRY, ready_on=on)
        tell(PATENT_READY, application.pk, entry)


@transaction.atomic
@plainly(LATER_WORD)
def withdraw_step(*, application: Application, status: ApplicationStatus) -> None:
    """A step that was none: dispatched, or ready, on a day that fits nothing.

    Told when the application stood there: of a passed one nothing follows any more.
    """
    application = locked(application)
    stood = application.status == status
    undo_step(application, status)
    if stood:
        kind, event = WITHDRAWN[status]
        tell(event, application.pk, note(application, kind, None, source=Source.MINISTRY))


@transaction.atomic
@plainly(LATER_WORD)
def withdraw_refusal(*, application: Application) -> Application:
    """The Ministry granted what it had refused: the course goes on where it was."""
    application = locked(application)
    if application.status != ApplicationStatus.REFUSED:
        raise errors.StepNotPossible
    undo_refusal(application)
    entry = note(application, timeline.REFUSAL_WITHDRAWN, None, source=Source.MINISTRY)
    tell(REFUSAL_WITHDRAWN, application.pk, entry)
    return application


@transaction.atomic
def restate_refusal(
    *,
    application: Application,
    refused_on: date,
    reason: str,
    said: Said,
    kind: RefusalKind | None = None,
    advice: str = "",
    until: date | None = None,
    digest: str = "",
) -> None:
    """Another day, reason or advice; what was advised before goes, staff complete it anew."""
    application = locked(application)
    because(reason)
    application.refused_on, application.refusal_digest = refused_on, digest
    write_refusal(application, reason, kind, advice, until)
    application.save(update_fields=REFUSAL)
    said_by = word(said.source, said.received_at, None)
    write_step(application, ApplicationStatus.REFUSED, refused_on, said_by)
    facts = {"refused_on": refused_on, "reason": reason}
    tell(
        REFUSAL_RESTATED,
        application.pk,
        note(application, timeline.REFUSED, None, source=Source.MINISTRY, **facts),
    )


@transaction.atomic
@plainly(LATER_WORD)
def restate_patent(
    *, patent: Patent, series: str, number: str, issued_on: date, profession: str, said: Said
) -> None:
    """Another day or number of an issued patent; months are counted anew from the day."""
    application = locked(patent.application)
    patent = Patent.objects.get(pk=patent.pk)
    patent.series, patent.number, patent.issued_on = series, number, issued_on
    patent.profession = profession
    patent.source, patent.received_at = said.source, said.received_at
    with taken_means(errors.PatentTaken):
        patent.save()
    said_by = word(said.source, said.received_at, None)
    write_step(application, ApplicationStatus.ISSUED, issued_on, said_by)
    facts = {"patent": str(patent), "issued_on": issued_on}
    tell(
        PATENT_CORRECTED,
        patent.pk,
        note(application, timeline.PATENT_RESTATED, None, source=Source.MINISTRY, **facts),
    )


@transaction.atomic
def restate_annulment(*, patent: Patent, annulled_on: date, reason: str, said: Said) -> None:
    locked(patent.application)
    because(reason)
    patent.annulled_on, patent.annulled_reason = annulled_on, reason
    patent.annulled_source, patent.annulled_received_at = said.source, said.received_at
    patent.save(update_fields=ANNULMENT)
    facts = {"patent": str(patent), "annulled_on": annulled_on, "reason": reason}
    entry = note(patent.application, timeline.ANNULLED, None, source=Source.MINISTRY, **facts)
    tell(ANNULMENT_RESTATED, patent.pk, entry)


@transaction.atomic
@plainly(LATER_WORD)
def withdraw_annulment(*, patent: Patent) -> None:
    """The patent is valid after all; the person was told otherwise and is told this."""
    locked(patent.application)
    former = patent.annulled_on
    undo_annulment(patent)
    facts = {"patent": str(patent), "annulled_on": former}
    entry = note(
        patent.application, timeline.ANNULMENT_WITHDRAWN, None, source=Source.MINISTRY, **facts
    )
    tell(ANNULMENT_WITHDRAWN, patent.pk, entry)


@transaction.atomic
def restate_inn(*, person: Person, value: str, on: date, said: Said) -> Inn:
    """The INN that the Ministry said last. A day before the former one's counts from that one's."""
    former = Inn.objects.current().filter(person=person).first()
    since = max(on, former.valid_from) if former else on
    return enter_inn(
        person=person, value=value, on=since, source=said.source, received_at=said.received_at
    )
