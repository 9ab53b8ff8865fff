"""What can be done with applications, patents and INNs. Everything else only reads them."""

import re
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Person, User
from accounts.services import create_person, issue_password, open_login, record
from common import clock, identifiers
from common.errors import Refusal
from common.formats import short_day
from journal.history import because, plainly
from notifications.services import queue
from patents import errors, timeline
from patents.inns import current_inn
from patents.messages import (
    APPLICATION_REFUSED,
    INN_ASSIGNED,
    PATENT_ANNULLED,
    PATENT_ISSUED,
    PATENT_READY,
)
from patents.models import Application, ApplicationStatus, Inn, Patent
from patents.transitions import may_become

__all__ = [
    "Enrolment",
    "annul",
    "current_inn",
    "enrol",
    "enter_inn",
    "follow_merge",
    "issue_patent",
    "mark_ready",
    "offer_number",
    "refuse",
    "register_application",
    "send_to_review",
    "set_first_paid",
]

FIRST_NUMBER = "1000001"
INN_ENTERED = gettext_noop("The INN became known.")
INN_CORRECTED = gettext_noop("The INN was corrected.")


@dataclass(frozen=True)
class Enrolment:
    """An application taken in. `password` is empty when the person keeps the one they chose."""

    application: Application
    password: str


def offer_number() -> str:
    """The next free number after the one registered last; empty when its digits are used up."""
    last = Application.objects.order_by("-pk").values_list("number", flat=True).first()
    return Application.objects.first_free_after(last) if last else FIRST_NUMBER


@transaction.atomic
def enrol(
    *,
    number: str,
    accepted_on: date,
    person: Person | dict,
    migration_card: str = "",
    actor: User | None = None,
) -> Enrolment:
    """Take an application in at the desk: person, application, login and one-time password at once.

    `person` is somebody whom the centre knows, or the facts for `accounts.services.create_person`.
    Whoever already chose a password keeps it: the new number opens the same cabinet.
    """
    if isinstance(person, dict):
        person = create_person(**person, on=accepted_on)
    application = register_application(
        person=person,
        number=number,
        accepted_on=accepted_on,
        migration_card=migration_card,
        actor=actor,
    )
    person.refresh_from_db()
    own = not person.user.must_change_password and person.user.has_usable_password()
    return Enrolment(application, "" if own else issue_password(person=person, actor=actor))


@transaction.atomic
def register_application(
    *,
    person: Person,
    number: str,
    accepted_on: date,
    migration_card: str = "",
    actor: User | None = None,
) -> Application:
    """Write the application down; its number becomes a login of the person."""
    _refuse_future(accepted_on)
    with _taken_means(errors.NumberTaken):
        application = Application.objects.create(
            person=person,
            number=number,
            accepted_on=accepted_on,
            migration_card=migration_card,
            registered_by=actor,
        )
    _note(application, timeline.ACCEPTED, actor, accepted_on=accepted_on)
    open_login(person=person, number=number)
    return application


@transaction.atomic
def send_to_review(*, application: Application, actor: User | None = None) -> Application:
    """The papers went to the Interior Ministry."""
    application = _step(application, ApplicationStatus.IN_REVIEW)
    application.save(update_fields=["status"])
    _note(application, timeline.IN_REVIEW, actor)
    return application


@transaction.atomic
def mark_ready(
    *, application: Application, ready_on: date, actor: User | None = None
) -> Application:
    """The patent lies at the centre since `ready_on`; the person is told."""
    application = _step(application, ApplicationStatus.READY)
    _refuse_outside(ready_on, application.accepted_on, _("The patent cannot be ready before %s."))
    application.ready_on = ready_on
    application.save(update_fields=["status", "ready_on"])
    _note(application, timeline.READY, actor, ready_on=ready_on)
    queue(PATENT_READY, application.pk, key=f"patent-ready:{application.pk}")
    return application


@transaction.atomic
def refuse(
    *, application: Application, refused_on: date, reason: str, actor: User | None = None
) -> Application:
    """The Ministry refused; the person is told and reads the reason in the cabinet."""
    reason = _reason(reason)
    application = _step(application, ApplicationStatus.REFUSED)
    _refuse_outside(refused_on, application.accepted_on, _("A refusal cannot be before %s."))
    because(reason)
    application.refused_on, application.refusal_reason = refused_on, reason
    application.save(update_fields=["status", "refused_on", "refusal_reason"])
    _note(application, timeline.REFUSED, actor, refused_on=refused_on, reason=reason)
    queue(APPLICATION_REFUSED, application.pk, key=f"application-refused:{application.pk}")
    return application


