"""While an import stands still between two of its slices, nobody else does."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from threading import Event, Thread

import pytest
from django.db import OperationalError, connection, transaction

from patents.models import Patent
from payments.models import Charge, Placement, QueueReason, Statement
from payments.services import audit
from payments.services.importing import posting, slices, statements
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from payments.services.online.charges import refresh_by_provider_id, start_charge
from tests.payments.statement_files import ACCOUNT, ACQUIRER_ACCOUNT, order, whole

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("february", "one_line_a_slice"),
]
TODAY, TOMORROW = date(2026, 2, 10), date(2026, 2, 11)
LONG = whole(*[order(number=str(n), inn="", posted_on=TOMORROW) for n in range(3)], first=TOMORROW)


@pytest.fixture
def one_line_a_slice(monkeypatch):
    monkeypatch.setattr(slices, "LINES_AT_ONCE", 1)


@pytest.fixture
def patience():
    """Whoever waits for a lock gives up soon."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '500ms'")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = 0")


@pytest.fixture
def charge(receipt, acquirer) -> Charge:
    """Its line came before the acquirer's word, which must therefore move money of the account."""
    Patent.objects.update(issued_on=TODAY)
    open_account(number=ACCOUNT, counted_through=date(2026, 2, 1))
    charge = start_charge(receipt=receipt)
    told = order(on=TODAY, posted_on=TODAY, inn="0", purpose=receipt.snapshot["purpose"])
    told["ПлательщикСчет"] = ACQUIRER_ACCOUNT
    import_statement(content=whole(told, first=TODAY), name="early.txt")
    assert Placement.objects.queued().get().queue_reason == QueueReason.DAY_UNKNOWN
    acquirer.pay(charge.provider_id, captured_at="2026-02-10T08:30:00.000Z")
    return charge


@contextmanager
def an_import_in_the_middle(monkeypatch) -> Iterator[None]:
    """Another thread imports; after its first slice it stands still until the block ends."""
    reached, go_on, post = Event(), Event(), posting.post

    def post_and_stand(one):
        placed = post(one)
        reached.set()
        go_on.wait(timeout=30)
        return placed

    monkeypatch.setattr(posting, "post", post_and_stand)
    thread = Thread(target=_import)
    thread.start()
    try:
        assert reached.wait(timeout=30)
        yield
    finally:
        go_on.set()
        thread.join()


def _import() -> None:
    try:
        import_statement(content=LONG, name="long.txt")
    finally:
        connection.close()


def test_the_acquirers_word_does_not_wait_for_an_import(charge, patience, monkeypatch):
    with an_import_in_the_middle(monkeypatch):
        refresh_by_provider_id(charge.provider_id)

        assert Placement.objects.matched().get().charge == charge
        assert Statement.objects.filter(finished_at__isnull=True).count() == 1

    assert not Statement.objects.filter(finished_at__isnull=True).exists()
    assert not audit.audit().faults


def test_twin_with_one_transaction_for_all_slices_the_word_waits(charge, patience, monkeypatch):
    post = statements._post
    monkeypatch.setattr(statements, "_post", lambda *given: _at_once(post, *given))

    with an_import_in_the_middle(monkeypatch), pytest.raises(OperationalError, match="lock"):
        refresh_by_provider_id(charge.provider_id)

    assert not Placement.objects.matched().exists()


def _at_once(post, *given):
    with transaction.atomic():
        return post(*given)
