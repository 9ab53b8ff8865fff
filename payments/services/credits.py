"""A person's credit: money that is theirs and prolongs nothing yet.

It comes from a sum that did not fit and from a refused application; it becomes months of the next
payment or of the next application. The tax office, not the portal, gives posted money back.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from accounts.models import Person, User
from accounts.services import record
from common.errors import Refusal
from journal.history import because, plainly
from patents.models import Application, ApplicationStatus
from payments import matching, timeline
from payments.errors import CreditBesidePage
from payments.facts import standing_of
from payments.matching import MoneyIn, Part
from payments.matching.credit import credit
from payments.models import Charge, Place, Placement
from payments.pricing import monthly_on
from payments.room import months_left
from payments.services.books import Books
from payments.services.locks import hold_accounts
from payments.services.open_pages import ask_about_open_pages
from payments.services.payers import locked_payer

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
    is_in_parts: bool = False  # enough for a month, but no part of it alone

    @property
    def over(self) -> Decimal:
        """What is to be read before more is paid: with it a month needs no new money."""
        return self.amount if self.months or self.is_in_parts else Decimal(0)


def surplus_of(person: Person) -> Surplus:
    """As pages say it, without a lock: the service counts anew."""
    rows = Placement.objects.surplus().filter(application__person=person).order_by("paid_on", "pk")
    amount = sum((row.amount for row in rows), Decimal(0))
    months = sum(_whole_months(row) for row in rows)
    paid = tuple((row.amount, row.paid_on) for row in rows)
    if not months:
        return Surplus(amount, 0, paid, _is_month_in_parts(rows, amount))
    return Surplus(amount, min(months, _room(person)), paid)


def _is_month_in_parts(rows: Sequence[Placement], amount: Decimal) -> bool:
    """A month costs what it did on the day of its last rouble; the ledger cannot join parts yet
    (docs/decisions/017), so the person is told and staff are asked."""
    monthly = monthly_on(max(row.paid_on for row in rows)) if len(rows) > 1 else None
    return monthly is not None and amount >= monthly


def _whole_months(row: Placement) -> int:
    monthly = monthly_on(row.paid_on)
    return int(row.amount // monthly) if monthly else 0


def _room(person: Person) -> int:
    """Months that the case a person stands in can still take."""
    case = standing_of(person).case
    if case is None or case.application.status == ApplicationStatus.REFUSED:
        return 0
    return months_left(Application.objects.get(number=case.application.number))


def count_credit(*, person: Person, actor: User | None = None) -> int:
    """Count what a person has over as months; returns how many. The person hears of each line.

    Late money stays where it is: staff decide about it. Raises NothingToCount; CreditBesidePage
    while somebody may be paying for the same month. No transaction may be open: the acquirer is
    asked first.
    """
    ask_about_open_pages(person=person)
    return _counted(person, actor)


@transaction.atomic
def _counted(person: Person, actor: User | None) -> int:
    rows = _held(Placement.objects.surplus().filter(application__person=person))
    payer, books, months = locked_payer(person.pk), Books(actor), 0
    _require_no_page(person)
    for row in rows:
        parts = _of_row(row, matching.spend(_money(row), payer, monthly_on, row.application_id))
        if all(part.place != Place.MATCHED for part in parts):
            continue
        books.instead(row, parts, payer)
        payer = matching.applied(payer, parts, row.line.posted_on)
        months += sum(part.months for part in parts)
    if not months:
        raise NothingToCount
    with plainly(COUNTED if actor else ""):
        books.write()
    return months


def _require_no_page(person: Person) -> None:
    """A page opens with its application locked, and so do we hold it: none opens meanwhile."""
    page = Charge.objects.open().filter(receipt__person=person).order_by("pk").first()
    if page:
        raise CreditBesidePage(page)


@transaction.atomic
def keep_as_credit(*, application: Application, actor: User, reason: str) -> Decimal:
    """All that was posted for a refused application becomes the person's credit; returns the sum.

    Raises NotRefused. Money that the acquirer took and no line has shown is refunded there.
    """
    rows = _held(Placement.objects.of_refused().filter(application=application))
    locked_payer(application.person_id)
    application.refresh_from_db(fields=["status"])
    if application.status != ApplicationStatus.REFUSED:
        raise NotRefused
    books, total = Books(actor), sum((row.amount for row in rows), Decimal(0))
    for row in rows:
        books.instead(row, _of_row(row, (credit(row.amount, _money(row), application.pk),)))
    because(reason)
    books.write()
    if total:
        facts = {"amount": total, "application": application.number}
        record(person=application.person, kind=timeline.CREDITED, facts=facts, actor=actor)
    return total


def _held(rows) -> list[Placement]:
    """The accounts first, as everyone who moves money; then what is current under them."""
    hold_accounts(rows.values_list("line__account__number", flat=True))
    return list(rows.select_related("line").order_by("paid_on", "pk"))


def _money(row: Placement) -> MoneyIn:
    return MoneyIn(row.amount, row.line.posted_on, row.paid_on or row.line.posted_on)


def _of_row(row: Placement, parts: Sequence[Part]) -> tuple[Part, ...]:
    """Who took the money goes with the first part of a row and its receipt with the last: both
    stay spoken for, and neither is settled twice."""
    if not parts:
        return ()
    *front, last = parts
    first, *others = (*front, replace(last, receipt_id=row.receipt_id))
    taken = replace(first, charge_id=row.charge_id, till_payment_id=row.till_payment_id)
    return (taken, *others)
