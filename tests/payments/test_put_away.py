"""Two of the staff set money aside, write that it was given back, and let it wait again."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import Approval
from accounts.services import approvals
from notifications.models import Message
from payments.errors import (
    LineMoved,
    NoticeIsNoMoney,
    NotItsReturn,
    SharesTooMuch,
    TakenByOurselves,
)
from payments.facts import standing_of
from payments.models import Outgoing, Place, Placement, QueueReason, Receipt, ReceiptStatus
from payments.services.audit import audit
from payments.services.deciding.put_away import ask, ask_back
from payments.services.importing.statements import import_statement
from payments.services.online.credits import keep_as_credit
from payments.services.papers.receipts import form_receipt
from tests.factories import ChargeFactory, StaffFactory
from tests.payments.gis_gmp_files import notice, package
from tests.payments.statement_files import ACCOUNT, BANK_ACCOUNT, order, piece, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
FEBRUARY_9, FEBRUARY_10 = date(2026, 2, 9), date(2026, 2, 10)
SET_ASIDE, RETURNED, QUEUE = Place.SET_ASIDE, Place.RETURNED, Place.QUEUE


def take(*orders: dict, day=FEBRUARY_9, file=whole) -> Placement:
    import_statement(content=file(*orders, first=day), name="file.txt")
    return Placement.objects.current().latest("pk")


def paid(amount="10000", *, day=FEBRUARY_9, **more) -> Placement:
    return take(order(on=day, posted_on=day, amount=Decimal(amount), **more), day=day)


def gave_back(amount="10000", *, day=FEBRUARY_10, number="out") -> Outgoing:
    """The Treasury's own order away from the account."""
    away = order(number=number, on=day, posted_on=day, amount=Decimal(amount), inn="")
    take(away | {"ПлательщикСчет": ACCOUNT, "ПолучательСчет": BANK_ACCOUNT}, day=day)
    return Outgoing.objects.latest("pk")


def by_two(placement: Placement, to: Place, *, reason="проверено по выписке", **more) -> None:
    asked = ask(placement=placement, to=to, actor=StaffFactory(), reason=reason, **more)
    approvals.decide(approval=asked, granted=True, actor=StaffFactory())


def back_by_two(placement: Placement) -> None:
    asked = ask_back(placement=placement, actor=StaffFactory(), reason="ошибка сотрудника")
    approvals.decide(approval=asked, granted=True, actor=StaffFactory())


def now() -> list[tuple]:
    rows = Placement.objects.current().order_by("amount", "pk")
    return [(row.place, row.queue_reason, row.amount) for row in rows]


def is_sound() -> bool:
    connection.check_constraints()
    return audit().faults == []


@pytest.fixture
def strangers():
    return paid(inn="", payer="НЕИЗВЕСТНЫЙ")


@pytest.fixture
def late(application, february):
    """The first month is posted; the second was paid after its last covered day."""
    paid(day=date(2026, 1, 14), number="1")
    february.move_to("2026-02-20 09:00:00+00:00")
    row = paid(day=date(2026, 2, 18), number="2")
    assert row.queue_reason == QueueReason.LATE
    return row


def test_a_strangers_money_is_set_aside_and_waits_no_more(strangers):
    by_two(strangers, SET_ASIDE)

    assert now() == [(SET_ASIDE, "", 10_000)]
    assert not Message.objects.exists()
    assert is_sound()


def test_nothing_moves_before_the_second_word(strangers):
    asked = ask(placement=strangers, to=SET_ASIDE, actor=(clerk := StaffFactory()), reason="нет")

    with pytest.raises(approvals.AnotherMustDecide):
        approvals.decide(approval=asked, granted=True, actor=clerk)
    assert now() == [(QUEUE, QueueReason.UNKNOWN_PAYER, 10_000)]


