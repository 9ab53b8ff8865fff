"""The first of many people: each with papers, applications, ten payments and their trail.

Everything is of the shape that the models demand; what differs is who they are and where they
stand. Their copies are made by `copies.py`.
"""

from datetime import date, datetime, timedelta
from random import Random

from django.contrib.auth.hashers import make_password

from accounts import kinds
from accounts.models import (
    LoginKind,
    LoginName,
    Passport,
    Person,
    Phone,
    PhoneKind,
    TimelineEntry,
    User,
)
from desk.crowd import names
from desk.crowd.days import MONTH, WEEK, noon
from desk.crowd.money import cash_desk, payment, requisites_on, statement_of
from desk.crowd.numbers import FIRST, inn
from desk.crowd.rows import Sample
from desk.models import Note
from journal.models import Look
from notifications.models import Message, MessageStatus
from patents.models import (
    Application,
    ApplicationStatus,
    ApplicationStep,
    DocumentKind,
    Inn,
    Paper,
    PaperState,
    Patent,
)

PASSWORD = "mnogo-lyudey-77"
PAYMENTS = 5  # of each of two patents
TRAIL = 10  # entries of the timeline, messages: each
PAPERS = 3  # of each application
REMARK = "В переводе паспорта нет имени отца."
OPEN_KINDS = [ApplicationStatus.ACCEPTED, ApplicationStatus.IN_REVIEW, ApplicationStatus.READY]


def make_sample(people: int, today: date) -> None:
    rows = statement_of(today), _kinds(), *cash_desk(), requisites_on(today)
    sample = Sample(today, Random(people), *rows)
    password = make_password(PASSWORD)
    for number in range(people):
        _person(sample, number, password)
    sample.save()


def _kinds() -> list[DocumentKind]:
    return list(DocumentKind.objects.order_by("pk")[:PAPERS])


def _person(sample: Sample, number: int, password: str) -> None:
    user = sample.add(User(password=password))
    last_name, first_name, middle_name = names.of(number)
    person = sample.add(
        Person(
            user=user,
            last_name=last_name,
            first_name=first_name,
            middle_name=middle_name,
            birth_date=date(1975, 1, 1) + timedelta(days=37 * number),
            citizenship_id=("UZB", "TJK", "AZE", "MDA", "UKR")[number // 10 % 5],
        )
    )
    _contacts(sample, person, number)
    is_open = number % 10 == 0
    old, new = FIRST.old_application + number, FIRST.application + number
    _issued(sample, person, old, sample.today - 14 * MONTH, PAYMENTS + 4 * is_open)
    if is_open:
        _open(sample, person, new, OPEN_KINDS[number // 10 % 3])
    else:
        _issued(sample, person, new, _issue_day(sample), PAYMENTS)
    _trail(sample, person, number)


def _contacts(sample: Sample, person: Person, number: int) -> None:
    since = sample.today - 15 * MONTH
    for kind, first in ((PhoneKind.CENTRE_SIM, FIRST.sim), (PhoneKind.OWN, FIRST.phone)):
        bound_at = noon(since) if kind == PhoneKind.OWN else None
        phone = Phone(person=person, kind=kind, number=f"+7{first + number}", bound_at=bound_at)
        phone.valid_from = since
        sample.add(phone)
    sample.add(Passport(person=person, number=f"FA{FIRST.passport + number}", valid_from=since))
    sample.add(Inn(person=person, value=inn(FIRST.inn + number), valid_from=since))


def _issue_day(sample: Sample) -> date:
    """Five months are paid: some are due, some near the end, most in between."""
    return sample.today - timedelta(days=sample.chance.randint(40, 155))


def _open(sample: Sample, person: Person, number: int, status: str) -> None:
    """An application without a patent yet; its first month is paid."""
    accepted_on = sample.today - timedelta(days=12)
    ready_on = sample.today if status == ApplicationStatus.READY else None
    application = _application(sample, person, number, accepted_on, status, ready_on)
    payment(sample, application, accepted_on)


def _issued(sample: Sample, person: Person, number: int, issued_on: date, months: int) -> None:
    accepted_on, status = issued_on - timedelta(days=20), ApplicationStatus.ISSUED
    application = _application(sample, person, number, accepted_on, status, issued_on)
    sample.add(
        Patent(
            application=application,
            series="77",
            number=str(FIRST.patent + number),
            issued_on=issued_on,
        )
    )
    for month in range(months):
        payment(sample, application, min(accepted_on + month * MONTH, sample.today - WEEK))


def _application(
    sample: Sample, person: Person, number: int, accepted_on: date, status: str, ready_on
) -> Application:
    """With its login, its papers and the step that made it."""
    application = sample.add(
        Application(
            person=person,
            number=str(number),
            status=status,
            accepted_on=accepted_on,
            ready_on=ready_on,
            first_paid_on=accepted_on,
        )
    )
    sample.add(LoginName(kind=LoginKind.APPLICATION, value=str(number), user=person.user))
    step = ApplicationStatus.ACCEPTED
    sample.add(ApplicationStep(application=application, status=step, on=accepted_on))
    _papers(sample, application)
    return application


def _papers(sample: Sample, application: Application) -> None:
    """While we prepare an application, its first paper has to be mended."""
    papers = [
        Paper(application=application, kind=kind, handed_on=application.accepted_on)
        for kind in sample.kinds
    ]
    if application.status == ApplicationStatus.ACCEPTED:
        papers[0].state, papers[0].remark = PaperState.MEND, REMARK
    for paper in papers:
        sample.add(paper)


def _trail(sample: Sample, person: Person, number: int) -> None:
    sample.add(Note(person=person, written_by=person.user, text="Просит звонить после шести."))
    for step in range(TRAIL):
        happened_at = noon(sample.today - step * MONTH)
        sample.add(
            TimelineEntry(person=person, kind=kinds.PASSWORD_CHANGED, happened_at=happened_at)
        )
        sample.about(person, Look(actor_id=1, page="person"))
        sample.about(person, _message(number, step, happened_at))


def _message(number: int, step: int, at: datetime) -> Message:
    return Message(
        event="payment-posted",
        subject_id=0,
        key=f"crowd:{number}:{step}",
        language="ru",
        address=f"+7{FIRST.phone + number}",
        text="Мы получили 8 900 ₽.",
        status=MessageStatus.DELIVERED,
        next_try_at=at,
        expires_at=at,
        sent_at=at,
        delivered_at=at,
    )
