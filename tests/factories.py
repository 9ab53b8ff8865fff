"""Minimal valid objects; traits are named as states."""

import random
from datetime import date, datetime
from decimal import Decimal
from uuid import uuid4

import factory
from django.db import transaction

from accounts.models import LoginKind, LoginName, Passport, Person, Phone, PhoneKind, User
from cabinet.models import Announcement
from common import clock
from common.clock import MOSCOW
from patents.models import (
    Application,
    ApplicationStatus,
    ApplicationStep,
    FeedItem,
    FeedKind,
    FeedReason,
    FeedStatus,
    Inn,
    News,
    Patent,
    Source,
)
from payments import reference
from payments.models import (
    Account,
    Charge,
    ChargeStatus,
    Opening,
    OpeningMonths,
    Outgoing,
    Place,
    Placement,
    QueueReason,
    Receipt,
    ReceiptStatus,
    Refund,
    Register,
    Statement,
    StatementLine,
    Till,
    TillPayment,
    Trace,
)

PASSWORD = "dalniy-les-42"
MONTHLY = Decimal("10000.00")
RECEIVED = datetime(2026, 2, 9, 12, 3, tzinfo=MOSCOW)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user-{n}")
    password = factory.django.Password(PASSWORD)


class StaffFactory(UserFactory):
    is_staff = True
    is_superuser = True


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    user = factory.SubFactory(UserFactory)
    last_name = "Каримов"
    first_name = "Тимур"
    middle_name = "Рустамович"
    birth_date = date(1990, 5, 17)
    citizenship_id = "UZB"


class PhoneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Phone

    person = factory.SubFactory(PersonFactory)
    kind = PhoneKind.CENTRE_SIM
    number = factory.Sequence(lambda n: f"+7916{n:07d}")
    valid_from = date(2026, 1, 1)


class PassportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Passport

    person = factory.SubFactory(PersonFactory)
    number = "FA1234567"
    valid_from = date(2026, 1, 1)


class ApplicationFactory(factory.django.DjangoModelFactory):
    """Accepted; its number is a login of the person's account."""

    class Meta:
        model = Application
        skip_postgeneration_save = True

    class Params:
        ready = factory.Trait(status=ApplicationStatus.READY, ready_on=date(2026, 1, 12))
        refused = factory.Trait(
            status=ApplicationStatus.REFUSED,
            refused_on=date(2026, 1, 12),
            refusal_reason="неверные данные в заявлении",
        )

    person = factory.SubFactory(PersonFactory)
    number = factory.Sequence(lambda n: str(2000001 + n))
    accepted_on = date(2026, 1, 2)

    @factory.post_generation
    def steps(self, create, extracted, **kwargs):
        """The states whose days are known, each with its step."""
        days = {"accepted": self.accepted_on, "ready": self.ready_on, "refused": self.refused_on}
        for status, on in days.items():
            if create and on:
                ApplicationStep.objects.create(
                    application=self, status=status, on=on, received_at=RECEIVED
                )

    @factory.post_generation
    def login(self, create, extracted, **kwargs):
        if create and self.person.user_id:
            LoginName.objects.create(
                kind=LoginKind.APPLICATION, value=self.number, user=self.person.user
            )


class PatentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Patent
        skip_postgeneration_save = True

    application = factory.SubFactory(
        ApplicationFactory, status=ApplicationStatus.ISSUED, ready_on=date(2026, 1, 12)
    )
    series = "77"
    number = factory.Sequence(lambda n: f"26{n:08d}")
    issued_on = date(2026, 1, 15)
    annulled_on = None
    annulled_source = factory.LazyAttribute(lambda patent: "desk" if patent.annulled_on else "")
    annulled_received_at = factory.LazyAttribute(lambda patent: patent.annulled_on and RECEIVED)

    @factory.post_generation
    def step(self, create, extracted, **kwargs):
        if create:
            ApplicationStep.objects.create(
                application=self.application,
                status="issued",
                on=self.issued_on,
                received_at=RECEIVED,
            )


class InnFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Inn

    person = factory.SubFactory(PersonFactory)
    value = "775100004210"
    valid_from = date(2026, 1, 5)


