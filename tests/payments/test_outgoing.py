"""Money that left the accounts is shown to staff, never counted as money that came."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from desk.waiting import KINDS
from payments.models import Outgoing, Placement, Statement, StatementLine
from payments.services import audit
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from tests.factories import ApplicationFactory, InnFactory, ReceiptFactory, StaffFactory
from tests.payments.statement_files import (
    ACCOUNT,
    BANK_ACCOUNT,
    INN,
    POSTED,
    order,
    piece,
    whole,
)

pytestmark = pytest.mark.django_db
OUT = {"ПлательщикСчет": ACCOUNT, "ПолучательСчет": BANK_ACCOUNT, "ДатаСписано": "11.02.2026"}


def returned(**more) -> dict:
    """A payment that the Treasury sent back to the payer."""
    return order(inn="7727406020", purpose="Возврат излишне уплаченного") | OUT | more


@pytest.fixture(autouse=True)
def payer():
    open_account(number=ACCOUNT, counted_through=POSTED - timedelta(days=1))
    return ApplicationFactory(person=InnFactory(value=INN).person)


def take(content: bytes):
    return import_statement(content=content, name="file.txt")


def test_what_left_is_kept_as_sent_and_counts_nowhere():
    result = take(whole(order(), returned()))

    assert (result.lines, result.matched) == (1, 1)
    gone = Outgoing.objects.get()
    assert (gone.posted_on, str(gone.amount)) == (POSTED, "10000.00")
    assert gone.raw["ПолучательСчет"] == BANK_ACCOUNT
    assert StatementLine.objects.count() == Placement.objects.count() == 1
    assert not audit.audit().faults


def test_a_day_on_which_money_only_left_is_a_whole_day():
    take(whole(returned()))

    assert Outgoing.objects.count() == 1
    assert Statement.objects.get().finished_at
    assert Statement.objects.get().line_count == 0


@pytest.mark.parametrize("again", [whole, piece], ids=["the same file", "a piece of the day"])
def test_the_same_line_in_another_file_stays_one(again):
    take(whole(order(), returned(), returned()))
    take(again(order(), returned(), returned(), number="7"))

    assert Outgoing.objects.count() == 2


def test_it_is_known_whose_it_was_by_the_receipt_or_by_the_inn_of_the_payee(payer):
    receipt = ReceiptFactory()
    text = f"Возврат по квитанции MMC-{receipt.reference}"

    take(whole(returned(НазначениеПлатежа=text), returned(Номер="2", ПолучательИНН=INN)))

    found = Outgoing.objects.order_by("document_number").values_list("application", flat=True)
    assert list(found) == [receipt.application_id, payer.pk]


def test_staff_see_that_money_left_until_somebody_has_looked(client):
    client.force_login(StaffFactory(is_superuser=True))
    take(whole(returned()))
    page = reverse("admin:payments_outgoing_changelist")
    [work] = [one for one in KINDS if one.page == "admin:payments_outgoing_changelist"]
    assert work.rows().count() == 1
    assert "Возврат" in client.get(page).content.decode()

    chosen = {"action": "look_at", "_selected_action": [Outgoing.objects.get().pk]}
    client.post(page, chosen)

    assert work.rows().count() == 0
    assert "Возврат" not in client.get(page).content.decode()
    assert "Возврат" in client.get(page, {"shown": "all"}).content.decode()


def test_it_says_nothing_of_a_day_on_which_money_came():
    """A returned payment does not take the months of its person by itself."""
    take(whole(order(), first=POSTED))
    take(whole(returned(ДатаСписано="12.02.2026"), first=POSTED + timedelta(days=1)))

    assert Placement.objects.matched().count() == 1
    assert Outgoing.objects.get().posted_on == date(2026, 2, 12)
