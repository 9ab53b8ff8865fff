"""What a person has over stays theirs: it counts for the next month or the next application."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, connections
from django.urls import reverse

from accounts.services import approvals
from notifications.models import Message
from patents.models import ApplicationStatus
from payments.facts import standing_of
from payments.messages import PAYMENT_RETURNED
from payments.models import (
    Charge,
    Place,
    Placement,
    Receipt,
    ReceiptStatus,
    Till,
    TillPayment,
)
from payments.services.audit import audit
from payments.services.importing.statements import import_statement
from payments.services.ledger import joining
from payments.services.ledger.returns import NoCredit, ask_return
from payments.services.online import credits
from payments.services.online.credits import (
    NothingToCount,
    NotRefused,
    Surplus,
    count_credit,
    keep_as_credit,
    surplus_of,
)
from payments.services.papers.receipts import form_receipt
from tests.at_once import at_once, meeting, no_row_is_locked, outcome
from tests.factories import ApplicationFactory, StaffFactory
from tests.payments.knowingly import KNOWN
from tests.payments.statement_files import order, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
LIST, COUNT = reverse("payments:list"), reverse("payments:count_credit")
NEW = reverse("payments:receipt_new")

FEBRUARY_9 = date(2026, 2, 9)


def pay(amount: str, *, on: date, number: str = "1", **more) -> None:
    """Money of the worker by INN, posted on the day it was paid."""
    line = order(number=number, on=on, posted_on=on, amount=Decimal(amount), **more)
    import_statement(content=whole(line, first=on), name="file.txt")


def places() -> list[tuple]:
    rows = Placement.objects.current().order_by("pk")
    return [(row.place, row.amount, row.months) for row in rows]


@pytest.fixture
def covered(application):
    """The first month is posted: covered through 14 February; today is the 10th."""
    pay("10000", on=date(2026, 1, 14), number="first")
    return application


@pytest.fixture
def too_much(covered):
    """12 000 roubles for one month."""
    pay("12000", on=date(2026, 2, 9), number="second")
    return covered


def test_a_sum_that_is_too_much_is_offered_for_the_next_month(too_much):
    assert surplus_of(too_much.person) == Surplus(
        Decimal("12000"), 1, ((Decimal("12000"), FEBRUARY_9),)
    )


def test_counted_it_pays_whole_months_and_the_rest_stays_credit(too_much):
    assert count_credit(person=too_much.person) == 1

    assert places()[1:] == [
        (Place.MATCHED, Decimal("10000"), 1),
        (Place.CREDIT, Decimal("2000"), 0),
    ]
    assert standing_of(too_much.person).months == 2
    assert surplus_of(too_much.person) == Surplus(
        Decimal("2000"), 0, ((Decimal("2000"), FEBRUARY_9),)
    )
    assert audit().faults == []


def test_the_person_hears_of_the_month(too_much):
    before = Message.objects.filter(event="payments.posted").count()

    count_credit(person=too_much.person)

    assert Message.objects.filter(event="payments.posted").count() == before + 1


def test_counting_twice_counts_once(too_much):
    count_credit(person=too_much.person)

    with pytest.raises(NothingToCount):
        count_credit(person=too_much.person)
    assert standing_of(too_much.person).months == 2


def test_less_than_a_month_prolongs_nothing_and_is_not_lost(covered):
    pay("5000", on=date(2026, 2, 9), number="half")
    before = places()

    with pytest.raises(NothingToCount):
        count_credit(person=covered.person)

    assert places() == before
    assert surplus_of(covered.person) == Surplus(
        Decimal("5000"), 0, ((Decimal("5000"), FEBRUARY_9),)
    )


def test_parts_that_are_a_month_together_are_offered_before_more_is_paid(covered, client):
    pay("5000", on=date(2026, 2, 8), number="half")
    pay("6000", on=date(2026, 2, 9), number="more")
    client.force_login(covered.person.user)

    surplus = surplus_of(covered.person)
    page = client.get(LIST).content.decode()
    held_up = client.post(NEW, {"months": "1"}).content.decode()

    assert (surplus.months, surplus.over) == (1, Decimal("11000"))
    for said in (page, held_up):
        assert f'action="{COUNT}"' in said


def test_parts_that_are_less_than_a_month_hold_nobody_up(covered):
    pay("5000", on=date(2026, 2, 8), number="half")
    pay("4000", on=date(2026, 2, 9), number="less")

    assert surplus_of(covered.person).over == 0


def test_a_sum_paid_after_the_last_covered_day_waits_for_staff(covered, february):
    february.move_to("2026-02-20 09:00:00+00:00")
    pay("12000", on=date(2026, 2, 18), number="late")

    with pytest.raises(NothingToCount):
        count_credit(person=covered.person)
    assert standing_of(covered.person).months == 1


def test_a_strangers_money_is_not_counted(too_much):
    with pytest.raises(NothingToCount):
        count_credit(person=ApplicationFactory().person)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_count_one_month(too_much):
    def click(_number):
        try:
            return count_credit(person=too_much.person)
        except NothingToCount:
            return 0
        finally:
            connections.close_all()

    connection.close()
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(click, range(4))) == 1
    assert audit().faults == []


@pytest.mark.django_db(transaction=True)
def test_twin_without_the_locks_only_the_database_refuses_the_second_month(too_much, monkeypatch):
    no_row_is_locked(monkeypatch)
    monkeypatch.setattr(credits, "hold_accounts", lambda numbers: None)
    meeting(monkeypatch, joining, "plan", 2)

    found = at_once(*[outcome(lambda: count_credit(person=too_much.person))] * 2)

    assert {1, IntegrityError} == set(found)


# --- a refused application


@pytest.fixture
def refused(application):
    """The first month is paid with our receipt and posted, then the application is refused."""
    patent = application.patent
    application.steps.filter(status="issued").delete()
    patent.delete()
    application.status = ApplicationStatus.READY
    application.save(update_fields=["status"])
    paper = form_receipt(application=application, months=1, on=date(2026, 2, 9))
    pay("10000", on=date(2026, 2, 9), purpose=paper.snapshot["purpose"])
    application.status = ApplicationStatus.REFUSED
    application.refused_on, application.refusal_reason = date(2026, 2, 10), "неверные данные"
    application.save(update_fields=["status", "refused_on", "refusal_reason"])
    return application


def test_the_money_of_a_refused_application_is_a_persons_credit(refused):
    assert keep_as_credit(application=refused, actor=StaffFactory(), reason="refused") == 10_000

    assert places() == [(Place.CREDIT, Decimal("10000"), 0)]
    assert surplus_of(refused.person) == Surplus(
        Decimal("10000"), 0, ((Decimal("10000"), FEBRUARY_9),)
    )
    assert audit().faults == []


def test_it_pays_the_first_month_of_the_next_application(refused):
    keep_as_credit(application=refused, actor=StaffFactory(), reason="refused")
    again = ApplicationFactory(person=refused.person, accepted_on=date(2026, 2, 10))
    assert surplus_of(refused.person).months == 1

    count_credit(person=refused.person)

    [row] = Placement.objects.matched()
    assert (row.application, row.months, row.paid_on) == (again, 1, date(2026, 2, 9))
    assert standing_of(refused.person).months == 1
    assert Receipt.objects.get().status == ReceiptStatus.POSTED
    assert audit().faults == []


def test_keeping_it_twice_keeps_it_once(refused):
    actor = StaffFactory()
    keep_as_credit(application=refused, actor=actor, reason="refused")

    assert keep_as_credit(application=refused, actor=actor, reason="refused") == 0
    assert refused.person.timeline.filter(kind="payments.credited").count() == 1


def test_money_of_a_living_application_stays_with_its_months(covered):
    with pytest.raises(NotRefused):
        keep_as_credit(application=covered, actor=StaffFactory(), reason="refused")


def test_a_charge_whose_money_is_credit_is_not_on_its_way_again(refused):
    paper = Receipt.objects.get()
    charge = Charge.objects.create(
        receipt=paper,
        amount=paper.amount,
        idempotence_key="0d6f0b1c-3f0e-4d0e-9d56-0a1f5e7f0001",
        status="succeeded",
        captured_at="2026-02-09T09:00:00Z",
    )
    Placement.objects.update(charge=charge)

    keep_as_credit(application=refused, actor=StaffFactory(), reason="refused")

    assert not Charge.objects.unposted().exists()


# --- the pages


@pytest.fixture
def mine(client, too_much):
    client.force_login(too_much.person.user)
    return client


def test_the_button_counts_the_surplus(mine, too_much):
    assert f'action="{COUNT}"' in mine.get(LIST).content.decode()

    answer = mine.post(COUNT)

    assert answer.url == LIST
    assert standing_of(too_much.person).months == 2
    page = mine.get(LIST).content.decode()
    assert 'id="surplus"' in page
    assert f'action="{COUNT}"' not in page


def test_before_paying_one_sees_that_ones_own_money_is_enough(mine):
    page = mine.post(reverse("payments:receipt_new"), {"months": "1"}).content.decode()

    assert KNOWN.search(page)
    assert f'action="{COUNT}"' in page


def test_staff_find_money_of_refused_applications_and_keep_it(client, refused):
    client.force_login(StaffFactory())
    url = reverse("admin:payments_placement_changelist") + "?shown=refused"
    assert f"{url}" in client.get(reverse("admin:index")).content.decode()
    [row] = Placement.objects.current()

    client.post(url, {"action": "keep_as_credit", "_selected_action": [row.pk]})

    assert places() == [(Place.CREDIT, Decimal("10000"), 0)]


def test_staff_count_a_credit_for_a_person(client, too_much):
    client.force_login(StaffFactory())
    [row] = Placement.objects.surplus()

    url = reverse("admin:payments_placement_changelist")
    client.post(url, {"action": "count_credit", "_selected_action": [row.pk]})

    assert standing_of(too_much.person).months == 2


def test_the_page_of_a_refused_application_promises_no_months(client, refused):
    client.force_login(refused.person.user)

    page = client.get(LIST).content.decode()

    assert "со дня выдачи" not in page


def test_what_is_left_stands_there_with_the_day_it_was_paid(mine):
    page = mine.get(LIST).content.decode().replace("\xa0", " ")

    assert "12 000 ₽" in page
    assert "9 февраля 2026" in page


# --- given back by the tax office


@pytest.fixture
def credit(refused):
    keep_as_credit(application=refused, actor=StaffFactory(), reason="refused")
    return Placement.objects.credit().get()


def test_a_credit_is_given_back_when_two_of_the_staff_say_so(credit, refused):
    asked = ask_return(placement=credit, actor=StaffFactory(), reason="решение налоговой")
    assert places() == [(Place.CREDIT, Decimal("10000"), 0)]

    approvals.decide(approval=asked, granted=True, actor=StaffFactory())

    assert places() == [(Place.RETURNED, Decimal("10000"), 0)]
    assert surplus_of(refused.person) == Surplus()
    assert refused.person.timeline.filter(kind="payments.returned").count() == 1
    told = Message.objects.get(event=PAYMENT_RETURNED.code)
    assert (told.person_id, PAYMENT_RETURNED.still_true(told.subject_id)) == (
        refused.person_id,
        True,
    )
    assert audit().faults == []


def test_who_asked_cannot_say_the_second_word(credit):
    asked = ask_return(placement=credit, actor=(actor := StaffFactory()), reason="-")

    with pytest.raises(approvals.AnotherMustDecide):
        approvals.decide(approval=asked, granted=True, actor=actor)
    assert places() == [(Place.CREDIT, Decimal("10000"), 0)]


def test_a_credit_that_was_counted_meanwhile_is_not_given_back(credit, refused):
    asked = ask_return(placement=credit, actor=StaffFactory(), reason="-")
    ApplicationFactory(person=refused.person, accepted_on=date(2026, 2, 10))
    count_credit(person=refused.person)

    with pytest.raises(NoCredit):
        approvals.decide(approval=asked, granted=True, actor=StaffFactory())


def test_money_that_counts_as_months_is_not_given_back(covered):
    with pytest.raises(NoCredit):
        ask_return(placement=Placement.objects.get(), actor=StaffFactory(), reason="-")


def test_money_of_the_till_that_is_credit_is_not_on_its_way_again(refused):
    paper = Receipt.objects.get()
    till = Till.objects.create(name="Касса 1")
    taken = TillPayment.objects.create(
        till=till,
        cheque_number="17",
        taken_on=FEBRUARY_9,
        receipt=paper,
        amount=paper.amount,
        recorded_by=StaffFactory(),
    )
    Placement.objects.update(till_payment=taken)

    keep_as_credit(application=refused, actor=StaffFactory(), reason="refused")

    assert not TillPayment.objects.unposted().exists()
