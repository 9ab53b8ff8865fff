from dataclasses import replace
from datetime import date

import pytest

from payments.standing import Case, Channel, Facts, LateMoney, State, ThirdParty, standing
from tests.payments.one_patent import (
    DAY,
    FIRST,
    ISSUED,
    ONLINE_IN_TIME,
    ONLINE_LATE,
    PATENT,
    PRICE,
    SECOND,
    application,
    at_bank,
    cheque,
    feb,
    mar,
    money,
    on,
)

# Issued 15 January 2026, the first month posted (covered through 14 February) in every row.
SITUATIONS = [
    ("nothing paid", (), [(feb(13), "due"), (feb(14), "due")], "up to date"),
    ("nothing paid, C = 14 Feb", (), [(feb(15), "unseen")], feb(14)),
    ("nothing paid, C = 21 Feb", (), [(feb(22), "lapsed")], feb(21)),
    ("nothing paid, C = 10 Feb", (), [(feb(22), "unseen")], feb(10)),
    (
        "online on 14 Feb, posted 25 Feb in an order dated 16 Feb",
        (ONLINE_IN_TIME,),
        [(feb(day), "in-transit") for day in range(14, 22)]
        + [(feb(day), "tracing") for day in range(22, 25)]
        + [(feb(25), "valid")],
        "up to date",
    ),
    (
        "at a bank on 14 Feb, posted 20 Feb",
        (at_bank(feb(14), feb(20)),),
        [(feb(day), "unseen") for day in range(15, 20)] + [(feb(20), "valid")],
        "up to date",
    ),
    (
        "at a bank on 14 Feb, posted 28 Feb",
        (at_bank(feb(14), feb(28)),),
        [(feb(day), "lapsed") for day in range(22, 28)] + [(feb(28), "valid")],
        "up to date",
    ),
    (
        "at a bank on 16 Feb (late), posted 20 Feb",
        (at_bank(feb(16), feb(20)),),
        [(feb(20), "unseen"), (feb(22), "lapsed")],
        "up to date",
    ),
    (
        "online on 16 Feb (late)",
        (ONLINE_LATE,),
        [(feb(16), "unseen"), (mar(1), "lapsed")],
        "up to date",
    ),
    (
        "months 1 and 2 posted, month 3 online on 20 Feb",
        (SECOND, money(feb(20))),
        [(feb(25), "valid"), (mar(3), "valid"), (mar(4), "tracing"), (mar(5), "tracing")],
        "up to date",
    ),
    (
        "month 2 online on 14 Feb never posted, month 3 at a bank on 14 Mar, C = 14 Mar",
        (money(feb(14)), at_bank(mar(14), mar(20))),
        [(mar(15), "tracing")],
        mar(14),
    ),
    (
        "twelve months posted",
        (money(date(2026, 1, 20), date(2026, 1, 25), months=11),),
        [(date(2027, 1, 8), "valid"), (date(2027, 1, 14), "valid"), (date(2027, 1, 15), "expired")],
        "up to date",
    ),
    (
        "online on 14 Feb, the feed stopped: nobody is traced",
        (money(feb(14)),),
        [(feb(22), "in-transit"), (mar(10), "in-transit")],
        feb(10),
    ),
    (
        "an unconfirmed cheque of 14 Feb shown",
        (cheque(feb(14), confirmed=False),),
        [(feb(15), "in-transit"), (feb(22), "tracing")],
        "up to date",
    ),
    ("statements never seen at all", (), [(mar(30), "unseen")], None),
    ("far from the next payment", (SECOND,), [(mar(3), "valid"), (mar(4), "due")], "up to date"),
]


@pytest.mark.parametrize(
    ("paid", "day", "state", "complete"),
    [
        pytest.param(paid, day, state, complete, id=f"{words}, on {day:%d %b}")
        for words, paid, days, complete in SITUATIONS
        for day, state in days
    ],
)
def test_the_situations_of_the_architecture(paid, day, state, complete):
    assert on(day, FIRST, *paid, complete=complete).state == state


def test_late_money_at_a_bank_is_named_from_the_day_it_is_posted():
    paid = (FIRST, at_bank(feb(16), feb(20)))

    assert on(feb(19), *paid).late == ()
    assert on(feb(20), *paid).late == (LateMoney(PRICE, feb(16), feb(20)),)
    assert on(feb(22), *paid).late == (LateMoney(PRICE, feb(16), feb(20)),)


