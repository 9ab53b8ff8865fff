"""One payment is one month, in whichever way and order it is told: by the acquirer, by a line that
names the worker alone, by the search for it. Two honest payments stay two."""

import sys
from datetime import UTC, date, datetime
from itertools import permutations

import pytest

from notifications.models import Message
from payments import messages, timeline
from payments.facts import standing_of
from payments.models import Account, Charge, Placement, QueueReason, ReceiptStatus, Trace
from payments.services.claims.traces import start_traces
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from payments.services.online.charges import refresh_charge, start_charge
from tests.factories import RegisterFactory
from tests.payments.gis_gmp_files import BY_INN, notice, package
from tests.payments.statement_files import ACCOUNT, ACQUIRER_ACCOUNT, INN, order, piece

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
CAPTURED, LATER = "2026-02-11T09:00:00.000Z", datetime(2026, 2, 20, 9, tzinfo=UTC)
PERSONS_ACCOUNT = "40817810900000000161"


@pytest.fixture(autouse=True)
def _acquirer_is_known(settings):
    settings.ACQUIRER_PAYERS = [ACQUIRER_ACCOUNT]


@pytest.fixture
def page(paper, acquirer):
    """Opened on the 10th and paid on the 11th; nobody has told us so yet."""
    charge = start_charge(receipt=paper)
    acquirer.pay(charge.provider_id, CAPTURED)
    return charge


def by_gis_gmp(paid_on=date(2026, 2, 11), number="12", **more):
    told = notice(day=f"{paid_on}", number=number, payer=BY_INN, payment_id=number.zfill(32))
    told = told.replace('accDocDate="2026-02-05"', f'accDocDate="{paid_on}"')
    import_statement(content=package(told, request_id=number, **more), name=f"{number}.xml")


def by_register(paid_on=date(2026, 2, 11), number="12"):
    account = open_account(number=ACCOUNT, counted_through=date(2026, 1, 1))
    RegisterFactory(account=account)
    row = f"12.02.2026;{paid_on:%d.%m.%Y};КАРИМОВ ТИМУР;{INN};10000"
    heads = "Дата зачисления;Дата операции;ФИО;ИНН;Сумма"
    content = "\r\n".join([heads, row, ""]).encode("cp1251")
    import_statement(content=content, name=f"{number}.csv")


def by_order(paid_on=date(2026, 2, 11), number="12", **more):
    one = order(number=number, on=paid_on, posted_on=date(2026, 2, 12), **more)
    content = piece(one, first=date(2026, 2, 12), number=number)
    import_statement(content=content, name=f"{number}.txt")


WAYS = [by_gis_gmp, by_register, by_order]


def heard_of(page):
    refresh_charge(charge=page)


def searched_for(february):
    february.move_to(LATER)
    Account.objects.update(complete_through=date(2026, 2, 19))
    start_traces()


def months(paper) -> int:
    return standing_of(paper.person, date(2026, 2, 20)).months


ORDERS = list(permutations(("row", "webhook", "search")))


@pytest.mark.parametrize("told", WAYS)
@pytest.mark.parametrize("orders", ORDERS, ids="-".join)
def test_one_payment_is_one_month_in_whatever_order_it_is_told(paper, page, february, told, orders):
    deeds = {
        "row": told,
        "webhook": lambda: heard_of(page),
        "search": lambda: searched_for(february),
    }

    for deed in orders:
        deeds[deed]()

    assert months(paper) == 2
    posted = Placement.objects.matched().get(receipt=paper)
    assert (posted.charge, posted.paid_on, posted.months) == (page, date(2026, 2, 11), 1)
    assert not Charge.objects.unposted().exists()
    assert not Trace.objects.open().exists()
    paper.refresh_from_db()
    assert paper.status == ReceiptStatus.POSTED


@pytest.mark.parametrize("told", WAYS)
@pytest.mark.parametrize("webhook_at", [0, 1, 2])
def test_two_lines_and_a_card_are_two_payments(paper, page, told, webhook_at):
    deeds = [lambda: told(number="12"), lambda: by_order(number="13", payer="ДРУГОЙ БАНК")]
    deeds.insert(webhook_at, lambda: heard_of(page))

    for deed in deeds:
        deed()

    assert months(paper) == 3
    assert not Charge.objects.unposted().exists()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"paid_on": date(2026, 2, 9)}, "paid days before the card"),
        ({"paid_on": date(2026, 2, 11), "payer_account": PERSONS_ACCOUNT}, "by their own bank"),
    ],
)
@pytest.mark.parametrize("row_first", [True, False])
def test_a_line_that_cannot_be_the_cards_is_a_payment_of_its_own(paper, page, said, why, row_first):
    deeds = [lambda: by_order(**said), lambda: heard_of(page)]

    for deed in deeds if row_first else deeds[::-1]:
        deed()

    assert months(paper) == 3, why
    assert list(Charge.objects.unposted()) == [page]


def test_with_only_lines_without_a_day_in_reach_one_payment_was_two_months(
    paper, page, monkeypatch
):
    """The twin: what a line with a day of its own was taken for before."""
    decide = sys.modules["payments.matching.decide"]
    monkeypatch.setattr(decide, "may_be_told_by", lambda paper, line: line.paid_on is None)

    heard_of(page)
    by_gis_gmp()

    assert months(paper) == 3


def test_the_person_is_told_once_of_money_that_was_counted_before_the_acquirers_word(paper, page):
    by_gis_gmp()
    heard_of(page)

    told = paper.person.timeline.filter(kind__in=[timeline.POSTED, timeline.POSTED_IN_TIME])
    assert told.count() == 1
    [message] = Message.objects.filter(event=messages.PAYMENT_POSTED.code)
    assert messages.PAYMENT_POSTED.still_true(message.subject_id)


def test_a_late_line_is_in_time_by_the_day_of_the_card(paper, page, acquirer, february):
    """By its own day the 16th: late. The person paid by card on the 14th, the last day."""
    acquirer.pay(page.provider_id, "2026-02-14T20:30:00.000Z")
    february.move_to(datetime(2026, 2, 17, 9, tzinfo=UTC))
    by_gis_gmp(paid_on=date(2026, 2, 16), stamp="2026-02-17T08:00:00+03:00")
    assert Placement.objects.queued().get().queue_reason == QueueReason.LATE

    heard_of(page)

    assert Placement.objects.matched().get(receipt=paper).paid_on == date(2026, 2, 14)
    assert not Placement.objects.queued().exists()


@pytest.mark.parametrize("row_first", [True, False])
def test_cash_is_one_month_with_the_line_that_names_the_worker_alone(paper, take, row_first):
    deeds = [lambda: by_gis_gmp(paid_on=date(2026, 2, 10)), lambda: take(paper)]

    for deed in deeds if row_first else deeds[::-1]:
        deed()

    assert months(paper) == 2
    assert Placement.objects.matched().get(receipt=paper).till_payment is not None
