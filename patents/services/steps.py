"""The steps of an application between the desk and the Ministry."""

from collections import defaultdict
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from common import clock
from journal.history import because
from patents import timeline
from patents.messages import APPLICATION_REFUSED, PAPERS_SENT, PATENT_READY
from patents.models import Application, ApplicationStatus, RefusalKind, Source
from patents.services.checks import reason_given, refuse_outside
from patents.services.rows import locked, moved, note, tell, word, write_refusal, write_step


@transaction.atomic
def send_to_review(
    *,
    application: Application,
    on: date | None = None,
    actor: User | None = None,
    source: Source = Source.DESK,
    received_at: datetime | None = None,
) -> Application:
    """The papers went to the Interior Ministry on a day, or today; the person is told."""
    said, on = word(source, received_at, actor), on or clock.today()
    application = moved(application, ApplicationStatus.IN_REVIEW, said)
    refuse_outside(on, application.accepted_on, _("The papers cannot go there before %s."))
    application.save(update_fields=["status"])
    write_step(application, ApplicationStatus.IN_REVIEW, on, said)
    tell(PAPERS_SENT, application.pk, note(application, timeline.IN_REVIEW, actor, source=source))
    return application


@transaction.atomic
def mark_ready(
    *,
    application: Application,
    ready_on: date,
    actor: User | None = None,
    source: Source = Source.DESK,
    received_at: datetime | None = None,
) -> Application:
    """The patent lies at the centre since `ready_on`; the person is told."""
    said = word(source, received_at, actor)
    application = moved(application, ApplicationStatus.READY, said)
    refuse_outside(ready_on, application.accepted_on, _("The patent cannot be ready before %s."))
    application.ready_on = ready_on
    application.save(update_fields=["status", "ready_on"])
    write_step(application, ApplicationStatus.READY, ready_on, said)
    entry = note(application, timeline.READY, actor, source=source, ready_on=ready_on)
    tell(PATENT_READY, application.pk, entry)
    return application


@transaction.atomic
def refuse(
    *,
    application: Application,
    refused_on: date,
    reason: str,
    kind: RefusalKind | None = None,
    advice: str = "",
    until: date | None = None,
    digest: str = "",
    actor: User | None = None,
    source: Source = Source.DESK,
    received_at: datetime | None = None,
) -> Application:
    """The Ministry refused; the person is told, reads why, what may be done and until when.

    `advice` is said beside what the `kind` of reason says in the person's own language. `digest`
    is the hash of what the Ministry itself said.
    """
    reason, said = reason_given(reason), word(source, received_at, actor)
    application = moved(application, ApplicationStatus.REFUSED, said)
    refuse_outside(refused_on, application.accepted_on, _("A refusal cannot be before %s."))
    because(reason)
    application.refused_on, application.refusal_digest = refused_on, digest
    write_refusal(application, reason, kind, advice, until)
    application.save(update_fields=["status", *REFUSAL])
    write_step(application, ApplicationStatus.REFUSED, refused_on, said)
    entry = note(
        application, timeline.REFUSED, actor, source=source, refused_on=refused_on, reason=reason
    )
    tell(APPLICATION_REFUSED, application.pk, entry)
    return application


REFUSAL = [
    "refused_on",
    "refusal_digest",
    "refusal_incomplete",
    "refusal_reason",
    "refusal_kind",
    "refusal_advice",
    "refusal_until",
]


@transaction.atomic
def restate_first_paid(*, application: Application, paid_on: date | None) -> None:
    """The day said before was an error of the cash desk: what the payments know now is true."""
    application = locked(application)
    if application.first_paid_on != paid_on:
        application.first_paid_on = paid_on
        application.save(update_fields=["first_paid_on"])


@transaction.atomic
def set_first_paid(*, application: Application, paid_on: date) -> None:
    """The payments say when the first month was paid; the earliest day ever said stays."""
    application = locked(application)
    if application.first_paid_on is None or paid_on < application.first_paid_on:
        application.first_paid_on = paid_on
        application.save(update_fields=["first_paid_on"])


def set_first_paid_many(days: dict[int, date]) -> None:
    """As `set_first_paid`, by application's id; the caller holds the applications."""
    by_day = defaultdict(list)
    for application_id, paid_on in days.items():
        by_day[paid_on].append(application_id)
    for paid_on, ids in by_day.items():
        later = Q(first_paid_on__isnull=True) | Q(first_paid_on__gt=paid_on)
        Application.objects.filter(later, pk__in=ids).update(first_paid_on=paid_on)
