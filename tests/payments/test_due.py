"""What is said because a day came: a pure function of a standing, and the promise holds in it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from patents.workdays import reissue_by
from payments.coverage import pay_by, year_end
from payments.due import AHEAD, REISSUES, REMINDERS, Due, due, holds
from payments.models import NoticeKind
from payments.standing import Case, Facts, LateMoney, Money, PatentFacts, State, standing
from tests.payments.test_sentence import (
    FIRST,
    ISSUED,
    LATE,
    MOVED,
    PAID_BY_OUR_WORD,
    PRICE,
    STANDINGS,
    UNKNOWN_DAY,
    cheque,
    feb,
    mar,
    of_patent,
    online,
    paid_on_time,
)

DAY = timedelta(days=1)
SAYS_NOT_SEEN = {NoticeKind.UNSEEN, NoticeKind.LAPSED, NoticeKind.FIRST_MISSING}


def with_a_page_open(today, on):
    """A payment was begun on a day, and the acquirer has not told its end."""
    patent = PatentFacts("77", "2600000001", ISSUED)
    case = Case(patent=patent, money=(FIRST,), asked=(on,))
    return standing(Facts((case,), today - DAY, PRICE), today)


def said(it) -> list[tuple[str, date]]:
    return [(one.kind.value, one.day) for one in due(it)]


# --- reminders


@pytest.mark.parametrize(
    ("today", "kind"), [(feb(4), "remind-10"), (feb(11), "remind-3"), (feb(13), "remind-1")]
)
def test_ten_three_and_one_days_before_the_day_to_pay(today, kind):
    assert said(of_patent(today, FIRST)) == [(kind, feb(14))]


def test_on_other_days_nobody_is_reminded():
    heard = [today for day in range(1, 15) if said(of_patent(today := feb(day), FIRST))]

    assert heard == [feb(4), feb(11), feb(13)]


@pytest.mark.parametrize("today", [feb(4), feb(11), feb(13)])
@pytest.mark.parametrize(
    "money",
    [
        Money(PRICE, 1, feb(2), feb(3)),
        online(feb(2)),
        cheque(feb(2)),
        Money(PRICE * 5, 5, feb(2), feb(3)),
    ],
    ids=["posted", "by card", "a cheque that nobody looked at", "five months"],
)
def test_a_month_that_is_posted_or_on_its_way_is_not_asked_for(today, money):
    assert said(of_patent(today, FIRST, money)) == []


def test_money_on_its_way_does_not_hide_the_next_month():
    assert said(of_patent(mar(4), FIRST, online(feb(14)))) == [("remind-10", mar(14))]
    assert of_patent(mar(4), FIRST, online(feb(14))).state == State.TRACING


def test_with_the_whole_year_paid_nobody_is_reminded_to_pay():
    days = (date(2026, 12, 1) + DAY * number for number in range(45))
    kinds = {kind for day in days for kind, _by in said(of_patent(day, FIRST, paid_on_time(11)))}

    assert not kinds & {kind.value for kind in REMINDERS}


@pytest.mark.parametrize(
    ("issued_on", "by"),
    [
        (date(2026, 1, 31), date(2026, 2, 27)),  # of two readings the earlier one
        (date(2028, 1, 31), date(2028, 2, 28)),
        (date(2026, 1, 29), date(2026, 2, 27)),
        (date(2025, 12, 31), date(2026, 1, 30)),
    ],
)
def test_at_the_end_of_a_short_month_the_earlier_day_is_named(issued_on, by):
    paid = Money(PRICE, 1, issued_on, issued_on)
    found = [said(of_patent(by - DAY * days, paid, issued_on=issued_on)) for days in (10, 3, 1)]

    assert found == [[("remind-10", by)], [("remind-3", by)], [("remind-1", by)]]


def reminded_three_times(days_of_issue):
    for issued_on in days_of_issue:
        for months in range(1, 12):
            paid = Money(PRICE * months, months, issued_on, issued_on)
            by = pay_by(issued_on, months)
            days = (by - DAY * back for back in range(28))
            heard = [one for day in days for one in due(of_patent(day, paid, issued_on=issued_on))]
            reminders = [one for one in heard if one.kind in REMINDERS]
            assert sorted(reminders, key=lambda one: one.kind) == [
                Due(kind, by) for kind in sorted(REMINDERS)
            ]


def test_each_month_of_a_patent_is_reminded_of_three_times():
    reminded_three_times([date(2026, 1, 31)])


@pytest.mark.long
def test_each_month_of_each_day_of_issue_is_reminded_of_three_times():
    reminded_three_times(date(2026, 1, 1) + DAY * number for number in range(31))


def test_whoever_left_a_payment_page_open_is_not_asked_to_pay_again():
    assert said(with_a_page_open(feb(13), feb(13))) == []


def test_money_about_which_staff_decide_is_not_asked_for_a_second_time():
    whole = LateMoney(PRICE, feb(9), feb(11))

    assert said(of_patent(feb(13), FIRST, late=(whole,))) == []


def test_a_sum_that_makes_no_month_does_not_silence_the_reminder():
    short = LateMoney(Decimal(500), feb(9), feb(11))

    assert said(of_patent(feb(13), FIRST, late=(short,))) == [("remind-1", feb(14))]


def test_whose_payments_two_check_is_reminded_of_the_month_after_them():
    """By the day of issue that is right: the 12th."""
    held = of_patent(mar(1), FIRST, PAID_BY_OUR_WORD, **MOVED)

    assert held.held
    assert said(held) == [("remind-10", mar(11))]


@pytest.mark.parametrize("state", ["annulled", "expired", "lapsed", "ready", "refused", "none"])
def test_a_patent_that_is_over_or_not_there_is_not_paid_for(state):
    it = STANDINGS.get(state) or next(v for k, v in STANDINGS.items() if v.state == state)

    assert not {kind for kind in REMINDERS if holds(kind, it.today + DAY, it)}


# --- not visible yet, the term has passed, the first payment


def test_not_visible_is_said_when_statements_show_three_days_more():
    assert said(of_patent(feb(17), FIRST, complete=feb(16))) == []
    assert said(of_patent(feb(18), FIRST, complete=feb(17))) == [("unseen", feb(14))]


def test_the_term_has_passed_only_by_complete_statements():
    assert said(of_patent(feb(22), FIRST, complete=feb(20))) == [("unseen", feb(14))]
    assert said(of_patent(feb(22), FIRST, complete=feb(21))) == [("lapsed", feb(14))]


def test_the_first_payment_is_asked_about_and_never_called_late():
    assert said(of_patent(feb(1), complete=date(2026, 1, 21))) == []
    assert said(of_patent(feb(1), complete=date(2026, 1, 22))) == [("first-missing", ISSUED)]
    assert said(of_patent(date(2026, 7, 1))) == [("first-missing", ISSUED)]


@pytest.mark.parametrize("days", [10, 30, 200])
@pytest.mark.parametrize("reach", [feb(10), feb(14), feb(16)])
def test_while_statements_are_silent_nobody_is_told_anything_of_days_over(days, reach):
    it = of_patent(feb(15) + DAY * days, FIRST, complete=reach)

    assert not {one.kind for one in due(it)} & SAYS_NOT_SEEN


def test_without_any_statement_nobody_is_told():
    assert said(of_patent(feb(25), FIRST, complete=None)) == []
    assert said(of_patent(feb(25), complete=None)) == []


@pytest.mark.parametrize("late", [LATE, UNKNOWN_DAY, LateMoney(PRICE, feb(14), feb(20))])
def test_whose_money_is_here_is_not_told_that_it_is_not_visible(late):
    it = of_patent(feb(20), FIRST, late=(late,), complete=feb(19))

    assert it.state == State.UNSEEN
    assert said(it) == []


def test_whom_the_acquirer_has_not_answered_about_is_told_nothing():
    assert said(with_a_page_open(feb(25), feb(14))) == []


@pytest.mark.parametrize("money", [(FIRST,), ()], ids=["second month", "first month"])
def test_whose_waiting_money_may_be_theirs_is_not_told_that_nothing_is_visible(money):
    maybe = LateMoney(PRICE, date(2026, 1, 15), date(2026, 1, 20), doubted=True)
    patent = PatentFacts("77", "2600000001", ISSUED)
    case = Case(patent=patent, money=money, maybe=(maybe,))
    it = standing(Facts((case,), feb(27), PRICE), feb(28))

    assert it.maybe
    assert not {one.kind for one in due(it)} & SAYS_NOT_SEEN


# --- the last day to apply


def test_the_last_day_to_apply_is_named_thirty_ten_and_one_days_before():
    by = reissue_by(year_end(ISSUED))
    heard = [
        (by - day).days
        for back in range(60)
        if said(of_patent(day := by - DAY * back, FIRST, paid_on_time(11)))
    ]

    assert heard == [1, 10, 30]


def test_after_the_last_day_nobody_is_told_to_apply_by_it():
    by = reissue_by(year_end(ISSUED))
    it = of_patent(by + DAY, FIRST, paid_on_time(11))

    assert not [kind for kind in REISSUES if holds(kind, by, it)]


# --- the words stay true, or are dropped


def test_a_payment_moves_the_day_on_and_the_reminder_with_it_is_untrue():
    before, after = of_patent(feb(11), FIRST), of_patent(feb(11), FIRST, online(feb(11)))

    assert holds(NoticeKind.REMIND_3, feb(14), before)
    assert not holds(NoticeKind.REMIND_3, feb(14), after)


def test_a_reminder_is_good_through_the_day_that_it_names():
    assert holds(NoticeKind.REMIND_1, feb(14), of_patent(feb(14), FIRST))
    assert not holds(NoticeKind.REMIND_1, feb(14), of_patent(feb(15), FIRST))


def test_the_line_that_proves_timely_payment_makes_the_term_untrue():
    found = of_patent(feb(28), FIRST, Money(PRICE, 1, feb(14), feb(28)))

    assert not holds(NoticeKind.LAPSED, feb(14), found)
    assert not holds(NoticeKind.UNSEEN, feb(14), found)


@pytest.mark.parametrize("name", STANDINGS)
def test_whatever_is_due_holds_and_each_is_one_of_its_kind(name):
    it = STANDINGS[name]
    found = due(it)

    assert all(holds(one.kind, one.day, it) for one in found)
    assert len({one.kind in AHEAD for one in found}) <= 1


@pytest.mark.parametrize("name", STANDINGS)
def test_only_unseen_and_lapsed_are_told_so(name):
    it = STANDINGS[name]

    for kind in SAYS_NOT_SEEN & {one.kind for one in due(it)}:
        assert it.state == (State.LAPSED if kind == NoticeKind.LAPSED else State.UNSEEN)
        assert not it.living
