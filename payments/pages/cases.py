"""The cases of a person one by one, and the receipts their money names."""

from dataclasses import replace

from accounts.models import Person
from common.clock import today
from payments import history
from payments.models import Placement, TillPayment
from payments.pages.certificates import living
from payments.standing import Case, Facts, Standing, standing


def alone(facts: Facts, case: Case) -> Standing:
    """The standing of one case, as if there were no other."""
    return standing(replace(facts, cases=(case,)), today())


def newest_first(facts: Facts) -> list[Case]:
    return sorted(
        facts.cases, key=lambda case: (case.application.accepted_on, case.application.number)
    )[::-1]


def references(person: Person) -> list[tuple[history.Likeness, str]]:
    return _posted_references(person) + _living_references(person) + _till_references(person)


def _posted_references(person: Person) -> list[tuple[history.Likeness, str]]:
    rows = Placement.objects.matched().filter(application__person=person, receipt__isnull=False)
    values = rows.values_list(
        "amount", "months", "paid_on", "line__posted_on", "receipt__reference"
    )
    return [(tuple(found[:4]), found[4]) for found in values]


def _living_references(person: Person) -> list[tuple[history.Likeness, str]]:
    return [
        ((charge.amount, charge.receipt.months, paid_on, None), charge.receipt.reference)
        for charge, paid_on, _expected in living(person)
    ]


def _till_references(person: Person) -> list[tuple[history.Likeness, str]]:
    rows = TillPayment.objects.unposted().filter(receipt__person=person)
    values = rows.values_list("amount", "receipt__months", "taken_on", "receipt__reference")
    return [((*found[:3], None), found[3]) for found in values]
