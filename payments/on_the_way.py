"""Payments of a person that are on their way, whoever saw them: what a certificate is made of."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from accounts.models import Person
from common.clock import moscow_day, today
from patents.models import Application
from payments.codes import SeenBy
from payments.models import Charge, Claim, TillPayment
from payments.reference import display
from payments.standing import TRANSIT_DAYS, Money
from payments.standing.counting import is_traced


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """A payment that the Treasury has not shown. `source` is the row that vouches for it."""

    source: Charge | TillPayment | Claim
    application: Application
    amount: Decimal
    months: int
    paid_on: date
    seen_by: SeenBy
    papers: str  # the receipt's number, or what stands on the cheque

    @property
    def key(self) -> str:
        """How a form names it: «charge-12»."""
        return f"{self.source._meta.model_name}-{self.source.pk}"

    @property
    def expected_by(self) -> date:
        return self.paid_on + timedelta(days=TRANSIT_DAYS)

    @property
    def day_no(self) -> int:
        """From 1 to 7."""
        return min(TRANSIT_DAYS, max(1, (today() - self.paid_on).days))

    @property
    def is_only_shown(self) -> bool:
        return self.seen_by == SeenBy.SHOWN_CHEQUE

    def is_searched(self, known_through: date | None) -> bool:
        """Its days are over and the statements reach that far: a stopped feed starts no search."""
        return is_traced(Money(self.amount, self.months, self.paid_on), known_through, today())


def of_person(person: Person) -> list[OnTheWay]:
    """Earliest first."""
    found = [of_charge(charge) for charge in _charges(person)]
    found += [of_till(taken) for taken in _tills(person)]
    found += [of_claim(claim) for claim in _claims(person)]
    return sorted(found, key=lambda one: (one.paid_on, one.key))


def of_charge(charge: Charge) -> OnTheWay:
    receipt = charge.receipt
    return OnTheWay(
        source=charge,
        application=receipt.application,
        amount=charge.amount,
        months=receipt.months,
        paid_on=moscow_day(charge.captured_at),
        seen_by=SeenBy.ACQUIRER,
        papers=display(receipt.reference),
    )


def of_till(taken: TillPayment) -> OnTheWay:
    receipt = taken.receipt
    return OnTheWay(
        source=taken,
        application=receipt.application,
        amount=taken.amount,
        months=receipt.months,
        paid_on=taken.taken_on,
        seen_by=SeenBy.SHOWN_CHEQUE if taken.asks_day else SeenBy.TILL,
        papers=display(receipt.reference),
    )


def of_claim(claim: Claim) -> OnTheWay:
    return OnTheWay(
        source=claim,
        application=claim.application,
        amount=claim.amount,
        months=claim.months,
        paid_on=claim.day,
        seen_by=SeenBy.CHECKED_CHEQUE if claim.is_confirmed else SeenBy.SHOWN_CHEQUE,
        papers=" ".join(filter(None, [claim.bank, claim.document_number])),
    )


def _charges(person: Person):
    charges = Charge.objects.unposted().filter(receipt__person=person)
    return charges.select_related("receipt__application__patent")


def _tills(person: Person):
    tills = TillPayment.objects.unposted().filter(receipt__person=person)
    return tills.select_related("receipt__application__patent")


def _claims(person: Person):
    claims = Claim.objects.living().whole().filter(application__person=person)
    return claims.select_related("application__patent")
