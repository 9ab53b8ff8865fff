"""Whose day the day of an order is: of one payment, never of many that it gathers."""

from datetime import date, timedelta

import pytest
import time_machine

from notifications.models import Message, MessageStatus
from payments.facts import standing_of
from payments.models import Account, Placement, QueueReason, SharedDay, Statement, StatementLine
from payments.services import audit
from payments.services.importing import released
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from payments.services.ledger import anew
from payments.standing import State
from tests.factories import (
    ApplicationFactory,
    InnFactory,
    PatentFactory,
    PlacementFactory,
    RegisterFactory,
    StaffFactory,
)
from tests.payments.gis_gmp_files import BY_INN, notice, package
from tests.payments.statement_files import (
    ACCOUNT,
    ACQUIRER_ACCOUNT,
    POSTED,
    order,
    piece,
    whole,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 5)
ONE = order(purpose="Каримов, ИНН 775100004210")
OTHER = order(purpose="Саидов, ИНН 500100732259")
ACQUIRER_INN = "7799123455"


@pytest.fixture(autouse=True)
def account():
    return open_account(number=ACCOUNT, counted_through=date(2026, 1, 1))


def days(content: bytes) -> list[date | None]:
    """The days of the lines as kept, in the order of their numbers and texts."""
    import_statement(content=content, name="file.txt")
    rows = StatementLine.objects.order_by("document_number", "purpose", "occurrence")
    return list(rows.values_list("paid_on", flat=True))


def test_a_consolidated_order_has_no_day_for_its_workers():
    assert days(whole(ONE, OTHER, order(number="9"))) == [None, None, DAY]


def test_one_payment_that_is_posted_again_on_another_day_keeps_its_own(account):
    """A file denied it, the next one shows it: that is no order of many workers."""
    days(whole(ONE))
    import_statement(content=whole(first=POSTED), name="denied.txt")
    later = order(purpose="Каримов, ИНН 775100004210", posted_on=POSTED + timedelta(days=1))

    assert days(whole(later, first=POSTED + timedelta(days=1))) == [DAY, DAY]
    assert not SharedDay.objects.exists()


def test_two_equal_orders_are_two_payments_and_keep_their_day():
    assert days(whole(order(), order())) == [DAY, DAY]


@pytest.mark.parametrize(
    "acquirers_order",
    [
        order(payer_account=ACQUIRER_ACCOUNT),
        order(inn=ACQUIRER_INN),
        order(Плательщик=f"ИНН {ACQUIRER_INN} ООО НКО «Платежи»"),
    ],
    ids=["by the account", "by the INN", "by the INN before the name"],
)
def test_an_order_of_the_acquirer_has_no_day_even_for_one_worker(settings, acquirers_order):
    settings.ACQUIRER_PAYERS = [ACQUIRER_ACCOUNT, ACQUIRER_INN]

    assert days(whole(acquirers_order)) == [None]


def test_rows_of_a_register_with_days_of_their_own_keep_them_under_one_order(account):
    RegisterFactory(account=account, document_number="Поручение")
    heads = "Поручение;Дата зачисления;Дата операции;ФИО;ИНН;Сумма"
    rows = [
        "77;11.02.2026;05.02.2026;КАРИМОВ ТИМУР;;10000",
        "77;11.02.2026;06.02.2026;САИДОВ АЛИ;;10000.01",
    ]

    found = days("\r\n".join([heads, *rows, ""]).encode("cp1251"))

    assert sorted(found) == [DAY, date(2026, 2, 6)]


def test_notifications_of_one_order_keep_the_days_of_their_payments():
    """Each tells of one payment, whatever order the bank sent the money with."""
    number = "10471020010005233009201500000003"
    more = notice(payer=BY_INN, payment_id=number, amount="1000001")

    found = days(package(notice(payer=BY_INN), more))

    assert len(found) == 2
    assert None not in found


# --- a day that another file takes away


@pytest.fixture
def workers():
    """Covered through 14 February; each of the two lines of order 55 names one of them."""
    found = []
    for inn, number in (("775100004210", "2600000001"), ("500100732259", "2600000002")):
        application = ApplicationFactory(person=InnFactory(value=inn).person, status="issued")
        PatentFactory(application=application, number=number)
        PlacementFactory(application=application)
        found.append(application)
    return found


LATE_ORDER = {"number": "55", "on": date(2026, 2, 16), "posted_on": date(2026, 2, 18), "inn": ""}
OF_ONE = order(purpose="Каримов, ИНН 775100004210", **LATE_ORDER)
OF_OTHER = order(purpose="Саидов, ИНН 500100732259", **LATE_ORDER)
ON_18_POSTED = {"posted_on": date(2026, 2, 18)}
ON_18 = {"first": date(2026, 2, 18)}
MORNING = piece(OF_ONE, number="1", formed="{same} 09:00:00", **ON_18)
NOON = piece(OF_OTHER, number="2", formed="{same} 12:00:00", **ON_18)
ALL_DAY = whole(OF_ONE, OF_OTHER, number="3", **ON_18)


