"""The states of money taken online as graphs. The database holds the same ones by triggers
(`payments.models.guards`), so that a step that is not drawn here cannot be made by any code.

A final state is left only by a logged correction.
"""

from payments.errors import IllegalStep

CHARGE = {
    "new": {"pending", "canceled"},
    "pending": {"succeeded", "canceled"},
    "succeeded": {"refunded"},
    "canceled": set(),
    "refunded": set(),
}
CORRECTIONS = {("canceled", "succeeded"), ("succeeded", "canceled"), ("refunded", "succeeded")}

REFUND = {
    "new": {"pending", "succeeded", "canceled"},
    "pending": {"succeeded", "canceled"},
    "succeeded": set(),
    "canceled": set(),
}


def step(graph: dict[str, set[str]], before: str, after: str) -> str:
    """The state after a legal step. Raises IllegalStep."""
    if after not in graph[before]:
        raise IllegalStep(f"{before} → {after}")
    return after


def correction(before: str, after: str) -> str:
    """The state after a correction of a final one. Raises IllegalStep."""
    if (before, after) not in CORRECTIONS:
        raise IllegalStep(f"{before} → {after}, as a correction")
    return after
