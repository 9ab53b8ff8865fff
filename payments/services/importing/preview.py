"""What a file would do: it is imported whole, read, and taken back; nobody hears of it.

For small files that come rarely, registers first of all: a spoilt column shows before it is money.
"""

import os
from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import BinaryIO

from django.db import OperationalError, transaction
from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from common.errors import Refusal
from payments import outcome
from payments.models import Place, Placement, QueueReason, Statement
from payments.reconciliation import Sums
from payments.services.importing.staging import run
from payments.services.importing.statements import ImportResult, import_statement
from payments.services.ledger.locks import give_back_all
from payments.statements.formats import content_hash_of, must_not_be_too_big

MAX_BYTES = 2 * 1024**2  # about a second of work, for which webhooks of the account wait
PATIENCE = "5s"
AT_MOST = 50


class ImportGoesOn(Refusal):
    message = _("A file is being imported into this account. Look again in a minute.")


@dataclass(frozen=True, slots=True)
class Row:
    """A line as it is read, and where its money would go; by the ids of people, not their names."""

    posted_on: date
    paid_on: date | None
    number: str
    amount: Decimal
    inn: str
    place: str
    reason: str
    application: str
    person_id: int | None


@dataclass(frozen=True, slots=True)
class Account:
    """What the file says of one account; `held`: it would wait for a release."""

    number: str
    first_day: date
    last_day: date
    amount: Decimal
    held: bool
    ways: tuple[Sums, ...]
    reasons: tuple[Sums, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    result: ImportResult
    is_known: bool
    accounts: tuple[Account, ...]
    rows: tuple[Row, ...]

    @property
    def people(self) -> set[int]:
        return {row.person_id for row in self.rows if row.person_id}

    @property
    def more(self) -> int:
        return max(0, self.result.lines - len(self.rows))

    @property
    def same_inn(self) -> list[tuple[str, int]]:
        """INNs that many lines share: a column that a table has spoilt looks so."""
        counts = Counter(row.inn for row in self.rows if row.inn)
        return [(inn, count) for inn, count in counts.most_common() if count > 2]


def look(*, content: BinaryIO, name: str) -> Preview:
    """Nothing is kept. Raises NotAStatement as the import does, ImportGoesOn."""
    must_not_be_too_big(content.seek(0, os.SEEK_END), MAX_BYTES)
    try:
        return _looked(content, name)
    except OperationalError as error:
        raise ImportGoesOn from error
    finally:
        give_back_all()  # an aborted transaction gives no lock of its connection back by itself


def _looked(content: BinaryIO, name: str) -> Preview:
    with transaction.atomic():
        run(f"SET LOCAL lock_timeout = '{PATIENCE}'")
        is_known = Statement.objects.filter(content_hash=content_hash_of(content)).exists()
        result = import_statement(content=content, name=name)
        found = Statement.objects.filter(content_hash=content_hash_of(content))
        seen = list(found.select_related("account").order_by("pk"))
        rows = tuple(row for one in seen for row in _rows(one))[:AT_MOST]
        preview = Preview(result, is_known, tuple(map(_account, seen)), rows)
        transaction.set_rollback(True)
    return preview


def _account(statement: Statement) -> Account:
    found = outcome.of(statement)
    queued = Placement.objects.queued().filter(line__in=outcome.lines_of(statement))
    sums = queued.values_list("queue_reason").annotate(count=Count("pk"), total=Sum("amount"))
    return Account(
        number=statement.account.number,
        first_day=statement.first_day,
        last_day=statement.last_day,
        amount=statement.incoming,
        held=statement.is_held,
        ways=tuple(row for row in found.ways if row.count),
        reasons=tuple(
            Sums(QueueReason(kind).label, count, total)
            for kind, count, total in sums.order_by("queue_reason")
        ),
    )


def _rows(statement: Statement) -> list[Row]:
    lines = outcome.lines_of(statement).order_by("pk")[:AT_MOST]
    places = Placement.objects.current().filter(line__in=[line.pk for line in lines])
    places = places.select_related("line", "application").order_by("line", "pk")
    return [_row(place) for place in places]


def _row(place: Placement) -> Row:
    line, owner = place.line, place.application
    return Row(
        posted_on=line.posted_on,
        paid_on=place.paid_on or line.paid_on,
        number=line.document_number,
        amount=place.amount,
        inn=line.payer_inn,
        place=Place(place.place).label,
        reason=place.reason,
        application=owner.number if owner else "",
        person_id=owner.person_id if owner else None,
    )
