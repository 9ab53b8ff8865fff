"""Money on its way: what a person shows to whoever asks why no payment is visible."""

from datetime import date, timedelta

from accounts.models import Person
from common.clock import moscow_day, today
from payments.facts import standing_of
from payments.models import Charge, Claim
from payments.standing import TRANSIT_DAYS


def certificate(person: Person) -> dict:
    """The payments of the case, for whoever asks why none is visible or wants a cheque."""
    now = standing_of(person)
    return {
        "person": person,
        "today": today(),
        "standing": now,
        "posted": [money for money in now.paid if money.posted(now.today)],
        "charges": living(person),
        "claims": shown(person),
    }


def living(person: Person) -> list[tuple[Charge, date, date]]:
    """Charges on their way: each with the day of payment and the day it should be posted by."""
    charges = Charge.objects.unposted().filter(receipt__person=person)
    rows = []
    for charge in charges.select_related("receipt__application").order_by("captured_at"):
        paid_on = moscow_day(charge.captured_at)
        rows.append((charge, paid_on, paid_on + timedelta(days=TRANSIT_DAYS)))
    return rows


def shown(person: Person) -> list[tuple[Claim, date]]:
    """Cheques whose money is not found yet, each with the day it should be posted by."""
    claims = Claim.objects.living().filter(application__person=person).for_list()
    return [
        (claim, claim.day + timedelta(days=TRANSIT_DAYS))
        for claim in sorted(claims, key=lambda claim: (claim.day, claim.pk))
    ]
