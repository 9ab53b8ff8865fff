"""More situations of the kind that `architecture` tables: re-issue, short months, accounts, claims.

Facts are made without the database where the rule is pure; where it is about reading them, the
services themselves put them there.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
import time_machine

from payments import coverage
from payments.facts import standing_of
from payments.models import Account, ReceiptStatus, Requisites
from payments.sentence import sentence, short, third_party_words
from payments.services.claims.claims import reject, show_cheque
from payments.standing import (
    ApplicationFacts,
    BoxState,
    Case,
    Channel,
    Facts,
    LateMoney,
    Money,
    PatentFacts,
    State,
    ThirdParty,
    standing,
)
from tests.factories import (
    PatentFactory,
    PlacementFactory,
    ReceiptFactory,
    StaffFactory,
    statements_through,
)

DAY = timedelta(days=1)
PRICE = Decimal(10_000)
ISSUED = date(2026, 1, 15)
NEW_ACCOUNT = "03100643000000017300"


def paid(on: date, months=1, posted_on=None, **more) -> Money:
    return Money(PRICE * months, months, on, posted_on or on, **more)


def online(on: date, months=1) -> Money:
    return Money(PRICE * months, months, on)


def case(issued_on: date, *money: Money, number="1381161", accepted=None, **patent) -> Case:
    accepted = accepted or issued_on - 10 * DAY
    application = ApplicationFacts(number, "issued", accepted)
    return Case(application, PatentFacts("77", "2600000001", issued_on, **patent), money)


def waiting(accepted_on: date, status="in_review", *money: Money, **more) -> Case:
    return Case(ApplicationFacts("1381162", status, accepted_on, **more), None, money)


def at(today: date, *cases: Case, complete: date | None = None):
    return standing(Facts(cases, complete or today - DAY, PRICE), today)


# --- re-issue: the old patent and the new application


FULL_YEAR = case(ISSUED, paid(ISSUED, 12))
REISSUE = date(2026, 12, 20)


def test_while_the_old_year_lasts_the_reissue_is_only_prepared():
    it = at(date(2027, 1, 5), FULL_YEAR, waiting(REISSUE))

    assert (it.state, it.case) == (State.VALID, FULL_YEAR)


def test_on_the_day_after_the_year_the_new_application_speaks():
    it = at(date(2027, 1, 15), FULL_YEAR, waiting(REISSUE, "ready"))

    assert it.state == State.READY


def test_the_month_paid_ahead_for_the_reissue_is_named_with_it():
    ahead = waiting(REISSUE, "ready", online(date(2027, 1, 11)))

    it = at(date(2027, 1, 15), FULL_YEAR, ahead)

    assert (it.state, it.months_living) == (State.READY, 1)


def test_a_new_patent_issued_within_the_old_year_begins_a_year_of_its_own():
    new = case(date(2027, 1, 4), paid(date(2027, 1, 2)), number="1381162")

    it = at(date(2027, 1, 10), FULL_YEAR, new)

    assert (it.case, it.months, it.covered_through) == (new, 1, date(2027, 2, 3))


def test_a_refused_reissue_does_not_speak_while_the_old_patent_lives_and_does_afterwards():
    refused = waiting(REISSUE, "refused", refused_on=date(2027, 1, 2))

    assert at(date(2027, 1, 14), FULL_YEAR, refused).state == State.VALID
    assert at(date(2027, 1, 15), FULL_YEAR, refused).state == State.REFUSED


def test_an_annulled_patent_and_a_refused_application_after_it():
    annulled = case(ISSUED, paid(ISSUED), annulled_on=date(2026, 2, 1))
    refused = waiting(date(2026, 2, 5), "refused", refused_on=date(2026, 2, 20))

    assert at(date(2026, 2, 4), annulled).state == State.ANNULLED
    assert at(date(2026, 2, 21), annulled, refused).state == State.REFUSED


def test_the_newest_patent_speaks_even_when_it_is_annulled_and_the_old_year_is_not_over():
    new = case(date(2026, 12, 28), paid(date(2026, 12, 28)), annulled_on=date(2027, 1, 5))

    assert at(date(2027, 1, 6), FULL_YEAR, new).state == State.ANNULLED


def test_money_of_the_old_patent_never_covers_the_new_one():
    new = case(date(2026, 2, 10), number="1381162")
    old = case(ISSUED, paid(ISSUED, 12))

    it = at(date(2026, 2, 20), old, new)

    assert (it.state, it.months) == (State.UNSEEN, 0)


def test_annulment_wins_over_money_of_every_kind():
    money = (paid(ISSUED), online(date(2026, 2, 10)), paid(date(2026, 2, 12), 3))
    it = at(date(2026, 2, 20), case(ISSUED, *money, annulled_on=date(2026, 2, 20)))

    assert (it.state, it.third_party) == (State.ANNULLED, ThirdParty.ENDED)


def test_an_expired_year_wins_over_lapsed():
    it = at(date(2027, 3, 1), case(ISSUED, paid(ISSUED)))

    assert it.state == State.EXPIRED


# --- days of issue that other months do not have


ODD_DAYS = [
    date(2026, 1, 28),
    date(2026, 1, 29),
    date(2026, 1, 30),
    date(2026, 1, 31),
    date(2026, 3, 31),
    date(2026, 8, 31),
    date(2028, 1, 31),
    date(2028, 2, 29),
    date(2027, 2, 28),
]


@pytest.mark.parametrize("issued_on", ODD_DAYS, ids=str)
def test_whoever_pays_on_each_last_covered_day_is_covered_on_every_day_of_the_year(issued_on):
    money = [paid(issued_on)]
    while len(money) < 12:
        money.append(paid(coverage.covered_through(issued_on, len(money))))

    day = issued_on
    while day <= coverage.year_end(issued_on):
        it = at(day, case(issued_on, *money))
        assert it.state in {State.DUE, State.VALID}, day
        assert it.late == ()
        day += DAY


@pytest.mark.parametrize("issued_on", ODD_DAYS, ids=str)
def test_a_payment_asked_for_by_the_earlier_reading_is_never_late_by_the_later(issued_on):
    for months in range(1, 12):
        asked, last = (
            coverage.pay_by(issued_on, months),
            coverage.covered_through(issued_on, months),
        )
        assert asked <= last <= asked + DAY


def test_the_day_between_the_two_readings_is_still_a_day_to_pay_and_the_next_one_is_not():
    january = case(date(2026, 1, 31), paid(date(2026, 1, 31)))

    assert at(date(2026, 2, 28), january).state == State.DUE
    assert at(date(2026, 3, 1), january).state == State.UNSEEN
    on_it = case(date(2026, 1, 31), paid(date(2026, 1, 31)), online(date(2026, 2, 28)))
    after = case(date(2026, 1, 31), paid(date(2026, 1, 31)), online(date(2026, 3, 1)))
    assert at(date(2026, 3, 1), on_it).state == State.IN_TRANSIT
    assert at(date(2026, 3, 1), after).late != ()


def test_a_patent_of_29_february_has_a_whole_year():
    leap = case(date(2028, 2, 29), paid(date(2028, 2, 29), 12))

    assert at(date(2029, 2, 28), leap).state == State.VALID
    assert at(date(2029, 3, 1), leap).state == State.EXPIRED


# --- the day of issue


def test_on_the_day_of_issue_nothing_is_late_yet():
    it = at(ISSUED, case(ISSUED))

    assert (it.state, it.first_month_is_in_time, it.late) == (State.UNSEEN, True, ())


@pytest.mark.parametrize("ahead", [0, 1, 30, 90])
def test_the_first_month_may_be_paid_long_before_issue(ahead):
    it = at(ISSUED, case(ISSUED, paid(ISSUED - ahead * DAY)))

    assert (it.state, it.covered_through) == (State.VALID, date(2026, 2, 14))


def test_several_months_paid_before_issue_count_from_it():
    it = at(date(2026, 4, 1), case(ISSUED, paid(date(2026, 1, 3), 2), paid(date(2026, 1, 5))))

    assert it.covered_through == date(2026, 4, 14)


def test_a_first_month_paid_a_day_after_issue_is_named_and_never_ends_the_patent_by_itself():
    late = case(ISSUED, paid(ISSUED + DAY))

    it = at(date(2026, 6, 1), late)

    assert (it.state, len(it.late), it.first_payment_missing) == (State.UNSEEN, 1, True)


# --- claims


def test_a_claim_older_than_30_days_is_traced_and_never_forgotten():
    cheque = Money(PRICE, 1, date(2026, 2, 14), channel=Channel.CLAIM, confirmed=False)
    it = at(date(2026, 3, 10), case(ISSUED, paid(ISSUED), cheque))

    assert it.state == State.TRACING
    far = at(date(2026, 8, 1), case(ISSUED, paid(ISSUED), cheque))
    assert (far.living, far.covered_through) == ((cheque,), date(2026, 3, 14))


@pytest.mark.django_db
def test_a_refused_claim_covers_nothing_and_may_be_shown_again():
    patent = PatentFactory(issued_on=ISSUED)
    PlacementFactory(application=patent.application)
    statements_through(date(2026, 2, 21))
    person = patent.application.person
    with time_machine.travel("2026-02-22 09:00:00+00:00"):
        shown = show_cheque(application=patent.application, amount=PRICE, paid_on=date(2026, 2, 14))
        assert standing_of(person).state == State.TRACING

        reject(claim=shown, reason="чек другого человека", actor=StaffFactory())
        assert standing_of(person).state == State.LAPSED

        show_cheque(application=patent.application, amount=PRICE, paid_on=date(2026, 2, 13))
        assert standing_of(person).state == State.TRACING


# --- accounts


@pytest.fixture
def covered(db):
    """Covered through 14 February; the account of today is complete as far as needed."""
    patent = PatentFactory(issued_on=ISSUED)
    PlacementFactory(application=patent.application)
    statements_through(date(2026, 2, 28))
    return patent.application


def test_a_new_kpp_on_the_same_account_changes_nothing(covered):
    rows = Requisites.objects.order_by("valid_from")
    assert [row.account for row in rows] == ["03100643000000018500"] * 2

    assert standing_of(covered.person, date(2026, 2, 22)).state == State.LAPSED


def move_to_a_new_account(since: date) -> None:
    now = Requisites.objects.get(valid_until=None)
    now.valid_until = since - DAY
    now.save()
    now.pk, now.account, now.valid_from, now.valid_until = None, NEW_ACCOUNT, since, None
    now.save()


def test_on_the_last_covered_day_the_account_in_force_is_waited_for(covered):
    """The old account is complete; nobody has said anything about the new one yet."""
    move_to_a_new_account(date(2026, 2, 14))

    assert standing_of(covered.person, date(2026, 2, 22)).state == State.UNSEEN

    statements_through(date(2026, 2, 21), NEW_ACCOUNT)
    assert standing_of(covered.person, date(2026, 2, 22)).state == State.LAPSED


def test_requisites_that_changed_after_the_last_covered_day_do_not_matter(covered):
    move_to_a_new_account(date(2026, 2, 15))

    assert standing_of(covered.person, date(2026, 2, 22)).state == State.LAPSED


def test_the_old_account_is_waited_for_while_it_stands_on_an_open_receipt(covered):
    Account.objects.update(complete_through=date(2026, 2, 20))
    move_to_a_new_account(date(2026, 2, 1))
    statements_through(date(2026, 2, 28), NEW_ACCOUNT)
    assert standing_of(covered.person, date(2026, 2, 22)).state == State.LAPSED

    ReceiptFactory(application=covered)  # its paper names the old account

    assert standing_of(covered.person, date(2026, 2, 22)).state == State.UNSEEN


@pytest.mark.parametrize(
    ("cancelled_on", "state"),
    [(date(2026, 2, 5), State.UNSEEN), (date(2026, 1, 10), State.LAPSED)],
    ids=["lately", "long ago"],
)
def test_the_old_account_is_waited_for_while_money_may_come_by_a_cancelled_receipt(
    covered, cancelled_on, state
):
    """Paid at a bank by the paper that the centre cancelled: nobody refuses that money."""
    Account.objects.update(complete_through=date(2026, 2, 20))
    paper = ReceiptFactory(application=covered)
    paper.status, paper.cancel_reason = ReceiptStatus.CANCELLED, "ошибка"
    paper.cancelled_by = StaffFactory()
    paper.cancelled_at = datetime.combine(cancelled_on, time(12), tzinfo=UTC)
    paper.save()
    move_to_a_new_account(date(2026, 2, 8))
    statements_through(date(2026, 2, 28), NEW_ACCOUNT)

    assert standing_of(covered.person, date(2026, 2, 22)).state == state

    Account.objects.update(complete_through=date(2026, 2, 28))
    assert standing_of(covered.person, date(2026, 2, 22)).state == State.LAPSED


# --- sums that fit no month


def test_half_a_month_covers_nothing_is_named_and_is_not_called_missing():
    half = LateMoney(PRICE / 2, date(2026, 2, 10), date(2026, 2, 12))
    it = at(date(2026, 2, 22), replace(case(ISSUED, paid(ISSUED)), late=(half,)))

    assert (it.state, it.covered_through, it.late) == (State.UNSEEN, date(2026, 2, 14), (half,))


# --- words: whatever the situation, it is said long, short and to a third party


EVERY_STATE = [
    at(date(2026, 2, 20), case(ISSUED, paid(ISSUED), annulled_on=date(2026, 2, 1))),
    at(date(2027, 2, 1), FULL_YEAR),
    at(date(2026, 2, 22), case(ISSUED, paid(ISSUED))),
    at(date(2026, 2, 22), case(ISSUED, paid(ISSUED), online(date(2026, 2, 14)))),
    at(date(2026, 2, 16), case(ISSUED, paid(ISSUED), online(date(2026, 2, 14)))),
    at(date(2026, 2, 16), case(ISSUED, paid(ISSUED))),
    at(date(2026, 2, 10), case(ISSUED, paid(ISSUED))),
    at(date(2026, 2, 1), case(ISSUED, paid(ISSUED))),
    at(date(2026, 2, 1), waiting(ISSUED, "ready")),
    at(date(2026, 2, 1), waiting(ISSUED)),
    at(date(2026, 2, 1), waiting(ISSUED, "refused")),
    at(date(2026, 2, 1)),
]


def test_all_twelve_states_are_among_them():
    assert [it.state for it in EVERY_STATE] == list(State)


@pytest.mark.parametrize("it", EVERY_STATE, ids=lambda it: str(it.state))
def test_each_is_said_long_and_short_and_to_a_third_party(it):
    said = sentence(it)

    assert said.title
    assert said.action_label
    assert short(it)
    assert third_party_words(it.third_party)
    assert {box.state for box in it.boxes} <= set(BoxState)
