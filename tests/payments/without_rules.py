"""Rules of the standing, taken away one at a time: what they are good for shows then."""

from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from payments.standing import Money, decide

WEEK = timedelta(days=7)


@contextmanager
def without_the_seven_days():
    with patch.object(decide.Standing, "lapse_known_by", property(lambda it: it.last_covered)):
        yield


@contextmanager
def without_complete_statements():
    def lapsed(draft):
        return draft.today > draft.last_covered + WEEK and draft.months_posted > 0

    with patch.object(decide, "_is_lapsed", lapsed):
        yield


@contextmanager
def without_money_that_may_be_theirs():
    """What waits for a clerk, and is like somebody's, keeps nobody from anything."""
    with patch.object(decide.Standing, "maybe", property(lambda it: ())):
        yield


@contextmanager
def without_living_money():
    with patch.object(Money, "known", lambda money, today: money.posted(today)):
        yield
