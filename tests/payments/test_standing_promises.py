"""The promises of the standing, held by stories that nobody thought of.

Each rule that keeps them is taken away once (`WITHOUT`), and then a story that is told here must
break: a promise that holds without its rule would not be held by these tests.
"""

from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from payments.sentence import sentence, short
from payments.standing import (
    ApplicationFacts,
    BoxState,
    Case,
    Channel,
    Facts,
    FormerDay,
    LateMoney,
    Money,
    PatentFacts,
    State,
    ThirdParty,
    deadline,
    decide,
    standing,
)
from tests.payments.without_rules import (
    without_complete_statements,
    without_living_money,
    without_the_seven_days,
)

DAY = timedelta(days=1)
WEEK = 7 * DAY
PRICE = Decimal(10_000)
SEEN_AT_ONCE = [Channel.CHARGE, Channel.TILL, Channel.CLAIM]
ENDED = {State.ANNULLED, State.EXPIRED, State.LAPSED}


# --- stories: somebody, their money, and what the Treasury has told so far


@st.composite
def in_time(draw):
    """Somebody who pays each month by its last day: by card, at the till, with a cheque they show,
    at a bank (posted within seven days, now and then denied by a later statement), in an order for
    several people, before go-live, on a page whose acquirer keeps silent. The last day is the one
    that we name: the day of issue may move."""
    issued_on = draw(st.dates(date(2024, 1, 1), date(2027, 12, 31)))
    money, undecided, asked, months = [], [], [], draw(st.integers(0, 4))
    patent = PatentFacts("77", "2600000001", issued_on)
    if months:
        counted = draw(st.sampled_from([Channel.OPENING, Channel.BANK]))
        money.append(Money(PRICE * months, months, issued_on, issued_on, counted))
    while months < 12:
        before = max((piece.paid_on for piece in money), default=issued_on)
        patent = moved(draw, patent, before, deadline(patent.issued_on, months, patent.former))
        last = deadline(patent.issued_on, months, patent.former)
        on = draw(st.dates(last - 25 * DAY, last))
        if not draw(st.integers(0, 11)):
            asked.append(on)
            break  # the acquirer has taken it and keeps silent
        piece, waits = draw(payment(on, last))
        if waits:
            undecided.append(waits)
            break  # what staff have not decided about covers nothing after it
        money.append(piece)
        months += piece.months
    return Case(None, patent, tuple(money), tuple(undecided), tuple(asked))


def moved(draw, patent: PatentFacts, first: date, last: date) -> PatentFacts:
    """Now and then the day that we named was wrong: on a day between two payments another one takes
    its place, to either side. Two of the staff may have said already that what was paid is in time.
    """
    if draw(st.integers(0, 9)):
        return patent
    until = draw(st.dates(min(first, last), last))
    was = FormerDay(patent.issued_on, until, draw(st.sampled_from([None, True])))
    day = patent.issued_on + draw(st.integers(-40, 40)) * DAY
    return replace(patent, issued_on=day, former=(*patent.former, was))


@st.composite
def payment(draw, on: date, last: date):
    """Money in time; or what waits in the queue: the order has no day for it, or the statement of
    its whole day does not show it."""
    channel = draw(st.sampled_from([*SEEN_AT_ONCE, Channel.BANK]))
    months = draw(st.integers(1, 3))
    if channel != Channel.BANK:
        posted = draw(st.none() | st.integers(0, 60).map(lambda days: on + days * DAY))
        confirmed = draw(st.booleans())
        return Money(PRICE * months, months, on, posted, channel, confirmed=confirmed), None
    posted_on = on + draw(st.integers(0, 7)) * DAY
    if not draw(st.integers(0, 11)):
        return None, LateMoney(PRICE, on, posted_on)  # posted, and denied by a later statement
    if draw(st.integers(0, 5)):
        return Money(PRICE * months, months, on, posted_on, channel), None
    if posted_on <= last:
        return Money(PRICE, 1, posted_on, posted_on, channel, by_posting=True), None
    return None, LateMoney(PRICE, None, posted_on)


@st.composite
def a_day_of(draw, people=None):
    """The facts of somebody, a day within their year or after it, and how far statements reach."""
    case = draw(people or in_time())
    named = [case.patent.issued_on, *(day.issued_on for day in case.patent.former)]
    today = max(named) + draw(st.integers(0, 380)) * DAY
    complete = draw(st.none() | st.integers(1, 40).map(lambda days: today - days * DAY))
    return Facts((case,), complete, PRICE), today


def said(facts: Facts, today: date):
    return standing(facts, today)


# --- promise: whoever paid in time is never told that they did not


def is_told_the_opposite(story) -> bool:
    facts, today = story
    it = said(*story)
    late = [m for m in it.late if m.paid_on and m.paid_on < waits_since(facts) and m not in it.held]
    return it.state == State.LAPSED or (all_is_known(facts, today) and bool(late))


