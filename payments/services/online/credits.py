"""A person's credit: money that is theirs and prolongs nothing yet.

It comes from a sum that did not fit and from a refused application; it becomes months of the next
payment or of the next application. The tax office, not the portal, gives posted money back.
"""

from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from accounts.models import Approval, ApprovalKind, Person, User
from accounts.services import record
from common.errors import Refusal
from journal.history import because, plainly
from patents.models import Application, ApplicationStatus
from payments import matching, timeline
from payments.errors import CreditBesidePage
from payments.facts import standing_of
from payments.matching import MoneyIn
from payments.matching.credit import credit
from payments.models import Charge, Place, Placement
from payments.pricing import monthly_on
from payments.room import months_left
from payments.services.ledger import elsewhere, joining, ledger
from payments.services.ledger.books import Books
from payments.services.ledger.locks import hold_accounts
from payments.services.ledger.payers import locked_payer
from payments.services.online.open_pages import ask_about_open_pages

PAID = ("application__person_id", "months", "amount", "paid_on")
COUNTED = gettext_noop("The person's credit was counted as months.")


class NotRefused(Refusal):
    message = _("This application was not refused: its money stays with its months.")


class NothingToCount(Refusal):
    message = _(
        "This money does not buy a whole month yet. It stays yours and waits for the next payment."
    )


@dataclass(frozen=True, slots=True)
class Surplus:
    """What a person has over; `months` is what it buys now, `amount` all of it."""

    amount: Decimal = Decimal(0)
    months: int = 0
    paid: tuple[tuple[Decimal, date], ...] = ()  # each sum with its day of payment

    @property
    def over(self) -> Decimal:
        """What is to be read before more is paid: with it a month needs no new money."""
        return self.amount if self.months else Decimal(0)


def surplus_of(person: Person) -> Surplus:
    """As pages say it, without a lock: the service counts anew."""
    rows = Placement.objects.surplus().filter(application__person=person).order_by("paid_on", "pk")
    paid = tuple((row.amount, row.paid_on) for row in rows)
    months = matching.months_in(paid, monthly_on)
    amount = sum((amount for amount, _day in paid), Decimal(0))
    return Surplus(amount, min(months, _room(person)) if months else 0, paid)


def _room(person: Person) -> int:
    """Months that the case a person stands in can still take."""
    case = standing_of(person).case
    if case is None or case.application.status == ApplicationStatus.REFUSED:
        return 0
    return months_left(Application.objects.get(number=case.application.number))


def count_credit(*, person: Person, actor: User | None = None) -> int:
    """Count what a person has over as months; returns how many. The person hears of each line.

    Late money stays where it is, for staff decide about it, unless these months show that it was
    paid in time: then it counts, too. Raises NothingToCount; CreditBesidePage
    while somebody may be paying for the same month. No transaction may be open: the acquirer is
    asked first.
    """
    ask_about_open_pages(person=person)
    return _counted(person, actor)


@transaction.atomic
def _counted(person: Person, actor: User | None) -> int:
    over, joint = (
        rows.filter(application__person=person)
        for rows in (Placement.objects.surplus(), Placement.objects.joint())
    )
    waiting = ledger.may_be_timely_of([person.pk])
    _hold_accounts_of(over, joint, waiting)
    payer = locked_payer(person.pk)
    _require_no_page(person)
    plan = joining.plan(payer, _read(over), _read(joint))
    if plan.new <= 0:
        raise NothingToCount
    with plainly(COUNTED if actor else ""):
        joining.carry_out(plan, payer, actor)
    ledger.match_again(placements=waiting)
    return plan.new


def count_what_is_over() -> int:
    """Count for everybody whose money over makes a month; returns how many people it helped.

    Whoever has asked for the money back, or may be paying on an open page, is left alone.
    """
    helped = 0
    for person in Person.objects.filter(pk__in=_who_have_enough()).order_by("pk"):
        with suppress(NothingToCount, CreditBesidePage):
            count_credit(person=person)
            helped += 1
    return helped


def _who_have_enough() -> list[int]:
    """Whose money over makes months, alone or with the parts of months that count already."""
    asked_back = Approval.objects.open().filter(kind=ApprovalKind.RETURN, person__isnull=False)
    over = Placement.objects.surplus()
    over = over.exclude(application__person__in=asked_back.values("person"))
    people = over.values("application__person")
    joint = Placement.objects.joint().filter(application__person__in=people)
    sums, counted, price = defaultdict(list), Counter(), cache(monthly_on)
    for person_id, months, *paid in [*over.values_list(*PAID), *joint.values_list(*PAID)]:
        sums[person_id].append(tuple(paid))
        counted[person_id] += months
    return [one for one, some in sums.items() if matching.months_in(some, price) > counted[one]]


def _require_no_page(person: Person) -> None:
    """A page opens with its application locked, and so do we hold it: none opens meanwhile."""
    page = Charge.objects.open().filter(receipt__person=person).order_by("pk").first()
    if page:
        raise CreditBesidePage(page)


@transaction.atomic
def keep_as_credit(*, application: Application, actor: User, reason: str) -> Decimal:
    """All that was posted for a refused application becomes the person's credit; returns the sum.
    Waiting money whose codes lead elsewhere stays: two of the staff decide about it.

    Raises NotRefused. Money that the acquirer took and no line has shown is refunded there.
    """
    refused = Placement.objects.of_refused().filter(application=application)
    _hold_accounts_of(refused)
    locked_payer(application.person_id)
    application.refresh_from_db(fields=["status"])
    if application.status != ApplicationStatus.REFUSED:
        raise NotRefused
    rows = _ours(_read(refused))
    books, total = Books(actor), sum((row.amount for row in rows), Decimal(0))
    for row in rows:
        books.instead(row, joining.of_row(row, (credit(_money(row), application.pk),)))
    because(reason)
    books.write()
    if total:
        facts = {"amount": total, "application": application.number}
        record(person=application.person, kind=timeline.CREDITED, facts=facts, actor=actor)
    return total


def _ours(rows: list[Placement]) -> list[Placement]:
    """Of what two of the staff undid no sign is left but the codes of its line."""
    astray = elsewhere.of_lines([row.line_id for row in rows])
    return [row for row in rows if row.place == Place.MATCHED or row.line_id not in astray]


def _hold_accounts_of(*rows: QuerySet) -> None:
    """The accounts first, as everyone who moves money."""
    numbers = (some.values_list("line__account__number", flat=True) for some in rows)
    hold_accounts({number for some in numbers for number in some})


def _read(rows: QuerySet) -> list[Placement]:
    return list(rows.select_related("line").order_by("paid_on", "pk"))


def _money(row: Placement) -> MoneyIn:
    return MoneyIn(row.amount, row.line.posted_on, row.paid_on or row.line.posted_on)
