"""A wrong day or number put right by staff: with a reason, nothing is lost of what it was."""

from datetime import date
from itertools import combinations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from common import clock
from common.formats import short_day
from journal.history import because
from notifications.events import Event
from patents import errors, money, timeline
from patents.course import WAY
from patents.messages import (
    DATA_CORRECTED,
    PATENT_CORRECTED,
    PATENT_READY,
    REFUSAL_RESTATED,
)
from patents.models import (
    Application,
    ApplicationStatus,
    ApplicationStep,
    Ground,
    Patent,
    Source,
)
from patents.papers import is_patent_number
from patents.services.checks import reason_given, refuse_future, refuse_outside, taken_means
from patents.services.rows import locked, note, tell, write_refusal
from patents.services.undoing import look_again

ORDER = [*WAY, ApplicationStatus.REFUSED]
# Where a step's day is repeated in the application's own row.
DAYS = {
    ApplicationStatus.ACCEPTED: "accepted_on",
    ApplicationStatus.READY: "ready_on",
    ApplicationStatus.REFUSED: "refused_on",
}
DAYS_TOLD = {
    ApplicationStatus.READY: PATENT_READY,
    ApplicationStatus.REFUSED: REFUSAL_RESTATED,
}


@transaction.atomic
def correct_days(
    *, application: Application, days: dict[str, date], reason: str, actor: User | None = None
) -> list[str]:
    """Put days of steps right, by status; returns the statuses whose day changed.

    Only steps that were reached can be corrected; the day of issue is the patent's.
    Raises NothingToCorrect, ReasonMissing, DayNotPossible.
    """
    reason, application = reason_given(reason), locked(application)
    if ApplicationStatus.ISSUED in days:
        raise errors.DayNotPossible(_("The day of issue is corrected together with the patent."))
    steps = {step.status: step for step in application.steps.all()}
    changed = [s for s, on in days.items() if s in steps and steps[s].on != on]
    if not changed:
        raise errors.NothingToCorrect
    _refuse_disorder(application, {s: days.get(s, step.on) for s, step in steps.items()}, changed)
    because(reason)
    for status in changed:
        _write_day(application, steps[status], days[status], actor)
    entry = note(application, timeline.CORRECTED, actor)
    tell(_word_of_days(application, changed), application.pk, entry)
    look_again(application)
    return changed


def _refuse_disorder(application: Application, days: dict[str, date], changed: list[str]) -> None:
    """A corrected day comes after those of the steps before it, and before those after it."""
    days = {ApplicationStatus.ACCEPTED: application.accepted_on} | days
    for status in changed:
        refuse_future(days[status])
    for earlier, later in combinations([status for status in ORDER if status in days], 2):
        if days[later] < days[earlier] and not {earlier, later}.isdisjoint(changed):
            raise errors.DayNotPossible(_disorder(earlier, later, days[earlier]))


def _refuse_disorder_of_issue(application: Application, issued_on: date) -> None:
    """Months count from this day: a slip of the finger must not move them."""
    issued = ApplicationStatus.ISSUED
    days = dict(application.steps.values_list("status", "on")) | {issued: issued_on}
    _refuse_disorder(application, days, [issued])


def _disorder(earlier: ApplicationStatus, later: ApplicationStatus, on: date) -> str:
    said = _("“%(later)s” cannot be before %(day)s: this is the day of “%(earlier)s”.")
    return said % {"later": later.label, "earlier": earlier.label, "day": short_day(on)}


def _word_of_days(application: Application, changed: list[str]) -> Event:
    """Who was told a wrong day to come, or to answer a refusal, is told the right one."""
    if application.status not in changed:
        return DATA_CORRECTED
    return DAYS_TOLD.get(application.status, DATA_CORRECTED)


def _write_day(application: Application, step: ApplicationStep, on: date, actor) -> None:
    step.on, step.recorded_by = on, actor
    step.source, step.received_at = Source.DESK, clock.now()
    step.save()
    if step.status in DAYS:
        setattr(application, DAYS[step.status], on)
        application.save(update_fields=[DAYS[step.status]])


@transaction.atomic
def correct_patent(
    *,
    patent: Patent,
    series: str,
    number: str,
    issued_on: date,
    profession: str,
    reason: str,
    actor: User | None = None,
    agreed: bool = False,
) -> Patent:
    """Put a patent's number, day of issue or profession right; months count from that day.

    `agreed`: two of the staff said so, and payments may become late. Raises NothingToCorrect,
    ReasonMissing, PatentNumberWrong, PatentTaken, DayNotPossible, ColleagueNeeded.
    """
    facts = {"series": series, "number": number, "issued_on": issued_on, "profession": profession}
    reason, application = reason_given(reason), locked(patent.application)
    patent = Patent.objects.select_for_update().get(pk=patent.pk)
    changed = [name for name, value in facts.items() if getattr(patent, name) != value]
    if not changed:
        raise errors.NothingToCorrect
    _refuse_wrong_patent(patent, application, facts)
    if "issued_on" in changed:
        _refuse_disorder_of_issue(application, issued_on)
    if not agreed and money.lost_by(application, issued_on):
        raise errors.ColleagueNeeded
    because(reason)
    for name in changed:
        setattr(patent, name, facts[name])
    patent.source, patent.received_at = Source.DESK, clock.now()
    with taken_means(errors.PatentTaken):
        patent.save()
    _follow_issue(application, patent, actor)
    tell(PATENT_CORRECTED, patent.pk, note(application, timeline.CORRECTED, actor))
    look_again(application)
    return patent


def _refuse_wrong_patent(patent: Patent, application: Application, facts: dict) -> None:
    if not is_patent_number(facts["series"], facts["number"]):
        raise errors.PatentNumberWrong
    earliest = _("A patent cannot be issued before %s.")
    refuse_outside(facts["issued_on"], application.accepted_on, earliest)
    if patent.annulled_on and patent.annulled_on < facts["issued_on"]:
        raise errors.DayNotPossible(_("The patent was annulled before this day. Check both days."))


def _follow_issue(application: Application, patent: Patent, actor: User | None) -> None:
    ApplicationStep.objects.update_or_create(
        application=application,
        status=ApplicationStatus.ISSUED,
        defaults={
            "on": patent.issued_on,
            "recorded_by": actor,
            "source": patent.source,
            "received_at": patent.received_at,
        },
    )


@transaction.atomic
def correct_refusal(
    *,
    application: Application,
    refusal_reason: str,
    refusal_kind,
    advice: str,
    until: date | None,
    reason: str,
    actor: User | None = None,
) -> Application:
    """Put right what the person reads about a refusal. Raises ReasonMissing, StepNotPossible."""
    reason, application = reason_given(reason), locked(application)
    if application.status != ApplicationStatus.REFUSED:
        raise errors.StepNotPossible
    because(reason)
    write_refusal(application, reason_given(refusal_reason), refusal_kind, advice, until)
    application.refusal_incomplete = False  # somebody looked into the decision
    application.save()
    tell(REFUSAL_RESTATED, application.pk, note(application, timeline.CORRECTED, actor))
    return application


@transaction.atomic
def correct_ground(
    *, application: Application, ground: Ground, reason: str, actor: User | None = None
) -> Application:
    """The papers to bring follow. Raises NothingToCorrect, ReasonMissing."""
    reason, application = reason_given(reason), locked(application)
    if application.ground == ground:
        raise errors.NothingToCorrect
    because(reason)
    application.ground = ground
    application.save(update_fields=["ground"])
    tell(DATA_CORRECTED, application.pk, note(application, timeline.CORRECTED, actor))
    return application