def waits_since(facts: Facts) -> date:
    """Money that staff have not decided about is named with its day and not called late; whatever
    was paid after it waits with it."""
    days = (money.paid_on or money.posted_on for case in facts.cases for money in case.late)
    return min(days, default=date.max)


def all_is_known(facts: Facts, today: date) -> bool:
    """Nothing that was paid is still hidden: money after a hidden month waits, and is named."""
    return all(
        money.known(today) for case in facts.cases for money in case.money if money.paid_on <= today
    )


@given(a_day_of())
def test_whoever_paid_in_time_is_never_told_that_they_did_not(story):
    assert not is_told_the_opposite(story)


@given(a_day_of())
def test_when_all_that_was_paid_is_known_every_month_of_it_is_covered(story):
    facts, today = story
    [case] = facts.cases
    paid = sum(money.months for money in case.money if money.paid_on <= today)

    it = said(*story)
    if all_is_known(facts, today) and not it.held:
        assert it.months == min(12, paid)


# --- promise: to learn more never takes away what was true


@given(a_day_of())
def test_a_payment_told_later_never_makes_it_worse(story):
    facts, today = story
    [case] = facts.cases
    full = said(facts, today)
    for left_out in case.money:
        money = tuple(piece for piece in case.money if piece is not left_out)
        less = said(replace(facts, cases=(replace(case, money=money),)), today)
        assert full.months >= less.months
        assert full.state != State.LAPSED or less.state == State.LAPSED
        assert rank(full.third_party) <= rank(less.third_party)


def rank(told: ThirdParty) -> int:
    return {ThirdParty.VALID: 0, ThirdParty.IN_TRANSIT: 0, ThirdParty.CHECKED: 1}.get(told, 2)


@given(a_day_of(), st.integers(0, 60))
def test_statements_that_reach_further_never_uncover_a_day(story, days):
    facts, today = story
    before = said(facts, today)
    further = (facts.complete_through or today - 40 * DAY) + days * DAY

    after = said(replace(facts, complete_through=min(further, today - DAY)), today)

    assert (after.months, after.covered_through) == (before.months, before.covered_through)
    assert after.state not in {State.UNSEEN, State.LAPSED} or today > before.covered_through


@given(a_day_of())
def test_posting_what_was_on_its_way_never_changes_what_is_covered(story):
    facts, today = story
    [case] = facts.cases
    all_posted = tuple(
        replace(money, posted_on=today) if money.known(today) else money for money in case.money
    )

    after = said(replace(facts, cases=(replace(case, money=all_posted),)), today)

    assert after.months == said(facts, today).months
    assert not after.living


# --- promise: it never contradicts itself


@st.composite
def anything(draw, around=date(2026, 6, 1)):
    """Facts as no honest world would tell them."""
    near = st.dates(around - 400 * DAY, around + 400 * DAY)
    cases = []
    for number in range(draw(st.integers(0, 3))):
        issued = draw(st.none() | near)
        patent = issued and PatentFacts("77", str(number), issued, draw(st.none() | near))
        status = "issued" if patent else draw(st.sampled_from(["in_review", "ready", "refused"]))
        application = ApplicationFacts(str(number), status, draw(near))
        money = draw(st.lists(any_money(near), max_size=5))
        waits = draw(st.lists(any_waiting(near), max_size=2))
        asked = draw(st.lists(near, max_size=2))
        cases.append(Case(application, patent, tuple(money), tuple(waits), tuple(asked)))
    return Facts(tuple(cases), draw(st.none() | near), PRICE), draw(near)


def any_money(near):
    return st.builds(
        lambda on, wait, months, channel, confirmed, by_posting: Money(
            PRICE * months,
            months,
            on,
            None if wait is None else on + wait * DAY,
            channel,
            confirmed,
            by_posting and wait is not None,
        ),
        near,
        st.none() | st.integers(0, 60),
        st.integers(1, 12),
        st.sampled_from(list(Channel)),
        st.booleans(),
        st.booleans(),
    )


def any_waiting(near):
    return st.builds(LateMoney, st.just(PRICE), st.none() | near, near)


@given(anything())
def test_state_days_boxes_and_words_say_one_thing(story):
    it = said(*story)

    assert agree_about_the_end(it)
    assert agree_about_days(it)
    assert agree_about_boxes(it)
    assert sentence(it).state == it.state
    assert short(it)


def agree_about_the_end(it) -> bool:
    ended = it.third_party == ThirdParty.ENDED
    lapsed_boxes = any(box.state == BoxState.LAPSED for box in it.boxes)
    return ended == (it.issued_on is not None and it.state in ENDED) and (
        not lapsed_boxes or it.state in ENDED
    )


def agree_about_days(it) -> bool:
    if it.issued_on is None:
        return it.covered_through is None and it.pay_by is None and not it.is_payable
    uncovered = it.today > it.covered_through
    in_order = it.posted_through <= it.covered_through <= it.year_end
    never = {State.VALID, State.DUE} if uncovered else {State.UNSEEN, State.LAPSED}
    return in_order and it.state not in never