def test_late_money_online_is_named_and_covers_nothing():
    it = on(feb(16), FIRST, ONLINE_LATE)

    assert it.late == (LateMoney(PRICE, feb(16), None, Channel.CHARGE),)
    assert (it.covered_through, it.living, it.transit) == (feb(14), (), None)


@pytest.mark.parametrize(
    ("waiting", "state"),
    [
        (LateMoney(PRICE, feb(15), feb(20)), State.LAPSED),
        (LateMoney(PRICE, feb(14), feb(20)), State.UNSEEN),
        (LateMoney(PRICE, feb(14), feb(24)), State.UNSEEN),
        (LateMoney(PRICE, None, feb(21)), State.UNSEEN),
        (LateMoney(PRICE, None, feb(22)), State.LAPSED),
    ],
    ids=[
        "paid a day late",
        "paid in time, and its sum or receipt is in doubt",
        "the same, posted after the seven days",
        "posted within the seven days, nobody knows when it was paid",
        "posted after the seven days, nobody knows when it was paid",
    ],
)
def test_money_in_the_staff_queue_is_named_and_may_keep_lapsed_from_being_said(waiting, state):
    """Undecided money covers nothing, but while it may be timely nobody is told it was not."""
    it = on(feb(25), FIRST, late=(waiting,))

    assert (it.state, it.late) == (state, (waiting,))
    assert it.covered_through == feb(14)


def test_a_line_of_the_queue_does_not_exist_before_it_is_posted():
    late = LateMoney(PRICE, None, feb(20))
    waiting = Facts((Case(application(), late=(late,)),))

    assert on(feb(19), FIRST, late=(late,)).late == ()
    assert standing(waiting, feb(19)).late == ()


def test_a_month_issued_on_the_31st_may_be_paid_on_the_last_day_of_february():
    issued_on = date(2026, 1, 31)
    paid = (money(date(2026, 1, 20), date(2026, 1, 25)), money(feb(28)))

    it = on(mar(1), *paid, issued_on=issued_on)

    assert (it.state, it.covered_through, it.late) == (State.IN_TRANSIT, mar(30), ())


def test_the_extra_day_of_a_short_month_is_still_a_day_to_pay():
    issued_on = date(2026, 1, 31)
    it = on(feb(28), money(date(2026, 1, 20), date(2026, 1, 25)), issued_on=issued_on)

    assert (it.state, it.pay_by, it.pay_until) == (State.DUE, feb(27), feb(28))


class TestTheMoneyOnItsWay:
    @pytest.mark.parametrize(
        ("day", "number"), [(14, 1), (15, 1), (17, 3), (20, 6), (21, 7), (24, 7)]
    )
    def test_the_day_is_counted_from_the_payment_and_stays_within_seven(self, day, number):
        assert on(feb(day), FIRST, ONLINE_IN_TIME).transit.day_no == number

    def test_it_says_by_when_the_treasury_should_write_it(self):
        assert on(feb(17), FIRST, ONLINE_IN_TIME).transit.expected_by == feb(21)

    def test_the_oldest_money_speaks(self):
        newer = money(feb(16), months=2)
        it = on(feb(17), FIRST, newer, ONLINE_IN_TIME)

        assert (it.transit.money, it.months_living) == (ONLINE_IN_TIME, 3)

    def test_while_it_travels_the_next_month_is_still_asked_for(self):
        it = on(mar(10), FIRST, money(feb(14)))

        assert (it.state, it.is_payable, it.pay_until) == (State.TRACING, True, mar(14))

    def test_a_charge_taken_at_the_till_lives_too(self):
        assert on(feb(15), FIRST, money(feb(14), channel=Channel.TILL)).state == State.IN_TRANSIT

    def test_a_year_that_the_treasury_has_in_full_waits_for_nothing(self):
        year = money(date(2026, 1, 20), date(2026, 1, 25), months=11)
        it = on(date(2027, 1, 10), FIRST, year, money(date(2027, 1, 9)))

        assert it.state == State.VALID