class FeedItemFactory(factory.django.DjangoModelFactory):
    """A refusal of somebody whose patent is issued: it waits for the staff."""

    class Meta:
        model = FeedItem

    digest = factory.Sequence(lambda n: f"{n:064d}")
    payload = "{}"
    source = Source.MINISTRY
    received_at = datetime(2026, 1, 20, 12, tzinfo=MOSCOW)
    kind = FeedKind.REFUSED
    number = factory.SelfAttribute("application.number")
    occurred_on = date(2026, 1, 20)
    recorded_at = datetime(2026, 1, 20, 11, tzinfo=MOSCOW)
    application = factory.SubFactory("tests.factories.ApplicationFactory")
    status = FeedStatus.BAD
    reason = FeedReason.REFUSED_THOUGH_GRANTED


class NewsFactory(factory.django.DjangoModelFactory):
    """Told by the Ministry in Russian, later than the people of the tests came."""

    class Meta:
        model = News

    key = factory.Sequence(lambda n: f"news-{n}")
    title_ru = "Приём документов в субботу"
    text_ru = "В субботу центр работает до 14 часов."
    occurred_on = date(2026, 1, 20)
    source = Source.MINISTRY
    received_at = factory.LazyFunction(clock.now)


class AccountFactory(factory.django.DjangoModelFactory):
    """A Treasury account whose statements are complete through the year's second day."""

    class Meta:
        model = Account
        django_get_or_create = ["number"]

    number = "03100643000000018500"
    counted_through = date(2025, 12, 31)
    complete_through = date(2026, 1, 2)


class ReceiptFactory(factory.django.DjangoModelFactory):
    """Formed for one month of the year 2026."""

    class Meta:
        model = Receipt

    application = factory.SubFactory(ApplicationFactory)
    person = factory.SelfAttribute("application.person")
    reference = factory.Sequence(lambda n: reference.new(random.Random(n)))
    months = 1
    monthly = MONTHLY
    amount = factory.LazyAttribute(lambda receipt: receipt.monthly * receipt.months)
    formed_on = date(2026, 1, 5)
    snapshot = factory.LazyAttribute(lambda receipt: snapshot_of(receipt.application.number))


def cancelled_facts() -> dict:
    """What a receipt says from the moment staff have cancelled it."""
    return {
        "status": ReceiptStatus.CANCELLED,
        "posted_on": None,
        "cancelled_at": datetime(2026, 2, 14, 12, tzinfo=MOSCOW),
        "cancelled_by": StaffFactory(),
        "cancel_reason": "ошибка в квитанции",
    }


class ChargeFactory(factory.django.DjangoModelFactory):
    """Taken by the acquirer at noon of 14 February, not posted."""

    class Meta:
        model = Charge

    receipt = factory.SubFactory(ReceiptFactory)
    amount = factory.SelfAttribute("receipt.amount")
    idempotence_key = factory.LazyFunction(uuid4)
    provider_id = factory.Sequence(lambda n: f"charge-{n}")
    status = ChargeStatus.SUCCEEDED
    captured_at = datetime(2026, 2, 14, 12, tzinfo=MOSCOW)


class TillFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Till
        django_get_or_create = ["name"]

    name = "Касса 1"


class TillPaymentFactory(factory.django.DjangoModelFactory):
    """Taken at the cash desk on 14 February, not posted."""

    class Meta:
        model = TillPayment

    till = factory.SubFactory(TillFactory)
    cheque_number = factory.Sequence(lambda n: f"{n:05d}")
    taken_on = date(2026, 2, 14)
    receipt = factory.SubFactory(ReceiptFactory)
    amount = factory.SelfAttribute("receipt.amount")
    recorded_by = factory.SubFactory(StaffFactory)


class RefundFactory(factory.django.DjangoModelFactory):
    """Granted, and not yet known to the acquirer."""

    class Meta:
        model = Refund

    charge = factory.SubFactory(ChargeFactory)
    amount = factory.SelfAttribute("charge.amount")
    idempotence_key = factory.LazyFunction(uuid4)


class RegisterFactory(factory.django.DjangoModelFactory):
    """Registers of a bank: day of posting, day of payment, payer, INN, sum."""

    class Meta:
        model = Register
        django_get_or_create = ["sender"]

    sender = "ПАО БАНК"
    account = factory.SubFactory(AccountFactory)
    amount = "Сумма"
    posted_on = "Дата зачисления"
    paid_on = "Дата операции"
    payer_name = "ФИО"
    payer_inn = "ИНН"


class StatementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Statement

    content_hash = factory.Sequence(lambda n: f"{n:064d}")
    file_name = factory.Sequence(lambda n: f"statement-{n}.txt")
    account = factory.SubFactory(AccountFactory)
    first_day = last_day = date(2026, 1, 13)
    whole_through = date(2026, 1, 13)
    line_count = 1
    incoming = MONTHLY
    finished_at = factory.LazyFunction(clock.now)
    odd_lines = 0


class LineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StatementLine

    statement = factory.SubFactory(StatementFactory)
    account = factory.SelfAttribute("statement.account")
    digest = factory.Sequence(lambda n: f"{n:064d}")
    occurrence = 1
    posted_on = date(2026, 1, 13)
    amount = MONTHLY
    raw = factory.LazyFunction(dict)


class OutgoingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Outgoing

    class Params:
        seen = factory.Trait(
            seen_at=factory.LazyFunction(clock.now),
            seen_by=factory.SubFactory("tests.factories.StaffFactory"),
        )

    statement = factory.SubFactory(StatementFactory)
    account = factory.SelfAttribute("statement.account")
    digest = factory.Sequence(lambda n: f"{n:064d}")
    occurrence = 1
    posted_on = date(2026, 1, 13)
    amount = MONTHLY
    purpose = "Возврат"
    raw = factory.LazyFunction(dict)


class PlacementFactory(factory.django.DjangoModelFactory):
    """One month of an application, paid on 10 January, posted on the 13th."""

    class Meta:
        model = Placement

    class Params:
        queued = factory.Trait(
            place=Place.QUEUE,
            queue_reason=QueueReason.UNKNOWN_PAYER,
            application=None,
            months=0,
            paid_on=None,
        )

    @classmethod
    def _generate(cls, strategy, params):
        """A line is committed together with its place."""
        with transaction.atomic():
            return super()._generate(strategy, params)

    line = factory.SubFactory(LineFactory)
    place = Place.MATCHED
    amount = factory.SelfAttribute("line.amount")
    application = factory.SubFactory(ApplicationFactory)
    months = 1
    paid_on = date(2026, 1, 10)
    reason = "по правилам"


def waiting_line(**facts) -> StatementLine:
    """A line whose money waits in the queue; `facts` are the line's."""
    told = {f"line__{name}": value for name, value in facts.items()}
    return PlacementFactory(queued=True, **told).line


def counted_elsewhere(row: Placement) -> Placement:
    """A closed place leaves its money to another one."""
    facts = {"place": Place.SET_ASIDE, "application": None, "months": 0, "paid_on": None}
    return PlacementFactory(line=row.line, **facts)


class TraceFactory(factory.django.DjangoModelFactory):
    """A charge of 10 January that no statement shows."""

    class Meta:
        model = Trace

    charge = factory.SubFactory(
        ChargeFactory,
        status=ChargeStatus.SUCCEEDED,
        captured_at=datetime(2026, 1, 10, 12, tzinfo=MOSCOW),
    )
    application = factory.SelfAttribute("charge.receipt.application")
    amount = factory.SelfAttribute("charge.amount")
    paid_on = date(2026, 1, 10)


class OpeningFactory(factory.django.DjangoModelFactory):
    """The one opening position, of one person with three months."""

    class Meta:
        model = Opening
        django_get_or_create = ["is_the_one"]

    is_the_one = True
    content_hash = "0" * 64
    file_name = "opening.xlsx"
    persons = applications = patents = 1
    months = 3
    amount = MONTHLY * 3


class OpeningMonthsFactory(factory.django.DjangoModelFactory):
    """Three months, counted when the portal went live on 10 April 2026."""

    class Meta:
        model = OpeningMonths

    opening = factory.SubFactory(OpeningFactory)
    application = factory.SubFactory(ApplicationFactory)
    months = 3
    amount = factory.LazyAttribute(lambda row: MONTHLY * row.months)
    counted_on = date(2026, 4, 9)


def snapshot_of(application_number: str) -> dict:
    """What a receipt copies, as far as tests look at it."""
    return {
        "account": "03100643000000018500",
        "application": application_number,
        "purpose": "Налог",
        "payer": {
            "last_name": "Каримов",
            "first_name": "Тимур",
            "middle_name": "Рустамович",
            "inn": "775100004210",
            "passport": "FA1234567",
        },
    }


def statements_through(day: date, number: str = "03100643000000018500") -> Account:
    """The statements of an account are complete through a day, included."""
    account = AccountFactory(number=number)
    account.complete_through = day
    account.save()
    return account


class AnnouncementFactory(factory.django.DjangoModelFactory):
    """Said in the first half of February 2026."""

    class Meta:
        model = Announcement

    title = "Центр закрыт 23 февраля"
    body = "Приходите 24 февраля."
    first_day = date(2026, 2, 1)
    last_day = date(2026, 2, 15)
