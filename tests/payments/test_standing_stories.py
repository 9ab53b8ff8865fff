"""What people do, written by Hypothesis: nobody in time is ever told that they are late."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from payments import coverage
from payments.standing import Case, Channel, Facts, LateMoney, State, ThirdParty, standing
from tests.payments.one_patent import (
    DAY,
    FIRST,
    PATENT,
    PRICE,
    application,
    at_bank,
    feb,
    money,
    on,
)

# What people do: from here on, Hypothesis writes the stories.

CHANNELS = st.sampled_from(list(Channel))


@st.composite
def honest_people(draw):
    """Someone who pays each month in time; banks post within the seven days, the rest whenever."""
    issued_on = draw(st.dates(date(2024, 1, 1), date(2027, 12, 31)))
    paid, months = [], 0
    while months < 12:
        opens = (
            issued_on - 20 * DAY
            if months == 0
            else coverage.covered_through(issued_on, max(0, months - 1))
        )
        closes = issued_on if months == 0 else coverage.covered_through(issued_on, months)
        channel = draw(CHANNELS)
        paid_on = draw(st.dates(opens, closes))
        wait = draw(st.integers(0, 7 if channel == Channel.BANK else 60))
        posted = channel == Channel.BANK or draw(st.booleans())
        count = draw(st.integers(1, 3))
        paid.append(
            money(
                paid_on,
                paid_on + wait * DAY if posted else None,
                months=count,
                channel=channel,
                confirmed=draw(st.booleans()),
            )
        )
        months += count
    return issued_on, tuple(paid)


@given(honest_people(), st.integers(0, 370), st.integers(0, 40))
def test_nobody_who_paid_each_month_in_time_is_ever_told_that_it_lapsed(person, age, lag):
    issued_on, paid = person
    today = issued_on + age * DAY

    it = on(today, *paid, issued_on=issued_on, complete=today - DAY - lag * DAY)

    assert it.state != State.LAPSED
    assert it.late == ()


def test_the_stories_can_tell_lapsed_when_a_bank_is_slower_than_seven_days():
    """The twin of the promise above: outside it, the careful words do appear."""
    slow = at_bank(feb(14), feb(28))

    assert on(feb(22), FIRST, slow).state == State.LAPSED


def near(issued_on):
    return st.dates(issued_on - 40 * DAY, issued_on + 420 * DAY)


@st.composite
def any_money(draw, issued_on):
    paid_on = draw(near(issued_on))
    return money(
        paid_on,
        draw(st.none() | near(issued_on)),
        months=draw(st.integers(0, 13)),
        channel=draw(CHANNELS),
        confirmed=draw(st.booleans()),
    )


@st.composite
def any_case(draw):
    issued_on = draw(st.dates(date(2024, 1, 1), date(2028, 12, 31)))
    patent = replace(PATENT, issued_on=issued_on, annulled_on=draw(st.none() | near(issued_on)))
    status = draw(st.sampled_from(["accepted", "in_review", "ready", "issued", "refused"]))
    return Case(
        draw(st.none() | st.just(application(status, issued_on - 30 * DAY))),
        draw(st.none() | st.just(patent)),
        tuple(draw(st.lists(any_money(issued_on), max_size=6))),
        tuple(
            LateMoney(PRICE, day, draw(st.none() | near(issued_on)))
            for day in draw(st.lists(st.none() | near(issued_on), max_size=2))
        ),
    )


ANY_DAY = st.dates(date(2023, 12, 1), date(2030, 2, 1))


ANY_FACTS = st.builds(
    Facts,
    st.lists(any_case(), max_size=3).map(tuple),
    st.none() | ANY_DAY,
    st.just(PRICE),
)


def everything(it):
    """Touch all that can be computed of a standing."""
    names = [name for name in dir(it) if not name.startswith("_")]
    return {name: getattr(it, name) for name in names}


@given(ANY_FACTS, ANY_DAY)
def test_whatever_the_facts_there_is_a_standing(facts, today):
    it = standing(facts, today)

    assert everything(it)["third_party"] in ThirdParty
    assert len(it.boxes) == (12 if it.issued_on else 0)
    assert 0 <= it.months_posted <= it.months <= 12


@given(ANY_FACTS, ANY_DAY)
def test_lapsed_is_said_only_when_statements_reach_seven_days_past_the_last_covered(facts, today):
    it = standing(facts, today)

    if it.state == State.LAPSED:
        assert facts.complete_through >= it.last_covered + 7 * DAY
        assert today > it.last_covered
        assert it.months_posted > 0


@given(ANY_FACTS, ANY_DAY, st.randoms(use_true_random=False))
def test_the_order_of_facts_does_not_matter(facts, today, random):
    def shuffled(items):
        return tuple(random.sample(items, len(items)))

    cases = tuple(replace(case, money=shuffled(case.money)) for case in facts.cases)

    assert seen(standing(replace(facts, cases=cases), today)) == seen(standing(facts, today))


def seen(it):
    return it.state, it.months, it.months_posted, it.boxes, it.third_party, it.living


@st.composite
def patent_with_one_more_payment(draw):
    issued_on = draw(st.dates(date(2024, 1, 1), date(2028, 12, 31)))
    posted = money(issued_on, issued_on)
    paid = (posted, *draw(st.lists(any_money(issued_on), max_size=5)))
    today = draw(near(issued_on))
    complete = draw(st.none() | near(issued_on))
    before = on(today, *paid, issued_on=issued_on, complete=complete)
    more = draw(any_money(issued_on))
    after = on(today, *paid, more, issued_on=issued_on, complete=complete)
    return before, after, more


RANK = {
    ThirdParty.VALID: 0,
    ThirdParty.IN_TRANSIT: 0,
    ThirdParty.CHECKED: 1,
    ThirdParty.ENDED: 2,
    ThirdParty.NO_PATENT: 2,
}


@given(patent_with_one_more_payment())
def test_one_more_payment_never_makes_anything_worse(story):
    before, after, _more = story

    assert after.months >= before.months
    assert after.state != State.LAPSED or before.state == State.LAPSED
    assert RANK[after.third_party] <= RANK[before.third_party]


@given(patent_with_one_more_payment())
def test_when_a_payment_is_posted_does_not_decide_whether_it_was_in_time(story):
    _before, after, more = story
    if after.issued_on is None or not more.posted(after.today) or more.channel == Channel.BANK:
        return
    if more.paid_on > after.today:
        return
    case = after.case
    unposted = tuple(replace(m, posted_on=None) if m is more else m for m in case.money)
    facts = Facts((replace(case, money=unposted),), after.complete_through, PRICE)

    assert standing(facts, after.today).months == after.months


@given(honest_people())
def test_living_money_goes_through_the_week_into_tracing_and_never_back(person):
    issued_on, paid = person
    first = replace(paid[0], posted_on=None, channel=Channel.CHARGE)
    days = [first.paid_on + n * DAY for n in range(1, 20) if first.paid_on + n * DAY >= issued_on]
    states = [on(day, first, issued_on=issued_on).state for day in days]

    assert set(states) <= {State.IN_TRANSIT, State.TRACING}
    assert (State.TRACING, State.IN_TRANSIT) not in set(pairwise(states))
