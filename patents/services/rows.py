"""Rows that the services share: an application under a lock, its steps, a word in the timeline."""

from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import TimelineEntry, User
from accounts.services import record
from common import clock
from notifications.events import Event
from notifications.services import queue
from patents import errors
from patents.models import Application, ApplicationStatus, ApplicationStep, RefusalKind, Source
from patents.transitions import may_become


@dataclass(frozen=True, slots=True)
class Word:
    """Who says a fact, since when the centre knows it, and who wrote it down."""

    source: Source
    received_at: datetime
    actor: User | None

    @property
    def sourced(self) -> dict:
        return {"source": self.source, "received_at": self.received_at}


def word(source: Source, received_at: datetime | None, actor: User | None) -> Word:
    """A fact without a time of its own was received now."""
    return Word(source, received_at or clock.now(), actor)


def locked(application: Application) -> Application:
    rows = Application.objects.select_for_update(of=("self",)).select_related("person")
    return rows.get(pk=application.pk)


def moved(application: Application, to: ApplicationStatus, said: Word) -> Application:
    """The application locked, its state changed but not yet saved; StepNotPossible otherwise."""
    application = locked(application)
    if not may_become(application, to, said.source):
        raise errors.StepNotPossible
    application.status = to
    return application


def write_step(application: Application, status: ApplicationStatus, on: date, said: Word) -> None:
    """The step as it is known now; the same state told again is the newer word."""
    facts = {"on": on, "recorded_by": said.actor} | said.sourced
    ApplicationStep.objects.update_or_create(application=application, status=status, defaults=facts)


def write_refusal(
    application: Application,
    reason: str,
    kind: RefusalKind | None,
    advice: str,
    until: date | None,
) -> None:
    """What the person reads. Where the Ministry left out what to do, or by when, staff find out."""
    application.refusal_reason, application.refusal_kind = reason, kind
    application.refusal_advice, application.refusal_until = advice.strip(), until
    says_all = until and (kind or application.refusal_advice)
    application.refusal_incomplete = bool(application.refusal_digest and not says_all)


def note(
    application: Application,
    kind: str,
    actor: User | None,
    *,
    source: str = Source.DESK,
    **facts,
) -> TimelineEntry:
    """A word of the person's story; `source` says whose fact it is."""
    facts = {"number": application.number, "source": str(source)} | facts
    return record(person=application.person, kind=kind, facts=facts, actor=actor)


def tell(event: Event, subject_id: int, entry: TimelineEntry) -> None:
    """One message an act: what was taken back and comes again is told again."""
    queue(event, subject_id, key=f"{event.code}:{entry.pk}")
