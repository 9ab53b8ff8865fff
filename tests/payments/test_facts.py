"""What is read from the database for the standing is what stands in it."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from accounts.models import Approval, Person
from common.clock import MOSCOW
from patents.models import Application
from payments.facts import known_facts, standing_of
from payments.models import Account, Charge, Claim, OpeningMonths, QueueReason, Requisites
from payments.sentence import sentence, short
from payments.standing import Channel, Facts, LateMoney, Money, State
from tests.factories import (
    MONTHLY,
    ApplicationFactory,
    ChargeFactory,
    OpeningMonthsFactory,
    PatentFactory,
    PersonFactory,
    PlacementFactory,
    ReceiptFactory,
    StaffFactory,
    TillPaymentFactory,
    counted_elsewhere,
    statements_through,
)
from tests.payments import plain_facts

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 17)


@pytest.fixture
def patent():
    """Issued on 15 January, the first month posted."""
    patent = PatentFactory(issued_on=date(2026, 1, 15))
    PlacementFactory(application=patent.application)
    return patent


def test_posted_and_living_money_of_a_case(patent):
    ChargeFactory(
        receipt=ReceiptFactory(application=patent.application),
        captured_at=datetime(2026, 2, 14, 23, 30, tzinfo=MOSCOW),
    )

    [case] = known_facts(patent.application.person, DAY).cases

    assert case.money == (
        Money(MONTHLY, 1, date(2026, 1, 10), date(2026, 1, 13), Channel.BANK),
        Money(MONTHLY, 1, date(2026, 2, 14)),
    )


def test_a_posted_charge_lives_once(patent):
    receipt = ReceiptFactory(application=patent.application)
    charge = ChargeFactory(receipt=receipt)
    PlacementFactory(
        application=patent.application, receipt=receipt, charge=charge, paid_on=date(2026, 2, 14)
    )

    [case] = known_facts(patent.application.person, DAY).cases

    assert sorted(money.paid_on for money in case.money) == [date(2026, 1, 10), date(2026, 2, 14)]
    assert {money.channel for money in case.money} == {Channel.BANK, Channel.CHARGE}


@pytest.mark.parametrize("status", ["new", "pending"])
def test_nobody_is_told_they_did_not_pay_while_the_bank_is_silent_about_a_page(patent, status):
    statements_through(date(2026, 2, 23))
    receipt = ReceiptFactory(application=patent.application)
    charge = ChargeFactory(receipt=receipt, status=status, captured_at=None)
    Charge.objects.update(created_at=datetime(2026, 2, 14, 23, 30, tzinfo=MOSCOW))
    person, day = patent.application.person, date(2026, 2, 24)

    it = standing_of(person, day)

    assert (it.state, it.asked) == (State.UNSEEN, (date(2026, 2, 14),))
    assert "14\u00a0февраля" in sentence(it).title
    assert "14.02.2026" in short(it)

    Charge.objects.filter(pk=charge.pk).update(status="canceled")
    assert standing_of(person, day).state == State.LAPSED


def test_a_page_opened_too_late_keeps_nothing_unsaid(patent):
    statements_through(date(2026, 2, 23))
    receipt = ReceiptFactory(application=patent.application)
    ChargeFactory(receipt=receipt, status="pending", captured_at=None)
    Charge.objects.update(created_at=datetime(2026, 2, 15, 0, 5, tzinfo=MOSCOW))

    assert standing_of(patent.application.person, date(2026, 2, 24)).state == State.LAPSED


def test_late_money_in_the_queue_is_named(patent):
    PlacementFactory(
        queued=True,
        queue_reason=QueueReason.LATE,
        application=patent.application,
        paid_on=date(2026, 2, 16),
    )

    [case] = known_facts(patent.application.person, DAY).cases

    assert case.late == (LateMoney(MONTHLY, date(2026, 2, 16), date(2026, 1, 13)),)


def test_the_tariff_of_the_day_and_nothing_when_it_is_unknown(patent):
    person = patent.application.person

    assert known_facts(person, DAY).monthly == Decimal(10000)
    assert known_facts(person, date(2027, 2, 1)).monthly == 0


def test_completeness_of_the_account_in_force(patent):
    statements_through(date(2026, 2, 21))

    assert known_facts(patent.application.person, DAY).complete_through == date(2026, 2, 21)


def test_an_open_receipt_on_another_account_is_waited_for(patent):
    statements_through(date(2026, 2, 21))
    statements_through(date(2026, 2, 3), "03100643000000017300")
    receipt = ReceiptFactory(application=patent.application)
    receipt.snapshot["account"] = "03100643000000017300"
    receipt.save()

    assert known_facts(patent.application.person, DAY).complete_through == date(2026, 2, 3)


FORMER = "03100643000000017300"


def unpaid_on_a_former_account(patent, *, until: date) -> Person:
    """Its requisites were in force in 2022, and through a day that is asked for."""
    receipt = ReceiptFactory(application=patent.application)
    receipt.snapshot["account"] = FORMER
    receipt.save()
    row = Requisites.objects.earliest("valid_from")
    row.pk, row.account = None, FORMER
    row.valid_from, row.valid_until = date(2022, 1, 1), date(2022, 12, 31)
    row.save()
    Requisites.objects.filter(valid_until=None).update(valid_from=until + timedelta(1))
    last = Requisites.objects.filter(valid_until=date(2025, 12, 4))
    last.update(account=FORMER, valid_until=until)
    return patent.application.person


@pytest.mark.parametrize(
    ("ended", "reached", "known"),
    [
        (date(2026, 1, 13), date(2026, 1, 13), date(2026, 2, 21)),
        (date(2026, 1, 13), None, date(2026, 2, 21)),
        (date(2026, 1, 13), date(2026, 1, 14), date(2026, 1, 14)),
        (date(2026, 1, 14), date(2026, 1, 13), date(2026, 1, 13)),
        (date(2026, 1, 14), None, None),
    ],
    ids=["over", "over before we began", "statements go on", "ended lately", "unknown lately"],
)
def test_an_account_that_is_over_is_not_waited_for_by_an_old_receipt(patent, ended, reached, known):
    """Covered through 14 February: 31 days before it is 14 January."""
    person = unpaid_on_a_former_account(patent, until=ended)
    statements_through(date(2026, 2, 21))
    if reached:
        statements_through(reached, FORMER)

    assert known_facts(person, DAY).complete_through == known
    plain = plain_facts.known_facts(person, DAY)
    assert plain.complete_through == known


def test_an_unpaid_receipt_of_an_account_that_is_over_keeps_nothing_unsaid(patent):
    person = unpaid_on_a_former_account(patent, until=date(2026, 1, 1))
    statements_through(date(2026, 1, 5), FORMER)
    statements_through(date(2026, 2, 21))

    assert standing_of(person, date(2026, 2, 22)).state == State.LAPSED


def test_without_statements_nothing_is_known():
    assert not Account.objects.exists()
    assert known_facts(PersonFactory(), DAY).complete_through is None


def test_somebody_elses_money_is_not_mine(patent):
    stranger = ApplicationFactory().person

    assert standing_of(stranger, DAY).state == State.PREPARING
    assert standing_of(stranger, DAY).months == 0


@pytest.mark.parametrize("count", [1, 3])
def test_a_standing_costs_the_same_questions_whatever_the_history(
    patent, count, django_assert_num_queries
):
    for _ in range(count):
        PlacementFactory(application=patent.application)

    with django_assert_num_queries(1):
        standing_of(patent.application.person, DAY)


@pytest.mark.parametrize("seed", range(12))
def test_the_one_question_says_what_the_plain_way_says(seed):
    day = told(seed)

    for person in Person.objects.all():
        assert of_cases(known_facts(person, day)) == of_cases(plain_facts.known_facts(person, day))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(12, 400))
def test_the_one_question_says_what_the_plain_way_says_of_many(seed):
    test_the_one_question_says_what_the_plain_way_says(seed)


def of_cases(facts: Facts) -> Facts:
    """Money in one order: it has none of its own."""
    cases = [
        replace(
            case, money=tuple(sorted(case.money, key=repr)), late=tuple(sorted(case.late, key=repr))
        )
        for case in facts.cases
    ]
    return replace(facts, cases=tuple(cases))


def told(seed: int) -> date:
    """Two people, each with some applications and money of every kind; the day to ask for."""
    chance = random.Random(seed)
    for number in chance.sample(ACCOUNTS, chance.randint(0, 2)):
        statements_through(date(2026, 1, 2) + timedelta(chance.randint(0, 90)), number)
    for _person in range(2):
        person = PersonFactory()
        for _application in range(chance.randint(0, 3)):
            _tell(chance, _application_of(chance, person))
    return date(2026, 1, 10) + timedelta(chance.randint(0, 420))


def _application_of(chance: random.Random, person: Person) -> Application:
    kind = chance.choice(["open", "ready", "refused", "issued", "annulled"])
    if kind in ("issued", "annulled"):
        issued_on = date(2026, 1, 10) + timedelta(chance.randint(0, 40))
        application = ApplicationFactory(
            person=person, status="issued", first_paid_on=chance.choice([None, issued_on])
        )
        annulled = {"annulled_on": issued_on + timedelta(30), "annulled_reason": "по суду"}
        PatentFactory(
            application=application, issued_on=issued_on, **(annulled if kind == "annulled" else {})
        )
        return application
    return ApplicationFactory(person=person, **({kind: True} if kind != "open" else {}))


def _tell(chance: random.Random, application: Application) -> None:
    """A few facts of money, each of a kind that chance chooses."""
    for _fact in range(chance.randint(0, 5)):
        paid_on = date(2026, 1, 10) + timedelta(chance.randint(0, 120))
        MONEY[chance.randrange(len(MONEY))](application, paid_on, chance)


def _line(application, paid_on, chance):
    PlacementFactory(
        line__paid_on=chance.choice([None, paid_on]),
        application=application,
        months=chance.randint(1, 3),
        paid_on=paid_on,
        line__posted_on=paid_on + timedelta(chance.choice([0, 0, 3, 12])),
    )


def _queued_line(application, paid_on, chance):
    reason = chance.choice(QueueReason.values)
    day = None if reason == QueueReason.DAY_UNKNOWN else paid_on
    PlacementFactory(queued=True, queue_reason=reason, application=application, paid_on=day)


def _moved_line(application, paid_on, chance):
    moved = {"application": application, "paid_on": paid_on, "closed_at": _noon(paid_on)}
    counted_elsewhere(PlacementFactory(**moved))


def _charge(application, paid_on, chance):
    months = chance.randint(1, 2)
    receipt = ReceiptFactory(application=application, months=months)
    charge = ChargeFactory(receipt=receipt, captured_at=_noon(paid_on))
    if chance.random() < 0.4:
        PlacementFactory(application=application, receipt=receipt, charge=charge, paid_on=paid_on)


def _at_till(application, paid_on, chance):
    receipt = ReceiptFactory(application=application, months=chance.randint(1, 2))
    taken = TillPaymentFactory(receipt=receipt, taken_on=paid_on)
    if chance.random() < 0.4:
        PlacementFactory(
            line__paid_on=chance.choice([None, paid_on]),
            application=application,
            receipt=receipt,
            till_payment=taken,
            paid_on=paid_on,
        )
    elif chance.random() < 0.3:
        _corrected(taken, chance)


def _corrected(taken, chance):
    """A later entry speaks: nothing was taken, or it was another receipt's money."""
    receipt = chance.choice([None, ReceiptFactory(application=taken.receipt.application)])
    approval = Approval.objects.create(
        kind="till", person=taken.receipt.person, asked_by=StaffFactory(), reason="-"
    )
    TillPaymentFactory(
        till=taken.till,
        cheque_number=taken.cheque_number,
        taken_on=taken.taken_on,
        receipt=receipt,
        amount=receipt.amount if receipt else 0,
        corrects=taken,
        approval=approval,
    )


def _paper(application, paid_on, chance):
    receipt = ReceiptFactory(application=application)
    receipt.snapshot["account"] = chance.choice(ACCOUNTS)
    receipt.save()


def _cheque(application, paid_on, chance):
    status = chance.choice(["open", "confirmed", "rejected"])
    amount = Decimal(chance.randint(1, 10**6))
    claim = Claim(application=application, months=1, amount=amount, paid_on=paid_on, status=status)
    if status != "open":
        claim.decided_by, claim.decided_at = StaffFactory(), _noon(paid_on)
    claim.proven_on = paid_on - timedelta(1) if status == "confirmed" else None
    claim.reason = "не тот чек" if status == "rejected" else ""
    claim.save()


def _counted(application, paid_on, chance):
    if not OpeningMonths.objects.filter(application=application).exists():
        months = chance.randint(1, 12)
        OpeningMonthsFactory(application=application, months=months, counted_on=paid_on)


MONEY = [_line, _queued_line, _moved_line, _charge, _at_till, _paper, _cheque, _counted]
ACCOUNTS = ["03100643000000018500", "03100643000000017300"]


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=MOSCOW)
