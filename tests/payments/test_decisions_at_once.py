"""Two decisions about one place, and a decision beside an import: one of them, never both."""

from datetime import date
from decimal import Decimal
from threading import Event

import pytest
from django.db import DatabaseError, IntegrityError, connection

from accounts.services import approvals
from common.errors import Refusal
from payments.models import Account, Place, Placement, QueueReason, RepeatDecision, Verdict
from payments.services.audit import audit
from payments.services.deciding import by_hand, put_away, repeats
from payments.services.deciding.by_hand import Share
from payments.services.importing import completeness
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from payments.services.ledger import ledger, returns
from payments.services.online.credits import keep_as_credit
from tests.at_once import PATIENCE, at_once, meeting
from tests.factories import ApplicationFactory, InnFactory, StaffFactory
from tests.payments.statement_files import order, piece, whole

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("february")]
DAY = date(2026, 2, 9)
INN_OF_ANOTHER = "500100732259"
GAP = 1.5  # seconds that an import stands still before it writes; a guarded deed waits for it


@pytest.fixture
def another(db):
    return ApplicationFactory(person=InnFactory(value=INN_OF_ANOTHER).person)


@pytest.fixture
def strangers(application):
    """10 000 that name nobody, in a piece of the day."""
    return shown(inn="")


def shown(**more) -> Placement:
    line = order(on=DAY, posted_on=DAY, **more)
    import_statement(content=piece(line, first=DAY), name="piece.txt")
    return Placement.objects.current().get()


def denied() -> None:
    import_statement(content=whole(first=DAY), name="day.txt")


def outcome(job):
    """What the job returned, or how it was refused."""

    def run():
        try:
            return job()
        except (Refusal, DatabaseError) as error:
            return error

    return run


def granted(asked):
    second = StaffFactory()
    return outcome(lambda: approvals.decide(approval=asked, granted=True, actor=second))


def unguarded(monkeypatch, service) -> None:
    monkeypatch.setattr(service, "hold_accounts", lambda numbers: None)


def fell(results: list) -> list[type]:
    return [type(one) for one in results if isinstance(one, Exception)]


def is_sound() -> bool:
    connection.check_constraints()
    return audit().faults == []


# --- two granted decisions about one place


def two_owners(row: Placement, *applications):
    return [
        granted(
            by_hand.ask(
                placement=row,
                shares=[Share(Decimal(10000), one.pk)],
                actor=StaffFactory(),
                reason="чек",
            )
        )
        for one in applications
    ]


def test_of_two_decisions_at_once_one_moves_the_money(strangers, application, another, monkeypatch):
    jobs = two_owners(strangers, application, another)
    meeting(monkeypatch, by_hand, "hold_accounts", 2)

    results = at_once(*jobs)

    assert [issubclass(one, Refusal) for one in fell(results)] == [True]
    assert Placement.objects.current().count() == 1
    assert is_sound()


def test_twin_without_the_account_held_the_second_decision_stumbles(
    strangers, application, another, monkeypatch
):
    jobs = two_owners(strangers, application, another)
    unguarded(monkeypatch, by_hand)
    meeting(monkeypatch, by_hand, "give", 2)

    assert fell(at_once(*jobs)) == [IntegrityError]


# --- a decision beside an import that denies the line


def given(row: Placement, application):
    [job, *_others] = two_owners(row, application)
    return job


def set_aside(row: Placement, application):
    to, actor = Place.SET_ASIDE, StaffFactory()
    return granted(put_away.ask(placement=row, to=to, actor=actor, reason="не наше"))


def matched_again(row: Placement, application):
    """The payer's INN is known by now."""
    InnFactory(person=ApplicationFactory().person, value=INN_OF_ANOTHER)
    return outcome(lambda: ledger.match_again(placements=[row]))


def returned(row: Placement, application):
    type(application).objects.update(status="refused", refused_on=DAY, refusal_reason="x")
    application.refresh_from_db()
    keep_as_credit(application=application, actor=StaffFactory(), reason="отказ")
    credit = Placement.objects.credit().get()
    return granted(returns.ask_return(placement=credit, actor=StaffFactory(), reason="возврат"))


