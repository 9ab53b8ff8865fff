"""One payment told of by a statement and by ГИС ГМП is one, whichever comes first."""

from datetime import date
from itertools import permutations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.stage.money_world import inn_of
from notifications.models import Message
from payments.models import Place, Placement, QueueReason, SamePayment, Statement
from payments.services import audit
from payments.services.importing import released
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from tests.factories import (
    ApplicationFactory,
    InnFactory,
    PatentFactory,
    PlacementFactory,
    StaffFactory,
)
from tests.payments.gis_gmp_files import BY_INN, notice, package
from tests.payments.statement_files import ACCOUNT, INN, order, piece, whole

pytestmark = pytest.mark.django_db
PERSONS_ACCOUNT = "40817810000000000001"
NOTICE = package(notice(payer=BY_INN))
EXECUTED = package(notice(payer=BY_INN, paymentExecDate="2026-02-11"))
WHOLE = whole(order(), number="1")
PIECE = piece(order(), number="2")
EMPTY_BEFORE = whole(first=date(2026, 2, 5), number="3")


@pytest.fixture(autouse=True)
def payer(db):
    open_account(number=ACCOUNT, counted_through=date(2026, 1, 1))
    return ApplicationFactory(person=InnFactory(value=INN).person)


def take(*files: bytes) -> None:
    for content in files:
        import_statement(content=content, name="file")


def books() -> list[tuple]:
    rows = Placement.objects.current().order_by("line__payment_id", "line__digest")
    return list(rows.values_list("line__payment_id", "place", "months", "paid_on"))


@pytest.mark.parametrize("first", [NOTICE, EXECUTED], ids=["a guessed day", "its day of posting"])
@pytest.mark.parametrize("order_of", ["notice first", "line first"])
def test_a_notice_and_the_line_of_a_whole_day_are_one_payment(first, order_of):
    files = [first, WHOLE]

    take(*(files if order_of == "notice first" else reversed(files)))

    [line, told] = books()
    assert line == ("", Place.MATCHED, 1, date(2026, 2, 5))
    assert told[1:3] == (Place.SET_ASIDE, 0)
    assert Message.objects.filter(event__startswith="payments.").count() == 1
    assert not audit.audit().faults


@pytest.mark.parametrize("files", list(permutations([NOTICE, WHOLE, PIECE, EMPTY_BEFORE]))[::3])
def test_in_any_order_of_files_the_money_is_the_line_s_and_counts_once(files):
    take(*files, *files)

    assert [row[1:3] for row in books()] == [(Place.MATCHED, 1), (Place.SET_ASIDE, 0)]
    assert not Placement.objects.queued().exists()
    assert SamePayment.objects.count() == 1
    assert not audit.audit().faults


def test_a_day_that_a_notice_guessed_is_denied_by_no_whole_day():
    """The money comes up to seven days after the day of payment."""
    take(NOTICE, EMPTY_BEFORE)

    assert [row[1] for row in books()] == [Place.MATCHED]


def test_a_notice_that_names_its_day_of_posting_is_still_denied_by_that_day():
    take(EXECUTED, whole(order(number="9"), number="1"))

    [waiting] = Placement.objects.queued()
    assert (waiting.queue_reason, waiting.line.payment_id != "") == (QueueReason.REPEAT, True)


def test_many_notices_do_not_hold_the_file_of_every_morning(settings):
    settings.ODD_LINES, settings.ODD_SHARE = 2, 0.2
    numbers = [str(n) for n in range(100, 104)]
    told = [
        notice(payer=BY_INN, number=n, payment_id=f"{n:0>32}", paymentExecDate="2026-02-11")
        for n in numbers
    ]

    take(package(*told), whole(*[order(number=n) for n in numbers]))

    assert not Statement.objects.held().exists()
    assert Placement.objects.matched().count() == 4
    assert not Placement.objects.queued().exists()


def test_payers_of_many_pairs_are_asked_for_together():
    """Each pair is decided anew: to read its payer alone takes nine questions."""
    few, many = asked_for_pairs(range(100, 102)), asked_for_pairs(range(200, 208))

    assert "FOR UPDATE" in few[0]
    assert len(few) == len(many)


def asked_for_pairs(numbers) -> list[str]:
    """Locked applications, where each of several people paid once by bank, and ГИС ГМП tells."""
    inns = {n: inn_of(n) for n in numbers}
    for inn in inns.values():
        ApplicationFactory(person=InnFactory(value=inn).person)
    lines = [order(number=str(n), inn=inn) for n, inn in inns.items()]
    told = [
        notice(payer=f"121{'0' * 7}{inn}", number=str(n), payment_id=f"{n:0>32}")
        for n, inn in inns.items()
    ]
    take(piece(*lines, number=str(numbers[0])))
    with CaptureQueriesContext(connection) as asked:
        take(package(*told, request_id=f"N{numbers[0]}"))
    assert SamePayment.objects.filter(line__payer_inn__in=inns.values()).count() == len(inns)
    texts = [query["sql"] for query in asked]
    return [text for text in texts if "FOR UPDATE" in text and "patents_application" in text]


