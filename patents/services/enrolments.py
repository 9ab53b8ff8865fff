"""Taking an application in at the desk."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.models import Person, User
from accounts.services import create_person, issue_password, open_login
from notifications.services import queue
from patents import errors, timeline
from patents.messages import APPLICATION_ACCEPTED
from patents.models import Application, ApplicationStatus, Ground, Patent, Source
from patents.services.checks import refuse_future, taken_means
from patents.services.papers import FirstPapers, take_first_papers
from patents.services.rows import note, word, write_step

FIRST_NUMBER = "1000001"


@dataclass(frozen=True)
class Enrolment:
    """An application taken in. `password` is empty when the person keeps the one they chose."""

    application: Application
    password: str


def offer_number() -> str:
    """The next free number after the one registered last; empty when its digits are used up."""
    last = Application.objects.order_by("-pk").values_list("number", flat=True).first()
    return Application.objects.first_free_after(last) if last else FIRST_NUMBER


def ground_of(person: Person) -> Ground:
    """Whoever holds a patent re-issues it; an annulled one is over and the way begins anew."""
    patents = Patent.objects.filter(application__person=person, annulled_on__isnull=True)
    return Ground.REISSUE if patents.exists() else Ground.FIRST


@transaction.atomic
def enrol(
    *,
    number: str,
    accepted_on: date,
    person: Person | dict,
    migration_card: str = "",
    registration_slip: str = "",
    registered_until: date | None = None,
    ground: Ground | None = None,
    actor: User | None = None,
    source: Source = Source.DESK,
    received_at: datetime | None = None,
) -> Enrolment:
    """Take an application in at the desk: person, application, login and one-time password at once.

    `person` is somebody whom the centre knows, or the facts for `accounts.services.create_person`.
    Whoever already chose a password keeps it: the new number opens the same cabinet. Everybody
    gets one SMS: with the password, or saying that the application was accepted.
    """
    if isinstance(person, dict):
        person = create_person(**person, on=accepted_on)
    application = register_application(
        person=person,
        number=number,
        accepted_on=accepted_on,
        migration_card=migration_card,
        registration_slip=registration_slip,
        registered_until=registered_until,
        ground=ground,
        actor=actor,
        source=source,
        received_at=received_at,
    )
    person.refresh_from_db()
    if person.user.must_change_password or not person.user.has_usable_password():
        return Enrolment(application, issue_password(person=person, actor=actor))
    queue(APPLICATION_ACCEPTED, application.pk, key=f"{APPLICATION_ACCEPTED.code}:{application.pk}")
    return Enrolment(application, "")


@transaction.atomic
def register_application(
    *,
    person: Person,
    number: str,
    accepted_on: date,
    migration_card: str = "",
    registration_slip: str = "",
    registered_until: date | None = None,
    ground: Ground | None = None,
    actor: User | None = None,
    source: Source = Source.DESK,
    received_at: datetime | None = None,
) -> Application:
    """Write the application down; its number becomes a login of the person.

    Without a `ground`, somebody who had a patent applies for a re-issue.
    """
    refuse_future(accepted_on)
    with taken_means(errors.NumberTaken):
        application = Application.objects.create(
            person=person,
            number=number,
            accepted_on=accepted_on,
            ground=ground or ground_of(person),
            registered_by=actor,
        )
    said = word(source, received_at, actor)
    write_step(application, ApplicationStatus.ACCEPTED, accepted_on, said)
    papers = FirstPapers(migration_card, registration_slip, registered_until)
    take_first_papers([(application, papers)], actor=actor)
    note(application, timeline.ACCEPTED, actor, source=source, accepted_on=accepted_on)
    open_login(person=person, number=number)
    return application