def agree_about_boxes(it) -> bool:
    paid = [box for box in it.boxes if box.state in PAID_BOXES]
    posted = [box for box in it.boxes if box.state == BoxState.POSTED]
    return it.issued_on is None or (len(paid), len(posted)) == (it.months, it.months_posted)


PAID_BOXES = {BoxState.POSTED, BoxState.IN_TRANSIT, BoxState.TRACING}


@given(anything(), st.integers(1, 30))
def test_tomorrow_is_worse_only_for_a_reason_that_today_could_name(story, days):
    """With the same statements nobody slips from valid into lapsed over night."""
    facts, today = story
    it = said(facts, today)
    later = said(facts, today + days * DAY)

    if it.state in {State.VALID, State.DUE} and later.state == State.LAPSED:
        assert later.case != it.case or facts.complete_through >= it.covered_through + WEEK


# --- the rules, taken away one by one: a story above must break


@contextmanager
def without_the_money_that_waits():
    with patch.object(decide.Standing, "undecided", ()):
        yield


@contextmanager
def without_what_the_bank_is_asked():
    with patch.object(decide.Standing, "asked", ()):
        yield


@contextmanager
def with_the_order_of_posting():
    """What counts is the day of posting, as the books see it."""

    def late(issued_on, known, today, former=()):
        as_posted = [replace(m, paid_on=m.posted_on) if m.posted(today) else m for m in known]
        return walk(issued_on, as_posted, today, former)

    walk = decide.walk
    with patch.object(decide, "walk", late):
        yield


@contextmanager
def without_the_days_that_we_named():
    """Money is judged by the day that is right now, whatever the person was told."""
    with patch.object(PatentFacts, "named", PatentFacts.standing):
        yield


ISSUED = date(2026, 1, 15)  # the first month covers through 14 February
FIRST = Money(PRICE, 1, ISSUED, ISSUED)


def feb(day: int) -> date:
    return date(2026, 2, day)


def story(today: date, *money: Money, complete: date, waits=(), asked=(), named=ISSUED):
    former = (FormerDay(named, feb(20)),) if named > ISSUED else ()
    patent = PatentFacts("77", "2600000001", ISSUED, former=former)
    case = Case(None, patent, (FIRST, *money), waits, asked)
    return Facts((case,), complete, PRICE), today


AT_A_BANK = Money(PRICE, 1, feb(14), feb(20), Channel.BANK)
ONLINE = Money(PRICE, 1, feb(14))
WITHOUT = {
    "the seven days": (
        without_the_seven_days,
        story(feb(18), AT_A_BANK, complete=feb(17)),
    ),
    "complete statements": (
        without_complete_statements,
        story(feb(22), replace(AT_A_BANK, posted_on=feb(23)), complete=feb(15)),
    ),
    "living money": (
        without_living_money,
        story(feb(23), ONLINE, complete=feb(22)),
    ),
    "money that staff have not decided about": (
        without_the_money_that_waits,
        story(feb(23), complete=feb(22), waits=(LateMoney(PRICE, None, feb(20)),)),
    ),
    "money that the statement of the whole day denies": (
        without_the_money_that_waits,
        story(
            date(2026, 3, 21),
            Money(PRICE, 1, date(2026, 3, 10), date(2026, 3, 12), Channel.BANK),
            complete=date(2026, 3, 20),
            waits=(LateMoney(PRICE, feb(13), feb(18)),),
        ),
    ),
    "a payment whose end the bank keeps to itself": (
        without_what_the_bank_is_asked,
        story(feb(23), complete=feb(22), asked=(feb(14),)),
    ),
    "the days that we named": (
        without_the_days_that_we_named,
        story(
            feb(27),
            Money(PRICE, 1, feb(17), feb(18), Channel.BANK),
            complete=feb(26),
            named=ISSUED + 3 * DAY,
        ),
    ),
    "the day of payment": (
        with_the_order_of_posting,
        story(feb(21), AT_A_BANK, complete=feb(20)),
    ),
}


@pytest.mark.parametrize(("taken_away", "of_somebody"), WITHOUT.values(), ids=WITHOUT)
def test_without_this_rule_somebody_in_time_would_be_told_the_opposite(taken_away, of_somebody):
    assert not is_told_the_opposite(of_somebody)

    with taken_away():
        assert is_told_the_opposite(of_somebody)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("taken_away", [rule for rule, _story in WITHOUT.values()], ids=WITHOUT)
def test_the_stories_of_this_file_would_find_that_by_themselves(taken_away):
    with taken_away():
        assert found(is_told_the_opposite) is not None


def found(broken):
    """A story for which the promise is broken; None when nobody finds one."""
    try:
        return find(a_day_of(), broken, settings=A_LONG_SEARCH)
    except NoSuchExample:
        return None


A_LONG_SEARCH = settings(
    max_examples=5000,
    database=None,
    derandomize=True,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_with_all_its_rules_nobody_finds_such_a_story_in_thousands():
    assert found(is_told_the_opposite) is None
