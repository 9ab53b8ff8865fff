"""Rows that are made together and saved in the order in which they need each other."""

from dataclasses import dataclass, field
from datetime import date
from itertools import count
from random import Random

from django.db import connection, models, transaction

from accounts.models import LoginName, Passport, Person, Phone, TimelineEntry, User
from desk.models import Note
from journal.models import Look
from notifications.models import Message
from patents.models import Application, ApplicationStep, DocumentKind, Inn, Paper, Patent
from payments.models import (
    Charge,
    Claim,
    Outgoing,
    PayLink,
    Placement,
    Receipt,
    Statement,
    StatementLine,
    Till,
    TillPayment,
)


@dataclass
class Sample:
    """Rows by model; they are saved in the order in which they need each other."""

    today: date
    chance: Random
    statement: Statement
    kinds: list[DocumentKind]
    till: Till
    cashier: User
    requisites: dict
    rows: dict[type[models.Model], list] = field(default_factory=dict)
    plain: list[tuple] = field(default_factory=list)
    lines: count = field(default_factory=count)
    cheques: count = field(default_factory=count)

    def add(self, row):
        self.rows.setdefault(type(row), []).append(row)
        return row

    def about(self, person: Person, row):
        """A row that keeps the person's plain number, known when the person is saved."""
        self.plain.append((self.add(row), person))

    @transaction.atomic
    def save(self) -> None:
        """All or nothing: a line is committed together with its place."""
        for model in ORDER:
            for row, person in self.plain if model in (Look, Message) else ():
                row.person_id = person.pk
            model.objects.bulk_create(self.rows[model], batch_size=500)
        self._spread()

    def _spread(self) -> None:
        """Rows are stamped with the instant of their insertion; these lie where their days do."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for model, instant in INSTANTS.items():
                first = min(row.pk for row in self.rows[model])
                table = model._meta.db_table
                cursor.execute(f'UPDATE "{table}" SET {instant} WHERE id >= %s', [first])


ORDER = [
    *(User, Person, LoginName, Phone, Passport, Inn),
    *(Application, ApplicationStep, Paper, Patent),
    *(Receipt, Charge, PayLink, TillPayment, StatementLine, Placement, Claim, Outgoing),
    *(TimelineEntry, Note, Look, Message),
]
INSTANTS = {
    Application: "created_at = accepted_on",
    Patent: "created_at = issued_on",
    Receipt: "created_at = formed_on",
    Charge: "created_at = captured_at",
    PayLink: "created_at = good_through",
    Placement: "opened_at = paid_on + interval '3 days'",
    Claim: "created_at = paid_on + interval '2 days'",
    Message: "created_at = sent_at",
    TimelineEntry: "happened_at = happened_at - id %% 10 * interval '30 days'",
    Look: "looked_at = looked_at - id %% 300 * interval '1 day'",
}
