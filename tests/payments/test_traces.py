"""After seven days a payment is searched for, once; while statements are silent, never."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from django.db import connection, connections
from django.urls import reverse

from journal.models import JobRun, Look
from notifications.models import Message
from payments import messages
from payments.models import Account, Charge, Trace
from payments.services.claims.claims import confirm, show_cheque
from payments.services.claims.traces import search_every_hour, start_traces
from payments.services.importing.statements import import_statement
from payments.services.ledger.ledger import hold_as_repeat
from payments.services.online.charges import record_taken
from payments.services.papers.receipts import form_receipt
from payments.tasks import search_for_money
from tests.at_once import at_once, meeting
from tests.factories import AccountFactory, PlacementFactory, StaffFactory
from tests.guards import without_rule
from tests.payments.statement_files import ACQUIRER_ACCOUNT, order, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
TRACED = messages.PAYMENT_TRACED.code


@pytest.fixture
def first_month(application):
    """Covered through 14 February."""
    PlacementFactory(application=application)
    return application


@pytest.fixture
def taken(first_month):
    """A month paid by card on 9 February."""
    paper = form_receipt(application=first_month, months=1, on=date(2026, 2, 9))
    noon = datetime(2026, 2, 9, 9, tzinfo=UTC)
    return record_taken(receipt=paper, provider_id="taken", captured_at=noon)


def known_through(day: date) -> None:
    AccountFactory()
    Account.objects.update(complete_through=day)


@pytest.fixture
def eighth_day(february):
    """The 17th: seven days are over, and statements reach through them."""
    february.move_to(datetime(2026, 2, 17, 9, tzinfo=UTC))
    known_through(date(2026, 2, 16))


@pytest.mark.usefixtures("eighth_day")
def test_after_seven_days_a_search_begins_and_the_person_is_told(taken):
    assert start_traces() == 1

    trace = Trace.objects.get()
    assert (trace.charge, trace.amount, trace.paid_on) == (taken, taken.amount, date(2026, 2, 9))
    assert Message.objects.get(event=TRACED).person_id == taken.receipt.person_id
    assert taken.receipt.person.timeline.filter(kind="payments.traced").count() == 1


@pytest.mark.usefixtures("eighth_day", "taken")
def test_the_person_is_told_once_however_often_one_looks():
    found = [start_traces() for _hour in range(3)]

    assert (found, Message.objects.filter(event=TRACED).count()) == ([1, 0, 0], 1)


@pytest.mark.parametrize(
    ("today", "reach"),
    [
        (date(2026, 2, 16), date(2026, 2, 16)),  # the seventh day itself
        (date(2026, 2, 17), date(2026, 2, 15)),  # statements do not reach so far
        (date(2026, 3, 10), date(2026, 2, 15)),  # nor after weeks of silence
    ],
)
def test_nothing_is_searched_for_while_the_money_may_be_on_its_way(taken, february, today, reach):
    february.move_to(datetime(today.year, today.month, today.day, 9, tzinfo=UTC))
    known_through(reach)

    assert start_traces() == 0


def test_without_any_account_nothing_is_searched_for(taken, february):
    february.move_to(datetime(2026, 2, 20, 9, tzinfo=UTC))

    assert start_traces() == 0


@pytest.mark.usefixtures("eighth_day")
def test_a_shown_cheque_is_searched_for_by_the_day_that_staff_read_on_it(first_month):
    claim = show_cheque(
        application=first_month,
        amount=10_000,
        paid_on=date(2026, 2, 12),
        bank="",
        document_number="",
        cheque=None,
    )
    assert start_traces() == 0

    confirm(claim=claim, paid_on=date(2026, 2, 9), actor=StaffFactory())

    assert start_traces() == 1
    assert Trace.objects.get().claim == claim


def acquirers_line(charge: Charge) -> bytes:
    options = {"purpose": charge.receipt.snapshot["purpose"], "payer_account": ACQUIRER_ACCOUNT}
    day = date(2026, 2, 17)
    return whole(order(on=day, posted_on=day, **options), first=day)


@pytest.mark.usefixtures("eighth_day")
def test_the_line_that_posts_the_money_ends_its_search_and_stops_the_message(taken):
    start_traces()
    trace = Trace.objects.get()
    assert messages.PAYMENT_TRACED.still_true(trace.pk)

    import_statement(content=acquirers_line(taken), name="file.txt")

    assert not Trace.objects.open().exists()
    assert not messages.PAYMENT_TRACED.still_true(trace.pk)


@pytest.mark.usefixtures("eighth_day")
def test_a_line_that_was_a_repeat_opens_the_search_again_and_tells_nobody_twice(taken):
    start_traces()
    import_statement(content=acquirers_line(taken), name="file.txt")
    [placement] = taken.placements.all()

    hold_as_repeat(line=placement.line, proven=True, reason="a copy")

    assert Trace.objects.open().count() == 1
    assert start_traces() == 0


# --- the job


@pytest.mark.usefixtures("eighth_day", "taken")
def test_an_hour_is_searched_once_whoever_asks(february):
    assert search_every_hour() == 1
    assert search_every_hour() is None

    february.move_to(datetime(2026, 2, 17, 10, tzinfo=UTC))
    assert search_every_hour() == 0
    assert JobRun.objects.filter(finished_at__isnull=False).count() == 2


@pytest.mark.usefixtures("eighth_day", "taken")
def test_the_task_searches():
    search_for_money()

    assert Trace.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_at_once_start_one_search(taken, eighth_day):
    def start(_number):
        try:
            return start_traces()
        finally:
            connections.close_all()

    connection.close()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(start, range(4)))

    assert (sum(found), Message.objects.filter(event=TRACED).count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_twin_without_the_constraint_two_schedulers_tell_of_it_twice(
    taken, eighth_day, monkeypatch
):
    meeting(monkeypatch, Trace, "save", 2)

    with without_rule(Trace, "charge_id"):
        assert at_once(start_traces, start_traces) == [1, 1]

        assert Message.objects.filter(event=TRACED).count() == 2


# --- the desk


@pytest.mark.usefixtures("eighth_day")
def test_staff_see_what_is_searched_for_and_for_how_long(client, taken):
    start_traces()
    client.force_login(StaffFactory())
    index = client.get(reverse("admin:index")).content.decode()
    page = client.get(reverse("admin:payments_trace_changelist")).content.decode()

    assert reverse("admin:payments_trace_changelist") in index
    assert taken.provider_id in page
    assert '<td class="field-days">8</td>' in page


@pytest.mark.usefixtures("eighth_day")
def test_what_was_found_leaves_the_list_and_stays_in_its_history(client, taken):
    start_traces()
    import_statement(content=acquirers_line(taken), name="file.txt")
    client.force_login(StaffFactory())
    url = reverse("admin:payments_trace_changelist")

    assert taken.provider_id not in client.get(url).content.decode()
    assert taken.provider_id in client.get(url, {"shown": "all"}).content.decode()


@pytest.mark.usefixtures("eighth_day")
@pytest.mark.parametrize("page", ["change", "history"])
def test_a_search_opens_and_the_look_is_written_down(client, taken, page):
    start_traces()
    client.force_login(StaffFactory())

    answer = client.get(reverse(f"admin:payments_trace_{page}", args=[Trace.objects.get().pk]))

    assert answer.status_code == 200
    assert Look.objects.filter(person_id=taken.receipt.person_id).exists()