class TestTheFirstMonth:
    def test_paid_on_the_day_of_issue_it_is_in_time(self):
        assert on(date(2026, 1, 16), money(ISSUED)).state == State.IN_TRANSIT

    def test_paid_a_day_after_issue_it_is_named_as_late(self):
        it = on(date(2026, 1, 16), money(ISSUED + DAY))

        assert (it.state, len(it.late)) == (State.UNSEEN, 1)

    def test_without_any_month_the_patent_is_unseen_and_never_lapsed_by_itself(self):
        it = on(date(2026, 9, 1))

        assert (it.state, it.last_covered) == (State.UNSEEN, date(2026, 1, 14))
        assert it.first_payment_missing

    def test_known_but_never_posted_it_is_traced_and_does_not_lapse(self):
        assert on(date(2026, 9, 1), money(date(2026, 1, 10))).state == State.TRACING

    def test_once_posted_it_is_no_longer_missing(self):
        assert not on(feb(1), FIRST).first_payment_missing


class TestTheTwelfthMonth:
    PAID_YEAR = (FIRST, money(date(2026, 1, 20), date(2026, 1, 25), months=11))

    def test_there_is_nothing_to_pay_any_more(self):
        it = on(date(2027, 1, 8), *self.PAID_YEAR)

        assert (it.pay_by, it.pay_until, it.remind_on, it.next_through) == (None,) * 4
        assert (it.is_payable, it.days_to_year_end) == (False, 6)

    def test_money_beyond_it_covers_nothing(self):
        it = on(date(2026, 2, 1), *self.PAID_YEAR, money(date(2026, 1, 26), months=3))

        assert (it.months, it.covered_through) == (12, date(2027, 1, 14))

    def test_a_year_not_paid_to_its_end_has_expired_too(self):
        assert on(date(2027, 1, 15), FIRST).state == State.EXPIRED


class TestTheCase:
    OLD = Case(application("issued"), PATENT, (FIRST,))
    NEXT = Case(application(accepted_on=date(2026, 12, 1)))

    def at(self, today, *cases):
        return standing(Facts(cases, today - DAY, PRICE), today)

    def test_of_two_patents_the_one_issued_last_speaks(self):
        paid = (money(date(2027, 1, 18), date(2027, 1, 19)),)
        new = Case(patent=replace(PATENT, issued_on=date(2027, 1, 20)), money=paid)

        for cases in ((self.OLD, new), (new, self.OLD)):
            assert self.at(date(2027, 1, 25), *cases).case is new

    @pytest.mark.parametrize(
        ("today", "state"),
        [(date(2026, 12, 20), State.PREPARING), (date(2027, 1, 20), State.PREPARING)],
    )
    def test_after_a_lapsed_or_expired_patent_the_next_application_speaks(self, today, state):
        it = self.at(today, self.OLD, self.NEXT)

        assert (it.state, it.case) == (state, self.NEXT)

    def test_after_an_annulled_one_too(self):
        annulled = replace(self.OLD, patent=replace(PATENT, annulled_on=date(2026, 2, 1)))

        assert self.at(date(2026, 12, 2), annulled, self.NEXT).state == State.PREPARING
        assert self.at(date(2026, 12, 2), annulled).state == State.ANNULLED

    def test_an_application_older_than_the_ended_patent_does_not(self):
        forgotten = Case(application(accepted_on=date(2025, 12, 1)))

        assert self.at(date(2026, 12, 20), forgotten, self.OLD).state == State.LAPSED

    def test_while_the_patent_lives_it_speaks_whatever_is_prepared(self):
        early = Case(application(accepted_on=feb(1)))

        assert self.at(feb(2), self.OLD, early).state == State.VALID

    def test_a_patent_issued_tomorrow_is_still_an_application_today(self):
        ready = Case(application("ready"), PATENT, (FIRST,))

        assert self.at(ISSUED - DAY, ready).state == State.READY
        assert self.at(ISSUED, ready).state == State.VALID

    def test_annulment_counts_from_its_day(self):
        case = replace(self.OLD, patent=replace(PATENT, annulled_on=feb(1)))

        assert self.at(date(2026, 1, 31), case).state == State.VALID
        assert self.at(feb(1), case).state == State.ANNULLED

    @pytest.mark.parametrize(
        ("status", "state"),
        [
            ("accepted", State.PREPARING),
            ("in_review", State.PREPARING),
            ("ready", State.READY),
            ("issued", State.READY),
            ("refused", State.REFUSED),
        ],
    )
    def test_an_application_stands_where_its_status_says(self, status, state):
        assert self.at(feb(1), Case(application(status))).state == state

    def test_without_patent_and_application_there_is_none(self):
        it = standing(Facts(), feb(1))

        assert (it.state, it.case, it.boxes) == (State.NONE, None, ())
        assert (it.covered_through, it.pay_by, it.third_party) == (None, None, "no-patent")


