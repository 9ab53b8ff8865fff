"""Two of the staff say whose the money of a line is: given, divided, moved, taken back."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import Approval
from accounts.services import approvals
from notifications.models import Message
from payments.errors import LineMoved, NoticeIsNoMoney, SharesTooMuch, TakenByOurselves
from payments.facts import standing_of
from payments.models import Place, Placement, QueueReason, Receipt, ReceiptStatus, StatementLine
from payments.reference import display
from payments.services.audit import audit
from payments.services.deciding.by_hand import Share, ask
from payments.services.importing.statements import import_statement
from payments.services.online.credits import count_what_is_over
from payments.services.papers.receipts import form_receipt
from tests.factories import (
    ApplicationFactory,
    ChargeFactory,
    InnFactory,
    PassportFactory,
    PatentFactory,
    PersonFactory,
    StaffFactory,
)
from tests.payments.gis_gmp_files import notice, package
from tests.payments.statement_files import order, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
FEBRUARY_9 = date(2026, 2, 9)


def pay(amount: str, *, inn="", **more) -> Placement:
    line = order(on=FEBRUARY_9, posted_on=FEBRUARY_9, amount=Decimal(amount), inn=inn, **more)
    import_statement(content=whole(line, first=FEBRUARY_9), name="file.txt")
    return Placement.objects.current().latest("pk")


def by_two(placement: Placement, *shares: Share, reason="заявление и чек") -> None:
    asked = ask(placement=placement, shares=shares, actor=StaffFactory(), reason=reason)
    approvals.decide(approval=asked, granted=True, actor=StaffFactory())


def places() -> list[tuple]:
    rows = Placement.objects.current().order_by("amount", "pk")
    return [(row.place, row.amount, row.months, row.application_id) for row in rows]


def is_sound() -> bool:
    connection.check_constraints()
    return audit().faults == []


@pytest.fixture
def strangers():
    """Money of 20 000 that names nobody."""
    return pay("20000", payer="НЕИЗВЕСТНЫЙ")


@pytest.fixture
def another(db):
    person = PersonFactory()
    PassportFactory(person=person)
    InnFactory(person=person, value="500100732259")
    found = ApplicationFactory(person=person, status="issued", ready_on=date(2026, 1, 12))
    PatentFactory(application=found, number="2600418175")
    return found


def test_money_that_names_nobody_gets_its_owner(counted, strangers, application):
    by_two(strangers, Share(Decimal(20000), application.pk))

    assert places()[1] == (Place.MATCHED, Decimal(20000), 2, application.pk)
    assert standing_of(application.person).months == 3
    assert is_sound()


def test_nothing_moves_before_the_second_word(strangers, application):
    asked = ask(
        placement=strangers,
        shares=[Share(Decimal(20000), application.pk)],
        actor=(actor := StaffFactory()),
        reason="чек",
    )
    before = places()

    with pytest.raises(approvals.AnotherMustDecide):
        approvals.decide(approval=asked, granted=True, actor=actor)
    assert places() == before


def test_one_line_is_divided_among_several(application, another):
    line = pay("20000", payer="РОДСТВЕННИК")
    line_of_first = Share(Decimal(10000), application.pk, paid_on=date(2026, 1, 15))
    line_of_second = Share(Decimal(10000), another.pk)

    by_two(line, line_of_first, line_of_second)

    assert sum(row.amount for row in Placement.objects.current()) == 20000
    owners = {row.application_id for row in Placement.objects.current()}
    assert owners == {application.pk, another.pk}
    assert is_sound()


def test_what_no_share_takes_waits_as_before(strangers, application):
    by_two(strangers, Share(Decimal(12000), application.pk))

    rest = Placement.objects.queued().get(application=None)
    assert (rest.amount, rest.queue_reason) == (Decimal(8000), QueueReason.UNKNOWN_PAYER)
    assert is_sound()


def test_a_receipt_named_by_hand_is_settled(application):
    early = form_receipt(application=application, months=1, on=date(2026, 2, 9))
    application.patent.delete()
    line = pay("10000", payer="РОДСТВЕННИК")

    by_two(line, Share(Decimal(10000), application.pk, early.pk))

    early.refresh_from_db()
    assert early.status == ReceiptStatus.POSTED
    assert Placement.objects.months().get().receipt == early
    assert is_sound()


@pytest.fixture
def counted(application):
    """The first month is posted by the rules."""
    line = order(number="1", on=date(2026, 1, 14), posted_on=date(2026, 1, 14))
    import_statement(content=whole(line, first=date(2026, 1, 14)), name="first.txt")
    return Placement.objects.months().get()


def test_money_that_counts_for_a_wrong_person_goes_to_the_right_one(counted, application, another):
    by_two(counted, Share(Decimal(10000), another.pk), reason="чужой ИНН в поручении")

    assert standing_of(application.person).months == 0
    assert standing_of(another.person).months == 1
    assert application.person.timeline.filter(kind="payments.uncounted").count() == 1
    told = Message.objects.get(event="payments.uncounted")
    assert told.person_id == application.person_id
    assert is_sound()


def test_an_undone_decision_makes_the_money_wait_and_tells_the_person(counted, application):
    by_two(counted, reason="строка другого человека")

    [row] = Placement.objects.current()
    assert (row.place, row.queue_reason) == (Place.QUEUE, QueueReason.UNDONE)
    assert standing_of(application.person).months == 0
    application.refresh_from_db()
    assert application.first_paid_on is None
    assert is_sound()


def test_the_line_and_what_was_believed_stay(counted, application):
    line = StatementLine.objects.get()
    by_two(counted)

    assert StatementLine.objects.get() == line
    former = Placement.objects.get(pk=counted.pk)
    assert (former.place, former.application) == (Place.MATCHED, application)
    assert former.closed_at is not None


def test_a_receipt_whose_money_is_taken_away_is_open_again(application, another):
    paper = form_receipt(application=application, months=1, on=date(2026, 1, 14))
    line = order(
        on=date(2026, 1, 14), posted_on=date(2026, 1, 14), purpose=paper.snapshot["purpose"]
    )
    import_statement(content=whole(line, first=date(2026, 1, 14)), name="first.txt")

    by_two(Placement.objects.months().get(), Share(Decimal(10000), another.pk))

    assert Receipt.objects.get(pk=paper.pk).status == ReceiptStatus.FORMED
    assert is_sound()


def test_a_part_of_months_that_is_moved_lets_go_of_the_others(counted, application, another):
    for number, day in (("a", date(2026, 2, 8)), ("b", FEBRUARY_9)):
        line = order(number=number, on=day, posted_on=day, amount=Decimal(5000))
        import_statement(content=whole(line, first=day), name=f"{number}.txt")
    count_what_is_over()
    [part] = Placement.objects.joint().filter(months=0)

    by_two(part, Share(Decimal(5000), another.pk))

    assert standing_of(application.person).months == 1
    assert Placement.objects.credit().get().amount == 5000
    assert is_sound()


def test_late_money_stays_late_whoever_assigns_it(counted, application, february):
    february.move_to("2026-02-20 09:00:00+00:00")
    day = date(2026, 2, 18)
    line = order(number="9", on=day, posted_on=day, inn="")
    import_statement(content=whole(line, first=day), name="late.txt")
    waiting = Placement.objects.queued().get()

    by_two(waiting, Share(Decimal(10000), application.pk))

    row = Placement.objects.queued().get()
    assert (row.queue_reason, row.application) == (QueueReason.LATE, application)
    assert standing_of(application.person).months == 1


def test_more_than_there_is_is_refused(strangers, application):
    with pytest.raises(SharesTooMuch):
        by_two(strangers, Share(Decimal(20001), application.pk))


def test_money_that_moved_meanwhile_is_not_moved_again(strangers, application, another):
    shares = [Share(Decimal(20000), application.pk)]
    asked = ask(placement=strangers, shares=shares, actor=StaffFactory(), reason="чек")
    by_two(strangers, Share(Decimal(20000), another.pk))

    with pytest.raises(LineMoved):
        approvals.decide(approval=asked, granted=True, actor=StaffFactory())


def test_what_was_taken_online_is_put_right_where_it_was_taken(counted, application):
    Placement.objects.update(charge=ChargeFactory())
    counted.refresh_from_db()

    with pytest.raises(TakenByOurselves):
        by_two(counted)


@pytest.mark.parametrize("meaning", ["2", "3", "4"], ids=["changed", "cancelled", "restored"])
def test_a_notice_about_a_payment_is_never_given_to_anybody(counted, application, meaning):
    told = notice(meaning=meaning, day=FEBRUARY_9.isoformat())
    import_statement(content=package(told), name="notice.xml")
    waiting = Placement.objects.queued().get()
    before = places()

    with pytest.raises(NoticeIsNoMoney):
        by_two(waiting, Share(waiting.amount, application.pk))
    assert places() == before
    assert standing_of(application.person).months == 1


# --- the page


@pytest.fixture
def clerk(client):
    client.force_login(StaffFactory())
    return client


def address(row: Placement) -> str:
    return reverse("admin:payments_placement_decide", args=[row.pk])


def test_the_page_finds_people_by_words_that_stand_in_no_address(clerk, strangers, application):
    page = clerk.post(address(strangers), {"words": application.number}).content.decode()

    assert application.person.full_name in page
    assert application.number in page


def test_the_page_asks_for_a_second_word(clerk, strangers, application, another):
    paper = form_receipt(application=another, months=1, on=FEBRUARY_9)
    typed = {
        "number_1": application.number,
        "amount_1": "10 000",
        "number_2": display(paper.reference),
        "amount_2": "10 000",
        "reason": "заявление",
    }

    clerk.post(address(strangers), typed)

    shares = Approval.objects.get().facts["shares"]
    assert [one["application_id"] for one in shares] == [application.pk, another.pk]
    assert shares[1]["receipt_id"] == paper.pk


@pytest.mark.parametrize(
    "typed",
    [
        {"number_1": "no such number", "reason": "чек"},
        {"number_1": "1", "amount_1": "", "number_2": "2", "reason": "чек"},
        {"reason": ""},
        {"reason": "чек", "paid_on": "11.02.2026"},
    ],
)
def test_what_is_typed_wrongly_asks_for_nothing(clerk, strangers, typed):
    page = clerk.post(address(strangers), typed)

    assert page.status_code == 200
    assert not Approval.objects.exists()
