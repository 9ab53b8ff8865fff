"""The people of the simulation in PostgreSQL: what the portal itself wrote down on each day.

By COPY and with triggers asleep, for nothing here is judged: files, standings and money are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import connection, transaction

from bench.simulation import paper
from bench.simulation.names import name_of
from bench.simulation.people import CARD, TILL, Payment, Someone
from bench.stage.money_world import ACCOUNT, inn_of
from common.clock import MOSCOW
from common.copying import as_json, copy_into
from payments.models import Till, TillPayment
from payments.services.importing.completeness import open_account

ACCEPTED, READY = timedelta(days=20), timedelta(days=4)
AT_ELEVEN = time(11)
PERSON = (
    *("id", "last_name", "first_name", "middle_name", "latin_name", "birth_date"),
    *("citizenship_id", "language", "is_demo", "created_at"),
)
APPLICATION = (
    *("id", "person_id", "number", "status", "ground", "accepted_on", "ready_on"),
    *("refusal_reason", "refusal_advice", "refusal_digest", "refusal_incomplete", "inn_missing"),
    "created_at",
)
INN = ("id", "source", "received_at", "person_id", "value", "valid_from", "note")
PATENT = (
    *("id", "source", "received_at", "application_id", "series", "number", "issued_on"),
    *("profession", "annulled_reason", "annulled_source", "created_at"),
)
RECEIPT = (
    *("id", "reference", "person_id", "application_id", "months", "monthly", "amount"),
    *("formed_on", "snapshot", "status", "cancel_reason", "created_at"),
)
CHARGE = (
    *("id", "receipt_id", "application_id", "amount", "method", "idempotence_key", "provider_id"),
    *("status", "captured_at", "confirmation_url", "reason", "is_second", "created_at", "payers"),
    "order",
)
AT_TILL = (
    *("id", "till_id", "cheque_number", "taken_on", "receipt_id", "amount", "fiscal_sign"),
    *("asks_day", "recorded_by_id", "recorded_at"),
)


class World:
    """Days come one by one: `morning` writes what we ourselves know on a day."""

    def __init__(self, people: Sequence[Someone], start: date, cashier_id: int):
        self.cashier_id = cashier_id
        self.issued, self.papers = defaultdict(list), defaultdict(list)
        for one in people:
            self.issued[one.truth.issued_on].append(one)
            for payment in one.payments:
                if payment.is_of_a_paper and payment.order == payment.number:
                    self.papers[payment.on].append(payment)
        self._open(people, start)

    def _open(self, people: Sequence[Someone], start: date) -> None:
        open_account(number=ACCOUNT, counted_through=start - timedelta(days=1))
        self.till_id = Till.objects.get_or_create(name="Касса")[0].pk
        with _asleep():
            copy_into("accounts_person", PERSON, map(_person, people))
            copy_into("patents_application", APPLICATION, map(_application, people))
            copy_into("patents_inn", INN, map(_inn, people))

    def morning(self, day: date) -> None:
        issued, papers = self.issued.pop(day, []), self.papers.pop(day, [])
        with _asleep():
            self._issue(issued, day)
            copy_into("payments_receipt", RECEIPT, map(_receipt, papers))
            copy_into("payments_charge", CHARGE, map(_charge, _by(CARD, papers)))
            at_till = map(self._at_till, _by(TILL, papers))
            copy_into(TillPayment._meta.db_table, AT_TILL, at_till)

    def _issue(self, people: Sequence[Someone], day: date) -> None:
        copy_into("patents_patent", PATENT, map(_patent, people))
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE patents_application SET status = 'issued' WHERE id = ANY(%s)",
                [[one.number for one in people]],
            )

    def _at_till(self, one: Payment) -> tuple:
        rest = (one.amount, "", False, self.cashier_id, _at(one.on))
        return (one.number, self.till_id, str(one.number), one.on, one.number, *rest)


@contextmanager
def _asleep() -> Iterator[None]:
    """Rows that nobody checks: triggers and foreign keys sleep until the end of the block."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")


def _by(way: str, papers: Iterable[Payment]) -> Iterator[Payment]:
    return (one for one in papers if one.way == way)


def _at(day: date) -> datetime:
    return datetime.combine(day, AT_ELEVEN, MOSCOW)


def _person(one: Someone) -> tuple:
    return (
        one.number,
        *name_of(one.number),
        "",
        "1990-05-17",
        "UZB",
        "ru",
        False,
        _at(one.truth.issued_on),
    )


def _application(one: Someone) -> tuple:
    accepted, ready = one.truth.issued_on - ACCEPTED, one.truth.issued_on - READY
    said = (str(3_000_000 + one.number), "ready", "first", accepted, ready)
    return (one.number, one.number, *said, "", "", "", False, False, _at(one.truth.issued_on))


def _inn(one: Someone) -> tuple:
    since = one.truth.issued_on - ACCEPTED
    return (one.number, "desk", _at(since), one.number, inn_of(one.number), since, "")


def _patent(one: Someone) -> tuple:
    at, number = _at(one.truth.issued_on), f"{one.number:010d}"
    paper = ("77", number, one.truth.issued_on)
    return (one.number, "desk", at, one.number, *paper, "", "", "", at)


def _receipt(one: Payment) -> tuple:
    snapshot = {
        "account": ACCOUNT,
        "purpose": paper.purpose(one),
        "payer": {"inn": inn_of(one.person)},
    }
    sums = (one.months, one.amount // one.months, one.amount)
    said = (*sums, one.on, as_json(snapshot), "formed", "", _at(one.on))
    return (one.number, paper.reference(one), one.person, one.person, *said)


def _charge(one: Payment) -> tuple:
    key = UUID(int=one.number)
    owner = (one.number, one.number, one.person, one.amount, "bank_card", key, str(key))
    return (*owner, "succeeded", _at(one.on), "", "", False, _at(one.on), "{}", "{}")
