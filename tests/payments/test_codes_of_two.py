"""Money whose codes lead elsewhere becomes credit or months by the word of two of the staff only,
or when its codes have become ours."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.services import approvals
from patents.models import ApplicationStatus
from payments.models import Place, Placement, QueueReason, Requisites
from payments.services.deciding import by_hand
from payments.services.deciding.taking import take
from payments.services.importing import likely, now_known
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from payments.services.ledger import elsewhere
from payments.services.online.credits import count_what_is_over, keep_as_credit
from tests.factories import ApplicationFactory, PlacementFactory, StaffFactory
from tests.payments.statement_files import ACCOUNT, order, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
DAY, NEXT = date(2026, 2, 9), date(2026, 2, 10)
ENP, OBLAST = "18201061201010000510", "46744000"
ONE_DIGIT_OFF = "775100004211"
CODES = pytest.mark.parametrize(
    "codes", [{"ПоказательКБК": ENP}, {"ОКАТО": OBLAST}], ids=["another tax", "another region"]
)


@pytest.fixture(autouse=True)
def account():
    open_account(number=ACCOUNT, counted_through=date(2025, 12, 30))


def pay(*, on=DAY, **more) -> Placement:
    line = order(on=on, posted_on=on, amount=Decimal(10000), **more)
    import_statement(content=whole(line, first=on), name="one.txt")
    return last()


def last() -> Placement:
    return Placement.objects.current().latest("line_id", "pk")


def staff() -> dict:
    return {"actor": StaffFactory(), "reason": "платёж проверен"}


# --- a refused application


@pytest.fixture
def open_one(application):
    """Not issued yet, nothing is paid for it."""
    application.steps.filter(status="issued").delete()
    application.patent.delete()
    application.status = ApplicationStatus.READY
    application.save(update_fields=["status"])
    return application


def refuse(application) -> None:
    application.status = ApplicationStatus.REFUSED
    application.refused_on, application.refusal_reason = DAY, "неверные данные"
    application.save(update_fields=["status", "refused_on", "refusal_reason"])


@CODES
def test_a_refusal_makes_no_credit_and_no_months_of_it(open_one, codes):
    row = pay(**codes)
    refuse(open_one)
    assert row.application == open_one
    assert not Placement.objects.of_refused().exists()

    assert keep_as_credit(application=open_one, **staff()) == 0
    ApplicationFactory(person=open_one.person, accepted_on=NEXT)
    assert count_what_is_over() == 0
    assert last() == row


def test_money_with_our_codes_beside_it_is_credit_as_ever(open_one):
    row = pay(ПоказательКБК=ENP)
    ours = pay(on=NEXT, number="2")
    refuse(open_one)

    assert keep_as_credit(application=open_one, **staff()) == 10_000
    assert Placement.objects.credit().get().line == ours.line
    assert Placement.objects.queued().get() == row


def test_nor_does_one_click_after_two_took_their_word_back(open_one):
    row = pay(ПоказательКБК=ENP)
    for shares in ([by_hand.Share(row.amount, open_one.pk)], []):
        asked = by_hand.ask(placement=last(), shares=shares, **staff())
        approvals.decide(approval=asked, granted=True, actor=StaffFactory())
    assert last().queue_reason == QueueReason.UNDONE
    refuse(open_one)

    assert keep_as_credit(application=open_one, **staff()) == 0
    assert last().place == Place.QUEUE


def test_what_two_counted_is_credit_when_the_application_is_refused(open_one):
    row = pay(ПоказательКБК=ENP)
    share = by_hand.Share(row.amount, open_one.pk)
    asked = by_hand.ask(placement=row, shares=[share], **staff())
    approvals.decide(approval=asked, granted=True, actor=StaffFactory())
    refuse(open_one)

    assert keep_as_credit(application=open_one, **staff()) == 10_000


# --- one click on a likely person


@pytest.fixture
def first_month(application):
    return PlacementFactory(application=application).application


def taken(row: Placement, application):
    likely.weigh_waiting()
    return take(placement=row, application_id=application.pk, actor=StaffFactory())


@CODES
def test_a_likely_person_is_not_taken_by_one(first_month, codes):
    row = pay(inn=ONE_DIGIT_OFF, **codes)

    asked = taken(row, first_month)
    assert last() == row
    approvals.decide(approval=asked, granted=True, actor=StaffFactory())
    assert (last().place, last().months) == (Place.MATCHED, 1)


def test_the_twin_without_codes_is_taken_by_one(first_month):
    assert taken(pay(inn=ONE_DIGIT_OFF), first_month) is None
    assert (last().place, last().months) == (Place.MATCHED, 1)


# --- the requisites are entered later


@CODES
def test_named_money_posts_by_itself_once_its_codes_are_ours(first_month, codes):
    row = pay(**codes)
    assert row.application == first_month
    Requisites.objects.update(kbk=ENP, oktmo=OBLAST)

    likely.weigh_waiting()

    assert (last().place, last().months) == (Place.MATCHED, 1)


def test_money_of_nobody_waits_under_its_true_sign_then(first_month, february):
    pay(ПоказательКБК=ENP, inn="", payer="ИНОЙ")
    Requisites.objects.update(kbk=ENP)
    february.move_to("2026-02-10 10:01:00+00:00")

    likely.weigh_waiting()

    assert (last().place, last().queue_reason) == (Place.QUEUE, QueueReason.UNKNOWN_PAYER)


def test_until_then_nothing_is_decided_anew(first_month, monkeypatch):
    row = pay(ПоказательКБК=ENP)
    monkeypatch.setattr(now_known, "match_again", lambda **said: pytest.fail("decided"))

    likely.weigh_waiting()

    assert last() == row


def test_of_many_lines_the_codes_are_asked_once(first_month, monkeypatch):
    for number in "123":
        pay(number=number, ПоказательКБК=ENP)
    asked, of_lines = [], elsewhere.of_lines

    def counted(keys):
        asked.append(list(keys))
        return of_lines(keys)

    monkeypatch.setattr(elsewhere, "of_lines", counted)
    rows = Placement.objects.queued().select_related("line", "application")
    now_known.post_what_is_known(rows)

    assert [len(keys) for keys in asked] == [Placement.objects.queued().count()]