@pytest.mark.parametrize("file", [whole, piece])
def test_the_same_line_in_another_file_leaves_it_where_staff_put_it(strangers, file):
    by_two(strangers, SET_ASIDE)

    line = order(on=FEBRUARY_9, posted_on=FEBRUARY_9, amount=Decimal(10000), inn="")
    take(line | {"Плательщик1": "НЕИЗВЕСТНЫЙ"}, file=file)

    assert now() == [(SET_ASIDE, "", 10_000)]


@pytest.mark.parametrize("to", [SET_ASIDE, RETURNED])
def test_a_whole_day_that_denies_the_line_asks_nothing_about_what_staff_put_away(application, to):
    line = order(on=FEBRUARY_9, posted_on=FEBRUARY_9, inn="")
    by_two(take(line, file=piece), to)

    take(file=whole)

    assert now() == [(to, "", 10_000)]


def test_a_notice_that_was_looked_at_is_set_aside_and_never_returned():
    import_statement(content=package(notice(meaning="3")), name="notice.xml")
    waiting = Placement.objects.queued().get()

    with pytest.raises(NoticeIsNoMoney):
        by_two(waiting, RETURNED)
    by_two(waiting, SET_ASIDE)
    assert now() == [(SET_ASIDE, "", 10_000)]

    back_by_two(Placement.objects.current().get())
    assert now() == [(QUEUE, QueueReason.NOTICE, 10_000)]


def test_a_return_names_the_money_that_left(strangers):
    left = gave_back()

    by_two(strangers, RETURNED, outgoing=left)

    left.refresh_from_db()
    assert (left.line, left.seen_by is not None) == (strangers.line, True)
    assert now() == [(RETURNED, "", 10_000)]
    assert is_sound()


@pytest.mark.parametrize("wrong", [{"amount": "9999"}, {"day": date(2026, 2, 8)}])
def test_what_left_earlier_or_was_less_gave_nothing_back(strangers, wrong):
    with pytest.raises(NotItsReturn):
        by_two(strangers, RETURNED, outgoing=gave_back(**wrong))


def test_money_that_left_once_gives_two_lines_back_never(strangers):
    left = gave_back()
    by_two(strangers, RETURNED, outgoing=left)
    another = paid(number="another", inn="", payer="ДРУГОЙ", day=FEBRUARY_10)

    with pytest.raises(NotItsReturn):
        by_two(another, RETURNED, outgoing=Outgoing.objects.get(pk=left.pk))


def test_a_part_is_given_back_and_the_rest_waits(strangers):
    by_two(strangers, RETURNED, amount=Decimal(4000), outgoing=gave_back("4000"))

    waits = (QUEUE, QueueReason.UNKNOWN_PAYER, 6000)
    assert now() == [(RETURNED, "", 4000), waits]
    assert is_sound()
    with pytest.raises(SharesTooMuch):
        by_two(Placement.objects.queued().get(), RETURNED, amount=Decimal(6001))


def test_late_money_that_was_given_back_is_named_no_more_and_the_person_hears(late, application):
    assert [one.amount for one in standing_of(application.person).late] == [10_000]

    by_two(late, RETURNED)

    assert standing_of(application.person).late == ()
    entry = application.person.timeline.get(kind="payments.returned")
    assert entry.facts["reason"] == "проверено по выписке"
    assert Message.objects.get(event="payments.given_back").person_id == application.person_id
    assert is_sound()


def test_a_persons_money_that_is_set_aside_is_told(late, application):
    by_two(late, SET_ASIDE)

    assert application.person.timeline.filter(kind="payments.uncounted").count() == 1
    assert Message.objects.get(event="payments.uncounted").person_id == application.person_id


@pytest.mark.parametrize("to", [SET_ASIDE, RETURNED])
def test_months_of_money_that_went_away_count_no_more_and_its_receipt_is_open(application, to):
    day = date(2026, 1, 14)
    paper = form_receipt(application=application, months=1, on=day)
    row = paid(purpose=paper.snapshot["purpose"], day=day)
    assert row.place == Place.MATCHED

    by_two(row, to)

    assert standing_of(application.person).months == 0
    assert Receipt.objects.get().status == ReceiptStatus.FORMED
    assert Message.objects.filter(event="payments.uncounted").count() == 1
    assert not Message.objects.filter(event="payments.given_back").exists()
    assert is_sound()