class TestBeforeIssue:
    def test_the_first_month_online_is_on_its_way_and_changes_no_standing(self):
        case = Case(application("ready"), money=(money(date(2026, 1, 10)),))
        it = standing(Facts((case,), None, PRICE), date(2026, 1, 12))

        assert (it.state, it.months_living, it.transit.day_no) == (State.READY, 1, 2)

    def test_the_first_month_at_a_bank_is_known_when_posted(self):
        case = Case(application(), money=(at_bank(date(2026, 1, 10), date(2026, 1, 13)),))
        facts = Facts((case,), None, PRICE)

        assert standing(facts, date(2026, 1, 12)).months == 0
        assert standing(facts, date(2026, 1, 13)).months_posted == 1

    def test_money_that_waits_for_staff_is_named(self):
        late = LateMoney(PRICE, None, date(2026, 1, 12))
        case = Case(application(), late=(late,))

        assert standing(Facts((case,)), date(2026, 1, 13)).late == (late,)


class TestWhatAThirdPartyIsTold:
    @pytest.mark.parametrize(
        ("day", "paid", "told"),
        [
            (feb(1), (), ThirdParty.VALID),
            (feb(14), (), ThirdParty.VALID),
            (feb(15), (), ThirdParty.CHECKED),
            (feb(22), (), ThirdParty.ENDED),
            (feb(15), (money(feb(14)),), ThirdParty.IN_TRANSIT),
            (feb(22), (money(feb(14)),), ThirdParty.IN_TRANSIT),
            (feb(15), (cheque(feb(14)),), ThirdParty.IN_TRANSIT),
            (feb(15), (cheque(feb(14), confirmed=False),), ThirdParty.CHECKED),
            (feb(10), (cheque(feb(9), confirmed=False),), ThirdParty.VALID),
            (mar(15), (money(feb(14)),), ThirdParty.CHECKED),
            (date(2027, 1, 15), (), ThirdParty.ENDED),
        ],
    )
    def test_of_a_patent(self, day, paid, told):
        assert on(day, FIRST, *paid).third_party == told

    def test_of_an_application(self):
        it = standing(Facts((Case(application("ready")),)), feb(1))

        assert it.third_party == ThirdParty.NO_PATENT


class TestTheTwelveBoxes:
    def states(self, it):
        return [str(box.state) for box in it.boxes]

    def test_they_are_the_months_of_the_patent(self):
        boxes = on(feb(1), FIRST).boxes

        assert [box.number for box in boxes] == list(range(1, 13))
        assert (boxes[0].first, boxes[0].last) == (ISSUED, feb(14))
        assert boxes[-1].last == date(2027, 1, 14)

    @pytest.mark.parametrize(
        ("day", "paid", "first_three"),
        [
            (feb(1), (), ["posted", "later", "later"]),
            (feb(8), (), ["posted", "due", "later"]),
            (feb(17), (), ["posted", "unseen", "later"]),
            (feb(22), (), ["posted", "lapsed", "lapsed"]),
            (feb(17), (money(feb(14)),), ["posted", "in-transit", "later"]),
            (feb(22), (money(feb(14)),), ["posted", "tracing", "later"]),
            (mar(10), (money(feb(14)),), ["posted", "tracing", "due"]),
            (mar(15), (money(feb(14)),), ["posted", "tracing", "unseen"]),
            (feb(17), (money(feb(14), months=2),), ["posted", "in-transit", "in-transit"]),
        ],
    )
    def test_each_says_where_its_money_is(self, day, paid, first_three):
        assert self.states(on(day, FIRST, *paid))[:3] == first_three

    def test_a_lost_month_and_the_posted_one_after_it_keep_their_places(self):
        it = on(mar(21), FIRST, money(feb(14)), at_bank(mar(14), mar(20)))

        assert self.states(it)[:4] == ["posted", "tracing", "posted", "later"]
        assert (it.months, it.months_posted, it.months_living) == (3, 2, 1)

    def test_every_unpaid_month_that_began_is_unseen_when_the_feed_stopped(self):
        it = on(date(2026, 4, 1), FIRST, complete=feb(10))

        assert self.states(it)[:4] == ["posted", "unseen", "unseen", "later"]

    def test_a_paid_year_has_twelve(self):
        it = on(feb(1), FIRST, money(date(2026, 1, 20), date(2026, 1, 25), months=14))

        assert self.states(it) == ["posted"] * 12