DEEDS = [
    pytest.param(by_hand, given, "", id="given by hand"),
    pytest.param(put_away, set_aside, "", id="set aside"),
    pytest.param(ledger, matched_again, INN_OF_ANOTHER, id="matched again"),
    pytest.param(returns, returned, None, id="returned"),
]


def beside_an_import(monkeypatch, deed) -> list:
    """The deed begins when the import has read where the money is, and has not moved it yet."""
    reached, over, in_doubt = Event(), Event(), ledger.in_doubt

    def stand_still(*args, **kwargs):
        reached.set()
        over.wait(timeout=GAP)
        return in_doubt(*args, **kwargs)

    def then():
        reached.wait(timeout=PATIENCE)
        try:
            return deed()
        finally:
            over.set()

    monkeypatch.setattr(ledger, "in_doubt", stand_still)
    return at_once(outcome(denied), then)


def line_of(inn: str | None) -> dict:
    return {} if inn is None else {"inn": inn}


@pytest.mark.parametrize(("service", "deed", "inn"), DEEDS)
def test_a_deed_beside_an_import_waits_for_it(service, deed, inn, application, monkeypatch):
    if inn is None:
        application.patent.delete()
    job = deed(shown(**line_of(inn)), application)

    results = beside_an_import(monkeypatch, job)

    assert [one for one in fell(results) if not issubclass(one, Refusal)] == []
    row = Placement.objects.current().get()
    assert row.queue_reason == QueueReason.REPEAT
    assert is_sound()


@pytest.mark.parametrize(("service", "deed", "inn"), DEEDS)
def test_twin_a_deed_that_holds_no_account_breaks_the_import_or_itself(
    service, deed, inn, application, monkeypatch
):
    if inn is None:
        application.patent.delete()
    job = deed(shown(**line_of(inn)), application)
    unguarded(monkeypatch, service)

    [error] = fell(beside_an_import(monkeypatch, job))
    assert issubclass(error, DatabaseError)


# --- two words about a possible repeat


@pytest.fixture
def doubtful(db):
    """Nobody's: decisions about a person's money wait for each other by the person already."""
    for sender in ("A", "B"):
        line = order(on=DAY, posted_on=DAY)
        import_statement(content=piece(line, first=DAY, formed="", sender=sender), name="x.txt")
    return Placement.objects.queued().get(queue_reason=QueueReason.REPEAT)


def two_words(row: Placement) -> list:
    return [
        granted(repeats.ask(placement=row, verdict=one, actor=StaffFactory(), reason="письмо"))
        for one in Verdict
    ]


def test_of_two_words_about_one_line_one_is_heard(doubtful, monkeypatch):
    jobs = two_words(doubtful)
    meeting(monkeypatch, repeats, "hold_accounts", 2)

    results = at_once(*jobs)

    assert [issubclass(one, Refusal) for one in fell(results)] == [True]
    assert RepeatDecision.objects.standing().count() == 1
    assert is_sound()


def test_twin_without_the_account_held_the_second_word_stumbles(doubtful, monkeypatch):
    jobs = two_words(doubtful)
    unguarded(monkeypatch, repeats)
    meeting(monkeypatch, repeats, "_remember", 2)

    assert fell(at_once(*jobs)) == [IntegrityError]


# --- an account that two meet for the first time


def opened():
    return outcome(lambda: open_account(number="new", counted_through=DAY))


def test_an_account_met_by_two_at_once_is_one(monkeypatch):
    meeting(monkeypatch, completeness, "hold_accounts", 2)

    first, second = at_once(opened(), opened())

    assert first == second


def test_twin_without_the_name_held_one_of_the_two_stumbles(monkeypatch):
    unguarded(monkeypatch, completeness)
    meeting(monkeypatch, Account.objects, "create", 2)

    assert fell(at_once(opened(), opened())) == [IntegrityError]