@pytest.mark.parametrize("to", [SET_ASIDE, RETURNED])
def test_a_credit_goes_away_with_its_receipt_and_waits_again_without(application, to):
    paper = form_receipt(application=application, months=1, on=FEBRUARY_9)
    application.patent.delete()
    paid(purpose=paper.snapshot["purpose"])
    type(application).objects.update(status="refused", refused_on=FEBRUARY_9, refusal_reason="x")
    application.refresh_from_db()
    keep_as_credit(application=application, actor=StaffFactory(), reason="отказ")

    by_two(Placement.objects.credit().get(), to)
    assert is_sound()

    back_by_two(Placement.objects.current().get())
    assert now() == [(QUEUE, QueueReason.UNDONE, 10_000)]
    assert is_sound()


def test_what_staff_put_away_waits_again_by_two_and_the_person_hears(late, application):
    left = gave_back(day=date(2026, 2, 19))
    by_two(late, RETURNED, outgoing=left)

    back_by_two(Placement.objects.get(place=RETURNED))

    waiting = Placement.objects.queued().get()
    assert (waiting.queue_reason, waiting.application) == (QueueReason.UNDONE, application)
    assert Outgoing.objects.get().line is None
    assert application.person.timeline.filter(kind="payments.waits").count() == 2
    assert is_sound()


def test_what_the_rules_set_aside_is_not_for_staff_to_bring_back(strangers):
    by_two(strangers, SET_ASIDE)
    Placement.objects.update(decided_by=None)

    with pytest.raises(LineMoved):
        back_by_two(Placement.objects.current().get())


def test_money_taken_by_ourselves_is_not_put_away_here(late):
    Placement.objects.filter(pk=late.pk).update(charge=ChargeFactory())

    with pytest.raises(TakenByOurselves):
        by_two(late, SET_ASIDE)


def test_money_that_moved_meanwhile_is_not_put_away(strangers):
    asked = ask(placement=strangers, to=SET_ASIDE, actor=StaffFactory(), reason="не наше")
    by_two(strangers, RETURNED)

    with pytest.raises(LineMoved):
        approvals.decide(approval=asked, granted=True, actor=StaffFactory())


# --- the page


@pytest.fixture
def clerk(client):
    client.force_login(StaffFactory())
    return client


def address(row: Placement) -> str:
    return reverse("admin:payments_placement_decide", args=[row.pk])


def test_the_page_asks_for_a_second_word_and_offers_what_left(clerk, strangers):
    left = gave_back()
    page = clerk.get(address(strangers)).content.decode()
    assert f'value="{left.pk}"' in page
    assert "number_1" in page

    typed = {"to": "returned", "outgoing": left.pk, "amount": "", "reason": "возврат"}
    clerk.post(address(strangers), typed)

    facts = Approval.objects.get().facts
    assert (facts["to"], facts["outgoing"], facts["amount"]) == ("returned", left.pk, "10000.00")


@pytest.mark.parametrize("typed", [{"to": "matched", "reason": "x"}, {"to": "set_aside"}])
def test_what_is_typed_wrongly_asks_for_nothing(clerk, strangers, typed):
    assert clerk.post(address(strangers), typed).status_code == 200
    assert not Approval.objects.exists()


def test_the_page_of_money_put_away_offers_to_let_it_wait_again(clerk, strangers):
    by_two(strangers, SET_ASIDE)
    row = Placement.objects.current().get()
    Approval.objects.all().delete()
    assert "number_1" not in clerk.get(address(row)).content.decode()

    clerk.post(address(row), {"to": "queue", "reason": "ошибка"})

    assert Approval.objects.get().facts["to"] == "queue"
