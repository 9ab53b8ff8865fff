"""Money on its way: what a person shows to whoever asks why no payment is visible."""

from datetime import date, timedelta

from accounts.models import Person
from common.clock import moscow_day, today
from payments import on_the_way
from payments.codes import SeenBy, is_genuine, unpack, voice_shown
from payments.facts import standing_of
from payments.models import Charge, SignedCode
from payments.on_the_way import OnTheWay
from payments.standing import TRANSIT_DAYS, Standing


def certificate(person: Person) -> dict:
    """The payments of the case, for whoever asks why none is visible or wants a cheque."""
    now = standing_of(person)
    return {
        "person": person,
        "today": today(),
        "standing": now,
        "posted": [money for money in now.paid if money.posted(now.today)],
        "rows": [_row(one, now) for one in on_the_way.of_person(person)],
        "codes": [_code(row) for row in _alive(person)],
    }


def _row(payment: OnTheWay, now: Standing) -> dict:
    return {
        "payment": payment,
        "is_card": payment.seen_by == SeenBy.ACQUIRER,
        "is_at_till": payment.seen_by == SeenBy.TILL,
        "is_over": payment.expected_by < now.today,
        "is_searched": payment.is_searched(now.complete_through),
    }


def _alive(person: Person) -> list[SignedCode]:
    rows = SignedCode.objects.alive(today()).of_payments().filter(application__person=person)
    return [row for row in rows if is_genuine(row.code)]


def _code(row: SignedCode) -> dict:
    return {"row": row, "voice": voice_shown(row.serial), "said": unpack(row.code)}


def living(person: Person) -> list[tuple[Charge, date, date]]:
    """Charges on their way: each with the day of payment and the day it should be posted by."""
    charges = Charge.objects.unposted().filter(receipt__person=person)
    rows = []
    for charge in charges.select_related("receipt__application").order_by("captured_at"):
        paid_on = moscow_day(charge.captured_at)
        rows.append((charge, paid_on, paid_on + timedelta(days=TRANSIT_DAYS)))
    return rows