@pytest.mark.parametrize("line_first", [True, False])
def test_two_honest_equal_payments_and_their_two_notices_stay_two(line_first):
    other = notice(payer=BY_INN, payment_id="20445250001100502202600000104233")
    files = [whole(order(), order()), package(notice(payer=BY_INN), other)]

    take(*(files if line_first else reversed(files)))

    assert [row[1:3] for row in books()] == [(Place.MATCHED, 1)] * 2 + [(Place.SET_ASIDE, 0)] * 2


SECOND_NOTICE = package(notice(payer=BY_INN, payment_id="20445250001100502202600000104233"))
BOTH = whole(order(), order(), number="4")


@pytest.mark.parametrize(
    "files",
    [
        [PIECE, NOTICE, SECOND_NOTICE, BOTH],
        [NOTICE, PIECE, BOTH, SECOND_NOTICE],
        [SECOND_NOTICE, NOTICE, PIECE, BOTH],
        [PIECE, NOTICE, SECOND_NOTICE, piece(order(), number="5", formed="{same} 15:00:00")],
    ],
)
def test_a_second_equal_line_takes_the_second_notice_though_a_pair_is_joined_already(files):
    take(*files, *files)

    assert [row[1:3] for row in books()] == [(Place.MATCHED, 1)] * 2 + [(Place.SET_ASIDE, 0)] * 2
    assert SamePayment.objects.count() == 2
    assert not audit.audit().faults


def test_a_notice_whose_line_a_whole_day_does_not_show_is_denied_beside_a_joined_pair():
    told = notice(
        payer=BY_INN,
        payment_id="20445250001100502202600000104233",
        paymentExecDate="2026-02-11",
    )
    take(PIECE, EXECUTED, package(told), WHOLE)

    [waiting] = Placement.objects.queued()
    assert (waiting.queue_reason, SamePayment.objects.count()) == (QueueReason.REPEAT, 1)


@pytest.mark.parametrize("line_first", [True, False])
def test_what_the_notice_knows_speaks_for_the_line(line_first):
    """A line without an INN, of the same account and order: the notice says whose it is."""
    line = whole(order(inn="", payer_account=PERSONS_ACCOUNT), number="1")
    account = f'payerAccount="{PERSONS_ACCOUNT}" payerIdentifier="'
    told = package(notice(payer=BY_INN).replace('payerIdentifier="', account))

    take(*([line, told] if line_first else [told, line]))

    assert [row[1:3] for row in books()] == [(Place.MATCHED, 1), (Place.SET_ASIDE, 0)]


def test_lines_of_another_sum_order_or_person_are_other_payments():
    take(NOTICE)
    take(whole(order(number="7"), order(amount="20000.00"), order(inn="500100732259"), number="1"))

    assert not SamePayment.objects.exists()


def test_a_held_statement_joins_its_notices_when_it_is_released(settings):
    take(NOTICE)
    settings.ODD_LINES, settings.ODD_SHARE = 2, 0.3
    odd = [order(number=str(n), inn="", purpose=f"За товар {n}") for n in range(3)]
    take(whole(order(), *odd))
    held = Statement.objects.held().get()
    before = Placement.objects.matched().get()

    released.release(statement=held, actor=StaffFactory(), reason="Сверено с банком")
    released.post_released()

    counted = Placement.objects.matched().get()
    assert (before.line.payment_id != "", counted.line.payment_id) == (True, "")
    assert not audit.audit().faults


def test_the_day_of_the_notice_proves_that_a_worker_of_a_consolidated_order_paid_in_time():
    person = InnFactory(value="500100732259").person
    application = ApplicationFactory(person=person, status="issued")
    PatentFactory(application=application, number="2600000002")
    PlacementFactory(application=application)
    more = {"number": "55", "on": date(2026, 2, 16), "posted_on": date(2026, 2, 18), "inn": ""}
    names = ("500100732259", INN)
    shared = whole(*[order(purpose=f"ИНН {i}", **more) for i in names], first=date(2026, 2, 18))
    told = notice(payer=f"121{'0' * 7}500100732259", number="55", day="2026-02-14").replace(
        'accDocDate="2026-02-05"', 'accDocDate="2026-02-16"'
    )

    take(shared)
    asked = list(Placement.objects.queued().filter(application=application))
    take(package(told))

    assert [row.queue_reason for row in asked] == [QueueReason.DAY_UNKNOWN]
    counted = Placement.objects.matched().get(application=application, line__document_number="55")
    assert (counted.paid_on, counted.line.payment_id) == (date(2026, 2, 14), "")
