"""The first of many people: each with papers, applications, ten payments and their trail.

Everything is of the shape that the models demand; what differs is who they are and where they
stand. Their copies are made by `copies.py`.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from hashlib import sha256
from itertools import count
from random import Random
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.db import models

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
from common.clock import MOSCOW
from desk.crowd import names
from desk.crowd.numbers import FIRST, inn
from journal.models import Look
from notifications.models import Message, MessageStatus
from patents.models import Application, ApplicationStatus, ApplicationStep, Inn, Patent
from payments import reference
from payments.models import (
    Account,
    Charge,
    ChargeStatus,
    Place,
    Placement,
    Receipt,
    ReceiptStatus,
    Statement,
    StatementLine,
)

PASSWORD = "mnogo-lyudey-77"
MONTHLY = Decimal("8900.00")
PAYMENTS = 5  # of each of two applications
TRAIL = 10  # entries of the timeline, messages: each
ACCOUNT = "03100643000000018500"
MONTH = timedelta(days=30)
OPEN_KINDS = [ApplicationStatus.ACCEPTED, ApplicationStatus.IN_REVIEW, ApplicationStatus.READY]


@dataclass
class Sample:
    """Rows by model; they are saved in the order in which they need each other."""

    today: date
    chance: Random
    statement: Statement
    rows: dict[type[models.Model], list] = field(default_factory=dict)
    plain: list[tuple] = field(default_factory=list)
    lines: count = field(default_factory=count)

    def add(self, row):
        self.rows.setdefault(type(row), []).append(row)
        return row

    def about(self, person: Person, row):
        """A row that keeps the person's plain number, known when the person is saved."""
        self.plain.append((self.add(row), person))

    def save(self) -> None:
        for model in ORDER:
            for row, person in self.plain if model in (Look, Message) else ():
                row.person_id = person.pk
            model.objects.bulk_create(self.rows[model], batch_size=500)


ORDER = [
    *(User, Person, LoginName, Phone, Passport, Inn),
    *(Application, ApplicationStep, Patent),
    *(Receipt, Charge, StatementLine, Placement),
    *(TimelineEntry, Look, Message),
]


def make_sample(people: int, today: date) -> None:
    sample = Sample(today, Random(people), _statement(today))
    password = make_password(PASSWORD)
    for number in range(people):
        _person(sample, number, password)
    sample.save()


def _statement(today: date) -> Statement:
    first = today - 26 * MONTH
    account, _new = Account.objects.update_or_create(
        number=ACCOUNT,
        defaults={"counted_through": first, "complete_through": today - timedelta(days=1)},
    )
    return Statement.objects.create(
        content_hash=sha256(b"crowd").hexdigest(),
        file_name="crowd.txt",
        account=account,
        first_day=first,
        last_day=today,
        line_count=0,
        incoming=0,
    )


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
            citizenship_id=("UZB", "TJK", "AZE", "MDA", "UKR")[number % 5],
        )
    )
    _contacts(sample, person, number)
    _course(sample, person, FIRST.old_application + number, sample.today - 14 * MONTH)
    _course(sample, person, FIRST.application + number, _issue_day(sample), number=number)
    _trail(sample, person, number)


def _contacts(sample: Sample, person: Person, number: int) -> None:
    since = sample.today - 15 * MONTH
    for kind, first in ((PhoneKind.CENTRE_SIM, FIRST.sim), (PhoneKind.OWN, FIRST.phone)):
        bound_at = _noon(since) if kind == PhoneKind.OWN else None
        phone = Phone(person=person, kind=kind, number=f"+7{first + number}", bound_at=bound_at)
        phone.valid_from = since
        sample.add(phone)
    sample.add(Passport(person=person, number=f"FA{FIRST.passport + number}", valid_from=since))
    sample.add(Inn(person=person, value=inn(FIRST.inn + number), valid_from=since))


def _issue_day(sample: Sample) -> date:
    """Five months are paid: some are due, some near the end, most in between."""
    return sample.today - timedelta(days=sample.chance.randint(40, 155))


