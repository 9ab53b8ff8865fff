"""Several lines of one person are decided anew together: what becomes of the first one moves the
others, too, and each is decided by where its money is by then."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, connection

from accounts.models import TimelineEntry
from notifications.models import Message
from patents.models import Inn
from payments.models import (
    Account,
    ClaimStatus,
    Place,
    Placement,
    QueueReason,
    SamePayment,
    Statement,
)
from payments.services.audit import audit
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from payments.services.ledger import anew, ledger
from payments.services.online.credits import count_what_is_over
from tests.factories import ApplicationFactory, RegisterFactory
from tests.payments.gis_gmp_files import BY_INN, notice, package
from tests.payments.shown_cheques import show
from tests.payments.statement_files import ACCOUNT, INN, order, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
ENP, OBLAST = "18201061201010000510", "46744000"
OTHER_TAX = (Place.QUEUE, QueueReason.OTHER_TAX, 0)
OTHER_BUDGET = (Place.QUEUE, QueueReason.OTHER_BUDGET, 0)
WHOLE_MONTHS, HALVES = ("10000.00", "10000.00"), ("5000.00", "5000.00")
HEADS = "Поручение;Дата зачисления;Дата операции;ФИО;ИНН;Сумма"


@pytest.fixture
def covered(application):
    """The first month is posted: covered through 14 February."""
    open_account(number=ACCOUNT, counted_through=date(2025, 12, 30))
    issue = date(2026, 1, 14)
    take(whole(order(number="0", on=issue, posted_on=issue), first=issue))
    return application


def take(content: bytes) -> None:
    import_statement(content=content, name="file")
    count_what_is_over()


def lines(sums) -> bytes:
    """Payments that say nothing of their КБК."""
    return whole(*[order(number=str(n), amount=amount) for n, amount in enumerate(sums, 1)])


def told(sums, **more) -> bytes:
    """Notices of the payments of `lines`, in one package."""
    kopecks = [str(int(Decimal(amount) * 100)) for amount in sums]
    return package(
        *[
            notice(payer=BY_INN, number=str(n), payment_id=f"{n:0>32}", amount=amount, **more)
            for n, amount in enumerate(kopecks, 1)
        ]
    )


def register(sums) -> bytes:
    """Two rows of one worker in one order."""
    days = ("05.02.2026", "06.02.2026")
    rows = [
        f"77;11.02.2026;{day};КАРИМОВ ТИМУР;{INN};{one}"
        for day, one in zip(days, sums, strict=True)
    ]
    return "\r\n".join([HEADS, *rows, ""]).encode("cp1251")


def bank(sums) -> bytes:
    """The order of the register, with the КБК of the single tax payment."""
    total = sum(map(Decimal, sums))
    more = {"inn": "7707083893", "payer": "ПАО", "purpose": "Реестр", "ПоказательКБК": ENP}
    return whole(order(number="77", amount=total, **more))


def money() -> list[tuple]:
    """Of the lines, the first one left out."""
    rows = Placement.objects.current().exclude(place=Place.SET_ASIDE).order_by("line_id", "pk")
    return list(rows.values_list("place", "queue_reason", "months"))[1:]


def months() -> int:
    return sum(Placement.objects.matched().values_list("months", flat=True))


def is_sound() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    unfinished = Statement.objects.filter(finished_at__isnull=True)
    return not unfinished.exists() and not audit().faults


@pytest.mark.parametrize("sums", [WHOLE_MONTHS, HALVES], ids=["two months", "halves of one"])
def test_the_order_of_two_rows_of_one_worker_takes_both_back(covered, sums):
    RegisterFactory(account=Account.objects.get(number=ACCOUNT), document_number="Поручение")
    take(register(sums))
    before = months()

    take(bank(sums))

    assert before - months() == sum(map(Decimal, sums)) / 10000
    assert money() == [OTHER_TAX] * 2
    assert is_sound()


@pytest.mark.parametrize("sums", [WHOLE_MONTHS, HALVES], ids=["two months", "halves of one"])
def test_two_notices_of_another_region_in_one_package_take_both_lines_back(covered, sums):
    take(lines(sums))
    before = months()

    take(told(sums, oktmo=OBLAST))

    assert before - months() == sum(map(Decimal, sums)) / 10000
    assert money() == [OTHER_BUDGET] * 2
    assert is_sound()


def test_each_line_that_is_taken_back_is_said_once(covered):
    take(lines(WHOLE_MONTHS))

    take(told(WHOLE_MONTHS, oktmo=OBLAST))

    assert TimelineEntry.objects.filter(kind="payments.withdrawn").count() == 2


def test_twin_by_what_was_read_before_the_first_decision_the_second_one_stumbles(
    covered, monkeypatch
):
    monkeypatch.setattr(anew._Known, "now", lambda known, entry: entry)
    take(lines(WHOLE_MONTHS))

    with pytest.raises(ValueError, match="not in list"):
        take(told(WHOLE_MONTHS, oktmo=OBLAST))


# --- two notices that make a month together


def test_both_lines_of_two_halves_take_the_money_of_their_notices(covered):
    take(told(HALVES))
    before = months()

    take(lines(HALVES))

    counted = Placement.objects.matched().filter(line__payment_id="")
    assert before == months() == 2
    assert sorted(counted.values_list("amount", "months"))[:2] == [(5000, 0), (5000, 1)]
    assert set(places_of_notices()) == {Place.SET_ASIDE}
    assert is_sound()


def places_of_notices() -> list[str]:
    rows = Placement.objects.current().exclude(line__payment_id="")
    return list(rows.values_list("place", flat=True))


@pytest.mark.parametrize("days", [("05", "05"), ("05", "06")], ids=["one day", "two days"])
def test_a_notice_that_says_nothing_new_leaves_a_month_of_halves_together(covered, days):
    first, second = (date(2026, 2, int(day)) for day in days)
    take(whole(order(number="1", amount=5000, on=first), order(number="2", amount=5000, on=second)))
    before, heard = counted(), told_of()

    import_statement(content=told(HALVES[:1]), name="notice")

    assert SamePayment.objects.count() == 1
    assert (counted(), told_of()) == (before, heard)
    assert months() == 2
    assert is_sound()


def test_twin_without_this_question_it_comes_apart_and_is_told_so(covered, monkeypatch):
    monkeypatch.setattr(anew._Known, "is_joint", lambda *_said: False)
    take(lines(HALVES))

    import_statement(content=told(HALVES[:1]), name="notice")

    assert months() == 1
    assert TimelineEntry.objects.filter(kind="payments.fell_apart").exists()


def test_a_half_that_its_notice_says_was_paid_elsewhere_takes_the_month_apart(covered):
    take(lines(HALVES))

    import_statement(content=told(HALVES[:1], oktmo=OBLAST), name="notice")

    assert money() == [OTHER_BUDGET, (Place.CREDIT, "", 0)]
    assert is_sound()


def test_a_half_with_a_shown_cheque_stays_found(covered):
    shown = show(covered, paid_on=date(2026, 2, 5), amount=Decimal(5000))
    take(whole(order(number="1", amount=5000)))
    take(whole(order(number="1", amount=5000), order(number="2", amount=5000)))
    before = counted()

    import_statement(content=told(HALVES[:1]), name="notice")

    shown.refresh_from_db()
    assert (shown.status, counted()) == (ClaimStatus.POSTED, before)
    assert is_sound()


def counted() -> list[tuple]:
    """Places of months, as they are kept."""
    rows = Placement.objects.matched().order_by("pk")
    return list(rows.values_list("pk", "amount", "months", "completed_by"))


def told_of() -> tuple[int, int]:
    return TimelineEntry.objects.count(), Message.objects.count()


# --- whose money it was


def test_later_months_are_asked_of_whom_they_count_for_and_not_of_whom_the_line_names(covered):
    """The INN has become somebody else's since: what it made late is late all the same."""
    later = date(2026, 2, 16)
    with time_machine.travel("2026-02-17 09:00:00+00:00"):
        take(lines(WHOLE_MONTHS[:1]))
        take(whole(order(number="9", on=later, posted_on=later), first=later))
        Inn.objects.update(person=ApplicationFactory().person)

        take(told(WHOLE_MONTHS[:1], oktmo=OBLAST))

    assert money() == [OTHER_BUDGET, (Place.QUEUE, QueueReason.LATE, 0)]
    assert is_sound()


# --- a line of another account completed the month


@pytest.fixture
def beside_another_import(covered, monkeypatch):
    """A month of two halves; while a decision about the first waits for the person, an import into
    another account lets the second go."""
    take(lines(HALVES))
    [_mine, other] = Placement.objects.joint().order_by("line_id")
    real = anew.lock_people

    def after_the_other(people):
        ledger.hold_as_repeat(line=other.line, proven=False, reason="-")
        return real(people)

    monkeypatch.setattr(anew, "lock_people", after_the_other)


def test_what_fell_apart_while_we_waited_for_the_person_is_read_then(beside_another_import):
    take(told(HALVES[:1]))

    assert money() == [(Place.CREDIT, "", 0), (Place.QUEUE, QueueReason.REPEAT, 0)]
    assert is_sound()


def test_twin_by_what_was_read_before_the_wait_the_decision_stumbles(
    beside_another_import, monkeypatch
):
    monkeypatch.setattr(anew, "as_they_are_now", lambda entries: entries)

    with pytest.raises(IntegrityError, match="more than its sum"):
        take(told(HALVES[:1]))