def waiting() -> list[tuple]:
    rows = Placement.objects.queued().order_by("application_id")
    return list(rows.values_list("application_id", "queue_reason", "paid_on"))


def take(*files: bytes) -> None:
    for content in files:
        import_statement(content=content, name="file.txt")


@pytest.mark.parametrize(
    "files",
    [[MORNING, NOON], [NOON, MORNING], [MORNING, ALL_DAY], [ALL_DAY, NOON], [NOON, ALL_DAY]],
    ids=["pieces", "pieces turned round", "a piece first", "the day first", "another piece first"],
)
def test_the_day_of_a_consolidated_order_makes_nobody_late_whatever_came_first(workers, files):
    take(*files)

    one, other = workers
    unknown = QueueReason.DAY_UNKNOWN
    assert waiting() == [(one.pk, unknown, None), (other.pk, unknown, None)]


def test_months_that_counted_by_such_a_day_wait_and_the_person_is_asked_for_the_cheque(workers):
    in_time = {"number": "55", "on": date(2026, 2, 14), "posted_on": date(2026, 2, 18), "inn": ""}
    lines = [order(purpose=f"ИНН {inn}", **in_time) for inn in ("775100004210", "500100732259")]
    take(piece(lines[0], **ON_18))
    Message.objects.update(text="Деньги пришли", status=MessageStatus.SENT)
    before = Placement.objects.matched().count()

    take(whole(*lines, number="3", **ON_18))

    assert before - Placement.objects.matched().count() == 1
    assert [reason for _pk, reason, _day in waiting()] == [QueueReason.DAY_UNKNOWN] * 2
    asked = Message.objects.filter(event="payments.day_unknown")
    assert asked.count() == 2
    assert not Message.objects.filter(event="payments.uncounted").exists()  # of codes alone
    kinds = workers[0].person.timeline.values_list("kind", flat=True)
    assert "payments.withdrawn" in kinds


def test_months_after_those_that_were_taken_back_are_decided_anew(workers):
    """The month of March was in time because that of February was paid; now nobody knows."""
    in_time = {"number": "55", "on": date(2026, 2, 14), "posted_on": date(2026, 2, 18), "inn": ""}
    lines = [order(purpose=f"ИНН {inn}", **in_time) for inn in ("775100004210", "500100732259")]
    march = date(2026, 3, 10)
    take(piece(lines[0], **ON_18))
    take(whole(order(number="56", on=march, posted_on=march), first=march, number="5"))
    counted = workers[0].placements.matched()
    before, faults = counted.count(), audit.audit().faults

    take(whole(*lines, number="3", **ON_18))

    assert (before, counted.count()) == (3, 1)
    reasons = workers[0].placements.queued().order_by("line__posted_on")
    assert list(reasons.values_list("queue_reason", "paid_on")) == [
        (QueueReason.DAY_UNKNOWN, None),
        (QueueReason.LATE, march),
    ]
    known = Account.objects.filter(pk=workers[0].placements.first().line.account_id)
    known.update(complete_through=date(2026, 3, 20))
    with time_machine.travel("2026-03-21 09:00:00+00:00"):
        assert standing_of(workers[0].person).state == State.UNSEEN
    assert audit.audit().faults == faults


def test_twin_where_only_the_line_itself_is_decided_anew_later_months_stay(workers, monkeypatch):
    monkeypatch.setattr(anew, "_later_than", lambda entry: [])

    with pytest.raises(AssertionError):
        test_months_after_those_that_were_taken_back_are_decided_anew(workers)


def test_money_posted_in_time_keeps_its_months_and_nobody_is_told_again(workers):
    early = {"number": "55", "inn": ""}
    lines = [order(purpose=f"ИНН {inn}", **early) for inn in ("775100004210", "500100732259")]
    take(piece(lines[0]))
    told, faults = Message.objects.count(), audit.audit().faults

    take(piece(lines[1], number="2", formed="{same} 15:00:00"))

    counted = Placement.objects.matched().filter(line__document_number="55")
    assert set(counted.values_list("months", "paid_on")) == {(1, POSTED)}
    assert Message.objects.count() == told + 1  # about the other line
    assert all(row.is_by_posting for row in counted)
    assert audit.audit().faults == faults


def test_a_file_that_nobody_believes_takes_no_day_away_until_it_is_released(workers, settings):
    settings.ODD_LINES, settings.ODD_SHARE = 2, 0.3
    odd = [order(number=str(n), inn="", purpose=f"За товар {n}", **ON_18_POSTED) for n in range(2)]
    take(MORNING, whole(OF_ONE, OF_OTHER, *odd, **ON_18))
    held = Statement.objects.held().get()
    one, other = workers
    first = [row for row in waiting() if row[0] == one.pk]

    released.release(statement=held, actor=StaffFactory(), reason="Сверено с банком")
    released.post_released()

    assert first == [(one.pk, QueueReason.LATE, date(2026, 2, 16))]
    known = [row for row in waiting() if row[0]]
    unknown = QueueReason.DAY_UNKNOWN
    assert known == [(one.pk, unknown, None), (other.pk, unknown, None)]
