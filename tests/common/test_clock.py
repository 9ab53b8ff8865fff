"""Days are Moscow's, wherever the machine stands."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from common import clock


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-02-14 20:59:59+00:00", date(2026, 2, 14)),
        ("2026-02-14 21:00:00+00:00", date(2026, 2, 15)),
        ("2026-12-31 21:00:00+00:00", date(2027, 1, 1)),
        ("2028-02-28 21:00:00+00:00", date(2028, 2, 29)),
    ],
)
def test_the_day_turns_at_moscow_midnight(instant, day):
    with time_machine.travel(instant, tick=False):
        assert clock.today() == day


def test_a_naive_instant_has_no_day():
    with pytest.raises(ValueError, match="naive"):
        clock.moscow_day(datetime(2026, 2, 14, tzinfo=UTC).replace(tzinfo=None))
