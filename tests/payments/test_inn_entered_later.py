"""Money whose worker's INN we learn after its line posts by itself, within the hour."""

from datetime import date, timedelta

import pytest

from accounts.services import approvals
from common import clock
from notifications.models import Message
from patents.services.inns import enter_inn
from payments.facts import standing_of
from payments.models import Place, Placement, QueueReason
from payments.services.audit import audit
from payments.services.deciding import put_away
from payments.services.importing import likely, now_known
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from tests.factories import PatentFactory, PlacementFactory, StaffFactory
from tests.payments.statement_files import ACCOUNT, order, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
PAID, THEIRS = date(2026, 2, 9), "500100732259"


@pytest.fixture
def worker(february):
    """The first month is posted; nobody knows the INN."""
    open_account(number=ACCOUNT, counted_through=date(2026, 2, 8))
    application = PatentFactory(issued_on=date(2026, 1, 15)).application
    PlacementFactory(application=application)
    return application.person


@pytest.fixture
def waits(worker):
    line = order(on=PAID, posted_on=PAID, inn=THEIRS, payer="ИВАНОВА А А")
    import_statement(content=whole(line, first=PAID), name="file.txt")
    row = Placement.objects.queued().get()
    assert row.queue_reason == QueueReason.UNKNOWN_PAYER
    return row


@pytest.fixture
def an_hour_later(february):
    def go() -> None:
        february.move_to(clock.now() + timedelta(hours=1, minutes=1))
        likely.weigh_waiting()

    return go


def inn_becomes_known(person) -> None:
    enter_inn(person=person, value=THEIRS, on=PAID)


def test_when_the_inn_is_entered_the_line_posts_by_itself(waits, worker, an_hour_later):
    faults = audit().faults  # of the fixture: its statement has no file
    inn_becomes_known(worker)
    an_hour_later()

    row = Placement.objects.current().get(line=waits.line)
    assert (row.place, row.months, row.decided_by) == (Place.MATCHED, 1, None)
    assert row.application.person == worker
    assert standing_of(worker).months == 2
    assert Message.objects.filter(event="payments.posted", person_id=worker.pk).count() == 1
    assert audit().faults == faults


def test_without_news_it_waits_and_nothing_is_written(waits, an_hour_later):
    an_hour_later()

    assert Placement.objects.current().get(line=waits.line).pk == waits.pk


def test_what_staff_let_wait_is_theirs_to_decide(waits, worker, an_hour_later):
    for asked in (
        lambda row: put_away.ask(placement=row, to=Place.SET_ASIDE, **said()),
        lambda row: put_away.ask_back(placement=row, **said()),
    ):
        row = Placement.objects.current().get(line=waits.line)
        approvals.decide(approval=asked(row), granted=True, actor=StaffFactory())
    inn_becomes_known(worker)

    an_hour_later()

    assert Placement.objects.current().get(line=waits.line).place == Place.QUEUE


def said() -> dict:
    return {"actor": StaffFactory(), "reason": "проверяем"}


def test_one_that_fails_harms_no_other(waits, worker, an_hour_later, monkeypatch, caplog):
    def fails(**said):
        raise ArithmeticError

    inn_becomes_known(worker)
    monkeypatch.setattr(now_known, "match_again", fails)

    an_hour_later()

    row = Placement.objects.queued().get()
    assert row.may_be_of == [worker.applications.get().pk]
    assert f"waiting money {row.pk}" in caplog.text