@transaction.atomic
def issue_patent(
    *,
    application: Application,
    series: str,
    number: str,
    issued_on: date,
    profession: str = "",
    actor: User | None = None,
) -> Patent:
    """Hand the patent out. `issued_on` is printed on its back; coverage counts from it."""
    if not re.fullmatch(r"[0-9]{2}/[0-9]{10}", f"{series}/{number}"):
        raise errors.PatentNumberWrong
    application = _step(application, ApplicationStatus.ISSUED)
    _refuse_outside(issued_on, application.accepted_on, _("A patent cannot be issued before %s."))
    with _taken_means(errors.PatentTaken):
        patent = Patent.objects.create(
            application=application,
            series=series,
            number=number,
            issued_on=issued_on,
            profession=profession,
        )
    application.save(update_fields=["status"])
    _note(application, timeline.ISSUED, actor, patent=str(patent), issued_on=issued_on)
    queue(PATENT_ISSUED, patent.pk, key=f"patent-issued:{patent.pk}")
    return patent


@transaction.atomic
def annul(*, patent: Patent, annulled_on: date, reason: str, actor: User | None = None) -> Patent:
    """The Ministry annulled the patent; the person is told. The application stays issued."""
    reason = _reason(reason)
    patent = (
        Patent.objects.select_for_update(of=("self",))
        .select_related("application__person")
        .get(pk=patent.pk)
    )
    if patent.annulled_on:
        raise errors.AlreadyAnnulled
    _refuse_outside(annulled_on, patent.issued_on, _("A patent cannot be annulled before %s."))
    because(reason)
    patent.annulled_on, patent.annulled_reason = annulled_on, reason
    patent.save(update_fields=["annulled_on", "annulled_reason"])
    facts = {"patent": str(patent), "annulled_on": annulled_on, "reason": reason}
    _note(patent.application, timeline.ANNULLED, actor, **facts)
    queue(PATENT_ANNULLED, patent.pk, key=f"patent-annulled:{patent.pk}")
    return patent


@transaction.atomic
def enter_inn(
    *, person: Person, value: str, on: date, source: str = "", actor: User | None = None
) -> Inn:
    """Write the INN down, known since `on`; another value closes the row before it.

    The same value again changes nothing. An INN in use by somebody else raises InnTaken.
    """
    value = _checked_inn(value)
    _refuse_future(on)
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    before = Inn.objects.current().filter(person=person).first()
    if before and before.value == value:
        return before
    with plainly(INN_CORRECTED if before else INN_ENTERED), _taken_means(errors.InnTaken):
        if before:
            _close(before, on)
        inn = Inn.objects.create(
            person=person, value=value, valid_from=on, source=source, entered_by=actor
        )
    kind = timeline.INN_CORRECTED if before else timeline.INN_ENTERED
    record(person=person, kind=kind, facts={"inn": value}, actor=actor)
    queue(INN_ASSIGNED, inn.pk, key=f"inn-assigned:{inn.pk}")
    return inn


@transaction.atomic
def set_first_paid(*, application: Application, paid_on: date) -> None:
    """The payments say when the first month was paid; the earliest day ever said stays."""
    application = _locked(application)
    if application.first_paid_on is None or paid_on < application.first_paid_on:
        application.first_paid_on = paid_on
        application.save(update_fields=["first_paid_on"])


def follow_merge(keep: Person, gone: Person) -> None:
    """Applications and INNs of a merged record; the INN in use is the kept record's."""
    current = Inn.objects.current()
    if current.filter(person=keep).exists():
        current.filter(person=gone).update(valid_until=clock.today())
    gone.inns.update(person=keep)
    gone.applications.update(person=keep)


def _locked(application: Application) -> Application:
    rows = Application.objects.select_for_update(of=("self",)).select_related("person")
    return rows.get(pk=application.pk)


def _step(application: Application, to: ApplicationStatus) -> Application:
    """The application locked, its state changed but not yet saved; StepNotPossible otherwise."""
    application = _locked(application)
    if not may_become(application, to):
        raise errors.StepNotPossible
    application.status = to
    return application


def _close(inn: Inn, on: date) -> None:
    """End a row the day before its successor. Corrected on its first day, it held on none."""
    _refuse_outside(on, inn.valid_from, _("The INN before it is known since %s."))
    inn.valid_until = on - timedelta(days=1)
    inn.save(update_fields=["valid_until"])


def _checked_inn(value: str) -> str:
    try:
        return identifiers.inn(value)
    except ValidationError as error:
        raise errors.InnWrong from error


def _reason(text: str) -> str:
    if not text.strip():
        raise errors.ReasonMissing
    return text.strip()


def _refuse_future(day: date) -> None:
    if day > clock.today():
        raise errors.DayNotPossible(_("This day has not come yet. Check the date."))


def _refuse_outside(day: date, earliest: date, sentence: str) -> None:
    _refuse_future(day)
    if day < earliest:
        raise errors.DayNotPossible(sentence % short_day(earliest))


@contextmanager
def _taken_means(refusal: type[Refusal]):
    """A unique constraint that holds against a racing writer, said as a sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise refusal from error


def _note(application: Application, kind: str, actor: User | None, **facts) -> None:
    facts = {"number": application.number} | facts
    record(person=application.person, kind=kind, facts=facts, actor=actor)
