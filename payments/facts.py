"""The facts of a person, read for the standing: one question, whatever their history."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, QuerySet

from accounts.models import Email, Person
from common.clock import moscow_day, today
from common.questions import Answer, Parts, Question
from notifications.models import Channel as MessageChannel
from notifications.models import Preference, Topic
from patents.models import Application, FormerDay
from patents.workdays import expected_ready_on
from payments.halves import halves_of
from payments.models import (
    Account,
    Charge,
    Claim,
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
    LateMoney,
    Money,
    PatentFacts,
    Standing,
    standing,
)
from payments.standing import FormerDay as FormerIssue

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
# Money still comes by a cancelled paper, and to an account that was changed; but nobody waits for
# the account of an ancient paper, nor for one that ended and whose statements ended, too.
STILL_PAID = 31  # days from the end of either to the last covered day
MARKERS = {"person": -7_001, "day": date(1, 1, 7)}


def standing_of(person: Person, day: date | None = None) -> Standing:
    """Where the person stands on a Moscow day, today unless given."""
    day = day or today()
    return standing(known_facts(person, day), day)


def standings_of(people: Sequence[int], day: date) -> Iterator[tuple[int, Standing]]:
    """As `standing_of`, for many people by their keys: one question to the database."""
    answers = QUESTION.ask_of_each("person", people, day=day)
    for person_id, rows in zip(people, answers, strict=True):
        yield person_id, standing(facts_said(rows, day), day)


def case_of(application: Application, day: date) -> Case | None:
    """The facts of one application."""
    cases = known_facts(application.person, day).cases
    return next((case for case in cases if case.application.number == application.number), None)


def known_facts(person: Person, day: date) -> Facts:
    """All facts of a person, with how far the statements reach."""
    return facts_said(QUESTION.ask(person=person.pk, day=day), day)


def parts(person: int, day: date) -> Parts:
    """The rows that a standing needs; a page may ask them together with its own."""
    applications = Application.objects.filter(person_id=person).order_by("accepted_on", "pk")
    former = FormerDay.objects.filter(application__person_id=person)
    placements = Placement.objects.filter(application__person_id=person)
    claims = Claim.objects.living().filter(application__person_id=person)
    begun = Charge.objects.open().filter(receipt__person_id=person)
    charges = Charge.objects.unposted().filter(receipt__person_id=person)
    tills = TillPayment.objects.unposted().filter(receipt__person_id=person)
    open_or_not = [ReceiptStatus.FORMED, ReceiptStatus.CANCELLED]
    papers = Receipt.objects.filter(person_id=person, status__in=open_or_not)
    return {
        "cases": applications.values_list("pk", *APPLICATION, *PATENT, *OPENING),
        "former": former.values_list(*FORMER),
        "posted": placements.matched().values_list(*POSTED),
        "queued": placements.queued()
        .filter(queue_reason__in=NAMED_WHILE_QUEUED)
        .values_list(*QUEUED),
        "maybe": Placement.objects.queued()
        .filter(may_be_of__overlap=ArraySubquery(applications.order_by().values("pk")))
        .values_list(*MAYBE),
        "charges": charges.values_list(*CHARGE),
        "asked": begun.values_list("receipt__application_id", "created_at"),
        "tills": tills.values_list(*TILL),
        "claims": claims.values_list(*CLAIM),
        "papers": papers.values_list("snapshot__account", "cancelled_at"),
        "tariff": Tariff.objects.on(day, settings.REGION).values_list("monthly"),
        "requisites": Requisites.objects.filter(region=settings.REGION).values_list(*IN_FORCE),
        "accounts": Account.objects.values_list("number", "complete_through"),
        "unreminded": _unreminded(person).values_list("pk"),
    }


def _unreminded(person: int) -> QuerySet:
    """A row when the person switched off every way by which a reminder would reach them."""
    off = Preference.objects.filter(person_id=person, topic=Topic.REMINDERS, on=False)
    email = Email.objects.current().filter(person_id=person)
    by_letter = Exists(email) & ~Exists(off.filter(channel=MessageChannel.EMAIL))
    return off.filter(channel=MessageChannel.SMS).exclude(by_letter)


APPLICATION = (
    *("number", "status", "accepted_on", "first_paid_on", "ready_on"),
    *("refused_on", "refusal_reason"),
)
PATENT = tuple(
    f"patent__{name}"
    for name in ("series", "number", "issued_on", "annulled_on", "annulled_reason")
)
FORMER = ("application_id", "issued_on", "until_at", "stands")
OPENING = tuple(f"opening_months__{name}" for name in ("amount", "months", "counted_on"))
POSTED = (
    *("application_id", "amount", "months", "paid_on"),
    *("line__posted_on", "charge_id", "till_payment_id", "line__paid_on"),
    "line__shared__pk",
    *("id", "completed_by_id"),
)
QUEUED = ("application_id", "amount", "paid_on", "line__posted_on", "queue_reason")
MAYBE = ("may_be_of", "amount", "line__paid_on", "line__posted_on", "line__shared__pk")
CHARGE = ("receipt__application_id", "amount", "receipt__months", "captured_at")
TILL = ("receipt__application_id", "amount", "receipt__months", "taken_on", "asks_day")
CLAIM = ("application_id", "amount", "months", "paid_on", "proven_on")
IN_FORCE = ("valid_from", "valid_until", "account")
QUESTION = Question(parts, **MARKERS)


def facts_said(rows: Answer, day: date) -> Facts:
    """The facts in the answer to `parts`; what nobody knows of the tariff is a price of zero."""
    money, late, asked, former = money_of(rows), _late(rows), _asked(rows), former_of(rows)
    maybe, halves = _maybe(rows), halves_of(rows["claims"])
    facts = Facts(
        cases=tuple(
            replace(
                _case(row, money[row[0]], late[row[0]], asked[row[0]], former[row[0]]),
                maybe=tuple(maybe[row[0]]),
                halves=halves.get(row[0], ()),
            )
            for row in rows["cases"]
        ),
        monthly=rows.value("tariff") or Decimal(0),
        reminded=rows.first("unreminded") is None,
    )
    first_look = standing(facts, day)
    complete = _complete_through(rows, first_look.last_covered or day)
    return replace(facts, complete_through=complete)


def _complete_through(rows: Answer, day: date) -> date | None:
    """The earliest of the accounts whose requisites were in force on the day, or stand on the
    person's receipts: open ones, and those cancelled so late that money may have come by them.
    Not an account that is over. None while one of the accounts has no statements at all."""
    in_force = {
        account
        for valid_from, valid_until, account in rows["requisites"]
        if valid_from <= day and (valid_until is None or day <= valid_until)
    }
    since = day - timedelta(days=STILL_PAID)
    papers = {account for account, at in rows["papers"] if at is None or moscow_day(at) >= since}
    numbers = in_force | papers - _over(rows, since)
    known = [through for number, through in rows["accounts"] if number in numbers]
    return min(known) if numbers and len(known) == len(numbers) else None


def _over(rows: Answer, since: date) -> set[str]:
    """Accounts whose requisites all ended before a day, and whose statements reach no day after."""
    last = {}
    for _valid_from, valid_until, account in rows["requisites"]:
        last[account] = max(last.get(account, date.min), valid_until or date.max)
    reached = {number for number, through in rows["accounts"] if through >= since}
    return {account for account, day in last.items() if day < since} - reached


def _case(
    row: tuple,
    money: list[Money],
    late: list[LateMoney],
    asked: list[date],
    former: list[FormerIssue],
) -> Case:
    number, status, accepted_on, first_paid_on, ready_on, refused_on, reason = row[1:8]
    patent = PatentFacts(*row[8:13], tuple(former)) if row[8] is not None else None
    before = row[13:]
    course = Application(accepted_on=accepted_on, first_paid_on=first_paid_on)
    return Case(
        application=ApplicationFacts(
            number=number,
            status=status,
            accepted_on=accepted_on,
            ready_on=ready_on,
            expected_ready_on=expected_ready_on(course),
            refused_on=refused_on,
            refusal_reason=reason,
        ),
        patent=patent,
        money=(*counted_at_opening(*before, patent and patent.issued_on), *money),
        late=tuple(late),
        asked=tuple(asked),
    )


def opening_money(application: Application) -> tuple[Money, ...]:
    """What was counted for an application at go-live. Costs nothing where it was read together
    with its patent and `opening_months`."""
    counted = getattr(application, "opening_months", None)
    if counted is None:
        return ()
    patent = getattr(application, "patent", None)
    row = (counted.amount, counted.months, counted.counted_on)
    return counted_at_opening(*row, patent and patent.issued_on)


def counted_at_opening(amount, months, counted_on, issued_on: date | None) -> tuple[Money, ...]:
    """Months counted at go-live: paid and posted on the day of issue, so always in time.

    Before the patent is issued they were there by the day of the opening.
    """
    if not months:
        return ()
    day = min(counted_on, issued_on or counted_on)
    return (Money(amount, months, day, day, Channel.OPENING),)


def money_of(rows: Answer | dict) -> defaultdict[int, list[Money]]:
    """Posted and living money by application."""
    found, parts = defaultdict(list), _parts_of_months(rows)
    for application, *placed, key, completed_by in rows["posted"]:
        if completed_by is None:
            found[application].append(_together(_of_line(*placed), parts[key]))
    for application, amount, months, captured_at in rows["charges"]:
        found[application].append(Money(amount, months, moscow_day(captured_at)))
    for application, amount, months, taken_on, asks_day in rows["tills"]:
        cash = Money(amount, months, taken_on, channel=Channel.TILL, confirmed=not asks_day)
        found[application].append(cash)
    for application, amount, months, paid_on, proven_on in rows["claims"]:
        if not months:
            continue
        shown = Money(amount, months, proven_on or paid_on, channel=Channel.CLAIM)
        found[application].append(replace(shown, confirmed=proven_on is not None))
    return found


def _parts_of_months(rows: Answer | dict) -> defaultdict[int, list[Money]]:
    """By the place that completed them."""
    found = defaultdict(list)
    for _application, *placed, _key, completed_by in rows["posted"]:
        if completed_by is not None:
            found[completed_by].append(_of_line(*placed))
    return found


def _together(last: Money, others: list[Money]) -> Money:
    """Months from parts are paid by the last of them, and posted when all of them are."""
    if not others:
        return last
    parts = sorted([*others, last], key=lambda money: (money.paid_on, money.posted_on))
    return replace(
        last,
        amount=sum(money.amount for money in parts),
        posted_on=max(money.posted_on for money in parts),
        parts=tuple((money.amount, money.paid_on) for money in parts),
    )


def _of_line(
    amount, months, paid_on, posted_on, charge, till_payment, order_paid_on, shared
) -> Money:
    channel = Channel.CHARGE if charge else Channel.TILL if till_payment else Channel.BANK
    no_day = order_paid_on is None or shared is not None
    by_posting = no_day and paid_on == posted_on and channel == Channel.BANK
    return Money(amount, months, paid_on, posted_on, channel, by_posting=by_posting)


def former_of(rows: Answer | dict) -> defaultdict[int, list[FormerIssue]]:
    """Days of issue that stood before, by application."""
    found = defaultdict(list)
    for application, issued_on, until_at, stands in rows["former"]:
        until = moscow_day(until_at) if until_at else date.max
        found[application].append(FormerIssue(issued_on, until, stands))
    return found


def standing_days(applications: Iterable[int]) -> QuerySet:
    """Rows for `former_of`: only days by which two of the staff said that money is in time."""
    found = FormerDay.objects.standing().filter(application__in=applications)
    return found.values_list(*FORMER)


def _late(rows: Answer) -> defaultdict[int, list[LateMoney]]:
    found = defaultdict(list)
    for application, amount, paid_on, posted_on, reason in rows["queued"]:
        doubted = paid_on is None and reason != QueueReason.DAY_UNKNOWN
        found[application].append(LateMoney(amount, paid_on, posted_on, doubted=doubted))
    return found


def _maybe(rows: Answer) -> defaultdict[int, list[LateMoney]]:
    """Waiting money that may be of an application, and of others."""
    found = defaultdict(list)
    for applications, amount, paid_on, posted_on, shared in rows["maybe"]:
        day = None if shared else paid_on
        for application in applications:
            found[application].append(LateMoney(amount, day, posted_on, doubted=True))
    return found


def _asked(rows: Answer) -> defaultdict[int, list[date]]:
    found = defaultdict(list)
    for application, begun_at in rows["asked"]:
        found[application].append(moscow_day(begun_at))
    return found
