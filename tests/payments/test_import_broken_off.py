"""An import that is killed at any point goes on when the file comes again, with the same books."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from common import clock
from payments.models import Account, Place, Placement, Sighting, Statement, StatementLine
from payments.services import audit
from payments.services.claims.traces import start_traces
from payments.services.importing import oddness, posting, released, slices, staging, statements
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from payments.services.ledger import ledger
from payments.services.ledger.books import Books
from tests.factories import ApplicationFactory, InnFactory, ReceiptFactory, StaffFactory
from tests.payments.statement_files import ACCOUNT, INN, POSTED, order, piece, whole

pytestmark = pytest.mark.django_db(transaction=True)

OTHER_INN = "770400050666"
FILE = whole(
    order(),
    order(),
    order(number="2", inn=OTHER_INN),
    order(number="3", inn=""),
    order(number="4", inn="", amount="77.00"),
)
AFTER = [
    (statements, "_begin"),
    (oddness, "is_believed"),
    (released, "settle_denied"),
    (slices, "share_out"),
    (slices, "keep"),
    (Books, "_open"),
    (Books, "write"),
    (ledger, "place"),
    (posting, "post"),
    (released, "finish"),
    (staging, "_stage"),
]


class Killed(BaseException):
    """As a signal: nobody catches it."""


@pytest.fixture(autouse=True)
def people():
    for inn in (INN, OTHER_INN):
        ApplicationFactory(person=InnFactory(value=inn).person)
    open_account(number=ACCOUNT, counted_through=date(2026, 2, 10))


@pytest.fixture(autouse=True)
def one_line_a_slice(monkeypatch):
    monkeypatch.setattr(slices, "LINES_AT_ONCE", 1)


def take(content: bytes = FILE):
    return import_statement(content=content, name="file.txt")


def killed_after(monkeypatch, owner, name: str, times: int) -> bool:
    """Whether there were so many; the stage itself was done when the kill came."""
    does, calls = getattr(owner, name), []

    def do_and_die(*args, **options):
        result = does(*args, **options)
        calls.append(name)
        if len(calls) == times:
            raise Killed
        return result

    with monkeypatch.context() as patched:
        patched.setattr(owner, name, do_and_die)
        with suppress(Killed):
            take()
    return len(calls) == times


def books() -> list[tuple]:
    rows = Placement.objects.current().values_list(
        *("line__digest", "line__occurrence", "place", "queue_reason", "amount", "months")
    )
    return sorted(rows)


def complete() -> date:
    return Account.objects.get().complete_through


@pytest.mark.parametrize("times", [1, 2, 3])
@pytest.mark.parametrize(("owner", "name"), AFTER, ids=[name for _owner, name in AFTER])
def test_killed_after_any_stage_the_file_comes_again_and_nothing_is_amiss(
    monkeypatch, owner, name, times
):
    came_so_far = killed_after(monkeypatch, owner, name, times)
    assert not audit.audit().faults
    assert (complete() == POSTED) == (not came_so_far or name == "finish")

    result = take()

    assert result.lines == 5
    assert complete() == POSTED
    assert not audit.audit().faults
    places = [row[2] for row in books()]
    assert sorted(places) == [Place.MATCHED] * 3 + [Place.QUEUE] * 2
    assert Statement.objects.count() == 1
    assert sum(Sighting.objects.values_list("count", flat=True)) == 5


def test_a_kill_while_staging_leaves_nothing(monkeypatch):
    assert killed_after(monkeypatch, staging, "_row", 2)

    assert not Statement.objects.exists()
    assert not StatementLine.objects.exists()


def test_a_killed_import_gives_its_lock_back(monkeypatch):
    killed_after(monkeypatch, statements, "_begin", 1)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
        )
        assert cursor.fetchone() == (0,)


def test_another_file_between_the_kill_and_the_second_try_changes_nothing(monkeypatch):
    overlapping = piece(order(), order(number="5", inn=OTHER_INN), number="8")
    killed_after(monkeypatch, posting, "post", 1)
    take(overlapping)
    take()
    one_way = books()

    assert not audit.audit().faults
    assert len(one_way) == 6
    assert sum(months for *_rest, months in one_way) == 3


def test_lines_that_are_not_read_yet_hold_lapses_and_searches_back(monkeypatch):
    """The promise: whose money may be in an unread line is told nothing."""
    ReceiptFactory()
    before = complete()

    killed_after(monkeypatch, posting, "post", 1)

    assert complete() == before
    assert start_traces() == 0


def test_a_broken_off_import_waits_for_staff_and_the_same_file_ends_it(monkeypatch, client):
    client.force_login(StaffFactory(is_superuser=True))
    with time_machine.travel(clock.now() - timedelta(hours=2), tick=True):
        killed_after(monkeypatch, posting, "post", 1)
    statement = Statement.objects.broken_off().get()

    page = reverse("admin:payments_statement_change", args=[statement.pk])
    assert reverse("admin:payments_statement_upload") in client.get(page).content.decode()
    assert kinds_that_wait(client) == 1

    take()
    assert kinds_that_wait(client) == 0
    assert reverse("admin:payments_statement_upload") not in client.get(page).content.decode()


def kinds_that_wait(client) -> int:
    """Whether the first page of the desk speaks of broken-off imports."""
    address = f"{reverse('admin:payments_statement_changelist')}?held_at__isnull=True"
    return client.get(reverse("admin:index")).content.decode().count(address)


def test_an_import_that_just_began_is_not_called_broken_off(monkeypatch):
    killed_after(monkeypatch, posting, "post", 1)

    assert not Statement.objects.broken_off().exists()
