"""Where a person stands: a pure function of facts and of today.

Nothing else in the portal decides whether something is overdue. The promise it keeps: a person
who paid in time is never told that they did not (docs/decisions/002-standing.md).
"""

from payments.standing.counting import Transit, Walk, deadline, lost_by_moving, walk
from payments.standing.decide import standing
from payments.standing.facts import (
    ApplicationFacts,
    Case,
    Facts,
    FormerDay,
    LateMoney,
    Money,
    PatentFacts,
)
from payments.standing.result import Box, Standing
from payments.standing.states import NOTICE_DAYS, TRANSIT_DAYS, BoxState, Channel, State, ThirdParty

__all__ = [
    "ApplicationFacts",
    "Box",
    "BoxState",
    "Case",
    "Channel",
    "Facts",
    "FormerDay",
    "LateMoney",
    "Money",
    "NOTICE_DAYS",
    "PatentFacts",
    "Standing",
    "State",
    "TRANSIT_DAYS",
    "ThirdParty",
    "Transit",
    "Walk",
    "deadline",
    "lost_by_moving",
    "standing",
    "walk",
]
