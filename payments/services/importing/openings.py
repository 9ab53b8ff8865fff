"""The position that a centre goes live with: all of the file, or nothing and every reason."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from accounts.models import Country, Person
from accounts.services import Newcomer, bring_people, record_many
from common import clock
from common.errors import Refusal
from common.formats import day_year
from journal.history import acting
from patents.models import Application
from patents.services.openings import Course, bring_applications, bring_inns
from patents.services.papers import FirstPapers
from payments import timeline
from payments.models import Account, Opening, OpeningMonths, Placement
from payments.opening.book import read
from payments.opening.faults import Faults, OpeningRefused
from payments.opening.known import refuse_known
from payments.opening.position import Fact, Position, position
from payments.services.importing import completeness
from payments.services.ledger import ledger
from payments.services.ledger.locks import hold_accounts

AT_ONCE = 2000
BROUGHT = gettext_noop("Brought with the opening position.")


class OpenedAlready(Refusal):
    """There is one opening; the same file or another one changes nothing any more."""

    def __init__(self, opening: Opening, *, same: bool):
        said = (
            _("This file was taken in on %(day)s already. Nothing has changed.")
            if same
            else _("The opening position was taken in on %(day)s from %(file)s. There is only one.")
        )
        day = day_year(clock.moscow_day(opening.taken_at))
        super().__init__(said % {"day": day, "file": opening.file_name})


class TakenMeanwhile(Refusal):
    message = gettext_lazy(
        "Somebody wrote the same people down at this very moment. Start the command again."
    )


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in, or, when only checked, what would be; `without_phone` are people whose
    first password cannot go by SMS."""

    people: int
    applications: int
    patents: int
    months: int
    without_phone: int


def check_opening(*, content: bytes) -> Taken:
    """Everything that `import_opening` checks, and nothing written. Raises as it does."""
    return _taken(_agreed(content))


def import_opening(*, content: bytes, name: str) -> Taken:
    """Take the position in. Raises OpenedAlready, OpeningRefused with all reasons, or, where the
    file cannot be read, another Refusal; then nothing of it is kept."""
    try:
        with transaction.atomic(), acting(None, BROUGHT):
            hold_accounts(Account.objects.values_list("number", flat=True))
            found = _agreed(content)
            _write(found, content, name)
    except IntegrityError as error:
        raise TakenMeanwhile from error
    return _taken(found)


def _agreed(content: bytes) -> Position:
    _refuse_again(content)
    faults = Faults()
    found = position(read(content), _countries(), faults)
    refuse_known(found, faults)
    if faults:
        raise OpeningRefused(faults)
    return found


def _refuse_again(content: bytes) -> None:
    before = Opening.objects.first()
    if before is not None:
        raise OpenedAlready(before, same=before.content_hash == _hash(content))


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _countries() -> dict[str, str]:
    names = {}
    for country in Country.objects.all():
        for name in (country.code, country.name, str(country)):
            names[name.casefold()] = country.code
    return names


def _taken(found: Position) -> Taken:
    [totals] = found.totals
    phones = [row for row in found.people if row["centre_sim"] or row["own_phone"]]
    counts = {key: totals[key] for key in ("people", "applications", "patents", "months")}
    return Taken(**counts, without_phone=len(found.people) - len(phones))


# --- writing


def _write(found: Position, content: bytes, name: str) -> None:
    people = _people(found)
    applications = _applications(found, people)
    opening = _opening(found, content, name)
    _months(found, opening, applications)
    for row in found.accounts:
        completeness.open_account(number=row["account"], counted_through=row["counted_through"])
    # Lines after the opening may have waited for people whom nobody knew.
    ledger.match_again(placements=Placement.objects.queued())


def _people(found: Position) -> dict[str, Person]:
    """By their code in the file."""
    numbers, since = defaultdict(list), {}
    for row in found.applications:
        numbers[row["person"]].append(row["number"])
        day = row["accepted_on"]
        since[row["person"]] = min(day, since.get(row["person"], day))
    newcomers = [
        _newcomer(row, tuple(numbers[row["person"]]), since.get(row["person"], clock.today()))
        for row in found.people
    ]
    people = bring_people(newcomers)
    codes = [row["person"] for row in found.people]
    bring_inns(
        (person, row["inn"], row["inn_since"] or clock.today())
        for person, row in zip(people, found.people, strict=True)
        if row["inn"]
    )
    return dict(zip(codes, people, strict=True))


OF_PERSON = ("last_name", "first_name", "middle_name", "latin_name", "birth_date", "language")


def _newcomer(row: Fact, numbers: tuple[str, ...], since: date) -> Newcomer:
    facts = {key: row[key] for key in OF_PERSON} | {"citizenship_id": row["citizenship"]}
    phones = {key: row[key] for key in ("centre_sim", "own_phone")}
    return Newcomer(facts, row["passport"], since, numbers=numbers, **phones)


OF_APPLICATION = (
    *("number", "status", "accepted_on", "ready_on", "refused_on", "refusal_reason"),
    "first_paid_on",
)
OF_PAPERS = ("migration_card", "registration_slip", "registered_until")
OF_PATENT = ("series", "issued_on", "profession", "annulled_on", "annulled_reason")


def _applications(found: Position, people: dict[str, Person]) -> dict[str, Application]:
    """By number."""
    patents = found.patent_of()
    courses = [
        Course(
            person=people[row["person"]],
            facts={key: row[key] for key in OF_APPLICATION},
            sent_on=row["sent_on"],
            papers=FirstPapers(**{key: row[key] for key in OF_PAPERS}),
            patent=_patent(patents.get(row["number"])),
        )
        for row in found.applications
    ]
    return {application.number: application for application in bring_applications(courses)}


def _patent(row: Fact | None) -> dict | None:
    return row and {key: row[key] for key in OF_PATENT} | {"number": row["patent_number"]}


def _opening(found: Position, content: bytes, name: str) -> Opening:
    [totals] = found.totals
    return Opening.objects.create(
        content_hash=_hash(content),
        file_name=name[-200:],
        persons=totals["people"],
        applications=totals["applications"],
        patents=totals["patents"],
        months=totals["months"],
        amount=totals["amount"],
    )


def _months(found: Position, opening: Opening, applications: dict[str, Application]) -> None:
    counted_on = max(row["counted_through"] for row in found.accounts)
    rows = [
        OpeningMonths(
            opening=opening,
            application=applications[row["number"]],
            months=row["months"],
            amount=row["amount"],
            counted_on=row["first_paid_on"] or counted_on,
        )
        for row in found.applications
        if row["months"]
    ]
    OpeningMonths.objects.bulk_create(rows, batch_size=AT_ONCE)
    record_many(
        (row.application.person, timeline.COUNTED, {"months": row.months, "amount": row.amount})
        for row in rows
    )
