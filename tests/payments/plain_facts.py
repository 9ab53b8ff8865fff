"""The plain way to a person's facts, a question a table: what the one question must equal."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings

from accounts.models import Person
from common.clock import moscow_day
from patents.models import Application
from patents.workdays import expected_ready_on
from payments.models import (
    Account,
    Charge,
    Claim,
    OpeningMonths,
    Placement,
    QueueReason,
    Receipt,
    ReceiptStatus,
    Requisites,
    Tariff,
    TillPayment,
)
from payments.standing import (
    ApplicationFacts,
    Case,
    Channel,
    Facts,
    FormerDay,
    LateMoney,
    Money,
    PatentFacts,
    standing,
)

NAMED_WHILE_QUEUED = [
    QueueReason.LATE,
    QueueReason.DAY_UNKNOWN,
    QueueReason.AMOUNT,
    QueueReason.AMBIGUOUS,
    QueueReason.OTHER_TAX,
    QueueReason.OTHER_BUDGET,
    QueueReason.NO_ROOM,
    QueueReason.REPEAT,
    QueueReason.UNDONE,
]


def known_facts(person: Person, day: date) -> Facts:
    """All facts of a person, with how far the statements reach."""
    facts = facts_of(person, day)
    first_look = standing(facts, day)
    complete = complete_through(person, first_look.last_covered or day)
    return replace(facts, complete_through=complete)


def facts_of(person: Person, day: date) -> Facts:
    """Applications, patents and money; how far the statements reach is asked separately."""
    applications = person.applications.select_related("patent").order_by("accepted_on", "pk")
    money, late = _posted(person), _queued(person)
    for application_id, living in _living(person).items():
        money[application_id] += living
    for row in OpeningMonths.objects.filter(application__person=person):
        money[row.application_id].insert(0, _counted(row))
    return Facts(
        cases=tuple(_case(one, money[one.pk], late[one.pk], _asked(one)) for one in applications),
        monthly=_monthly(day),
    )


def complete_through(person: Person, day: date) -> date | None:
    """The earliest of the accounts whose requisites were in force on the day, or stand on the
    person's receipts, open or cancelled lately, and are not over; None while one of them has no
    statements at all."""
    in_force = Requisites.objects.on(day, settings.REGION).values_list("account", flat=True)
    numbers = {row.snapshot["account"] for row in _papers(person, day)}
    numbers = set(in_force) | {number for number in numbers if not _is_over(number, day)}
    known = Account.objects.filter(number__in=numbers).values_list("complete_through", flat=True)
    return min(known) if numbers and len(known) == len(numbers) else None


def _is_over(number: str, day: date) -> bool:
    """Its requisites ended 32 days before or earlier, and its statements did as well."""
    since = day - timedelta(31)
    rows = Requisites.objects.filter(account=number, region=settings.REGION)
    lives = Account.objects.filter(number=number, complete_through__gte=since).exists()
    ended = rows.exists() and all(row.valid_until and row.valid_until < since for row in rows)
    return ended and not lives


def _papers(person: Person, day: date) -> list[Receipt]:
    rows = Receipt.objects.filter(person=person).exclude(status=ReceiptStatus.POSTED)
    return [
        row
        for row in rows
        if not row.cancelled_at or (day - moscow_day(row.cancelled_at)).days <= 31
    ]


def _case(application: Application, money: list[Money], late: list[LateMoney], asked) -> Case:
    return Case(
        application=ApplicationFacts(
            number=application.number,
            status=application.status,
            accepted_on=application.accepted_on,
            ready_on=application.ready_on,
            expected_ready_on=expected_ready_on(application),
            refused_on=application.refused_on,
            refusal_reason=application.refusal_reason,
        ),
        patent=_patent_facts(application),
        money=tuple(money),
        late=tuple(late),
        asked=asked,
    )


def _asked(application: Application) -> tuple[date, ...]:
    begun = Charge.objects.filter(
        receipt__application=application, status__in=["new", "pending"]
    ).order_by("-created_at", "-pk")
    return tuple(moscow_day(charge.created_at) for charge in begun)


def _patent_facts(application: Application) -> PatentFacts | None:
    patent = getattr(application, "patent", None)
    return patent and PatentFacts(
        series=patent.series,
        number=patent.number,
        issued_on=patent.issued_on,
        annulled_on=patent.annulled_on,
        annulled_reason=patent.annulled_reason,
        former=tuple(_former(day) for day in application.former_days.order_by("pk")),
    )


def _former(day) -> FormerDay:
    until = moscow_day(day.until_at) if day.until_at else date.max
    return FormerDay(day.issued_on, until, day.stands)


def _posted(person: Person) -> defaultdict[int, list[Money]]:
    found = defaultdict(list)
    placements = Placement.objects.months().filter(application__person=person)
    for row in placements.select_related("line"):
        found[row.application_id].append(_with_parts(row))
    return found


def _with_parts(row: Placement) -> Money:
    others = Placement.objects.matched().filter(completed_by=row).select_related("line")
    if not others:
        return _of_line(row)
    parts = sorted([*others, row], key=lambda one: (one.paid_on, one.line.posted_on))
    return replace(
        _of_line(row),
        amount=sum(one.amount for one in parts),
        posted_on=max(one.line.posted_on for one in parts),
        parts=tuple((one.amount, one.paid_on) for one in parts),
    )


def _counted(row: OpeningMonths) -> Money:
    patent = getattr(row.application, "patent", None)
    day = min(row.counted_on, patent.issued_on if patent else row.counted_on)
    return Money(row.amount, row.months, day, day, Channel.OPENING)


def _of_line(row: Placement) -> Money:
    channel = Channel.BANK
    if row.charge_id:
        channel = Channel.CHARGE
    elif row.till_payment_id:
        channel = Channel.TILL
    by_posting = row.line.paid_on is None and row.paid_on == row.line.posted_on
    return Money(
        row.amount,
        row.months,
        row.paid_on,
        row.line.posted_on,
        channel,
        by_posting=by_posting and channel == Channel.BANK,
    )


def _living(person: Person) -> dict[int, list[Money]]:
    found = defaultdict(list)
    charges = Charge.objects.unposted().filter(receipt__person=person)
    for charge in charges.select_related("receipt"):
        money = Money(charge.amount, charge.receipt.months, moscow_day(charge.captured_at))
        found[charge.receipt.application_id].append(money)
    for taken in TillPayment.objects.select_related("receipt"):
        if taken.receipt and taken.receipt.person_id == person.pk and _is_living(taken):
            money = Money(taken.amount, taken.months, taken.taken_on, channel=Channel.TILL)
            found[taken.receipt.application_id].append(money)
    for claim in Claim.objects.living().filter(application__person=person):
        found[claim.application_id].append(_shown(claim))
    return found


def _is_living(taken: TillPayment) -> bool:
    places = Placement.objects.filter(till_payment=taken, closed_at=None)
    return not TillPayment.objects.filter(corrects=taken) and not places


def _shown(claim: Claim) -> Money:
    return Money(
        claim.amount,
        claim.months,
        claim.day,
        channel=Channel.CLAIM,
        confirmed=claim.is_confirmed,
    )


def _queued(person: Person) -> defaultdict[int, list[LateMoney]]:
    found = defaultdict(list)
    waiting = Placement.objects.queued().filter(
        application__person=person, queue_reason__in=NAMED_WHILE_QUEUED
    )
    for row in waiting.select_related("line"):
        doubted = row.paid_on is None and row.queue_reason != "day_unknown"
        late = LateMoney(row.amount, row.paid_on, row.line.posted_on, doubted=doubted)
        found[row.application_id].append(late)
    return found


def _monthly(day: date) -> Decimal:
    """Zero when no tariff is known for the day: the sentence then names no sum."""
    tariff = Tariff.objects.on(day, settings.REGION).first()
    return tariff.monthly if tariff else Decimal(0)