def _course(
    sample: Sample, person: Person, at: int, issued_on: date, number: int | None = None
) -> None:
    """An application with its login; one in ten of the new ones has no patent yet."""
    is_open = number is not None and number % 10 == 0
    status = OPEN_KINDS[number // 10 % 3] if is_open else ApplicationStatus.ISSUED
    accepted_on = issued_on - timedelta(days=20)
    application = sample.add(
        Application(
            person=person,
            number=str(at),
            status=status,
            accepted_on=accepted_on,
            ready_on=issued_on if status in (OPEN_KINDS[2], ApplicationStatus.ISSUED) else None,
            first_paid_on=accepted_on,
            migration_card="4626 0381161",
        )
    )
    sample.add(LoginName(kind=LoginKind.APPLICATION, value=str(at), user=person.user))
    step = ApplicationStatus.ACCEPTED
    sample.add(ApplicationStep(application=application, status=step, on=accepted_on))
    if not is_open:
        _patent(sample, application, at, issued_on)
    for month in range(1 if is_open else PAYMENTS):
        _payment(sample, application, accepted_on + month * MONTH)


def _patent(sample: Sample, application: Application, at: int, issued_on: date) -> None:
    number = str(FIRST.patent + at)
    sample.add(Patent(application=application, series="77", number=number, issued_on=issued_on))


def _payment(sample: Sample, application: Application, paid_on: date) -> None:
    """A posted month: receipt, every second one by card, line and place."""
    receipt = sample.add(_receipt(sample, application, paid_on))
    by_card = next(sample.lines) % 2
    charge = sample.add(_charge(receipt, paid_on)) if by_card else None
    line = sample.add(_line(sample, receipt, paid_on))
    sample.add(
        Placement(
            line=line,
            place=Place.MATCHED,
            amount=MONTHLY,
            application=application,
            receipt=receipt,
            charge=charge,
            months=1,
            paid_on=paid_on,
            reason="номер платежа и сумма сошлись",
        )
    )


def _receipt(sample: Sample, application: Application, paid_on: date) -> Receipt:
    return Receipt(
        reference=reference.new(sample.chance),
        person=application.person,
        application=application,
        months=1,
        monthly=MONTHLY,
        amount=MONTHLY,
        formed_on=paid_on,
        snapshot=_snapshot(application),
        status=ReceiptStatus.POSTED,
        posted_on=paid_on + timedelta(days=3),
    )


def _snapshot(application: Application) -> dict:
    person = application.person
    names = {name: getattr(person, name) for name in ("last_name", "first_name", "middle_name")}
    return {
        "account": ACCOUNT,
        "application": application.number,
        "purpose": "Налог на доходы",
        "payer": {**names, "inn": "", "passport": ""},
        "price_until": None,
    }


def _charge(receipt: Receipt, paid_on: date) -> Charge:
    key = uuid4()
    return Charge(
        receipt=receipt,
        amount=MONTHLY,
        idempotence_key=key,
        provider_id=str(key),
        status=ChargeStatus.SUCCEEDED,
        captured_at=_noon(paid_on),
    )


def _line(sample: Sample, receipt: Receipt, paid_on: date) -> StatementLine:
    purpose = f"MMC {receipt.reference} патент {receipt.application.number}"
    return StatementLine(
        statement=sample.statement,
        account=sample.statement.account,
        digest=sha256(receipt.reference.encode()).hexdigest(),
        occurrence=1,
        posted_on=paid_on + timedelta(days=3),
        document_number=str(len(sample.rows)),
        document_date=paid_on,
        amount=MONTHLY,
        payer_name=str(receipt.person),
        purpose=purpose,
        paid_on=paid_on,
        raw={"Назначение": purpose},
    )


def _trail(sample: Sample, person: Person, number: int) -> None:
    for step in range(TRAIL):
        happened_at = _noon(sample.today - step * MONTH)
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


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), MOSCOW)
