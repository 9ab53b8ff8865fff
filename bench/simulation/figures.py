"""What a simulation came to; the figures that have a goal say it when they are printed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

GOALS = {"told_the_opposite", "told_late", "told_left", "left", "untold", "called_valid"} | {
    *("difference", "faults", "unplaced", "lost_or_invented", "unpaired"),
}
FIRST = 5  # of those who were told something wrong


@dataclass
class Figures:
    people: int = 0
    days: int = 0
    payments: int = 0
    unknown: float = 0.0  # share of the payments that nobody knows of before they are posted
    files: int = 0
    lines: int = 0
    asked: int = 0
    told_the_opposite: int = 0  # in time, known or posted within 7 days, and shown as ended
    told_late: int = 0  # messages to them that the term has passed or that nothing came; and to
    # anybody that takes money away
    told_undecided: int = 0  # to them, that the centre decides what their money pays for
    told_lapsed: int = 0  # unknown to us and posted later: told so by a message
    told_taken_back: int = 0  # of those, to whom it was said that the words were wrong
    told_left: int = 0
    others: int = 0  # in time, unknown to us and posted later: shown as lapsed for some days
    left_out: int = 0  # of the others: a whole statement of its day left the line out
    withdrawn: int = 0  # of the others, with an apology by the import that brought the line
    by_hand: int = 0  # of those, with an apology when a clerk read the name
    by_cheque: int = 0  # of those, by the cheque that they showed themselves
    overtaken: int = 0  # of those, late for another month when the line came: told that it counts
    by_the_hour: int = 0  # of those, with an apology that the import itself did not bring
    untold: int = 0
    left: int = 0
    called_valid: int = 0
    difference: Decimal = Decimal(0)  # roubles of the lines that stand in no place or in two
    faults: int = 0  # what `check_ledger` finds
    unplaced: int = 0  # lines that neither count, nor are credit, nor wait in the queue
    lost_or_invented: Decimal = Decimal(0)  # roubles: told of by the files and not kept as lines
    notices: int = 0  # of ГИС ГМП, each about the payment of a line
    unpaired: int = 0  # of those, that found no line
    queued: int = 0
    states: Counter = field(default_factory=Counter)
    words: Counter = field(default_factory=Counter)  # messages by their event
    wrong_words: Counter = field(default_factory=Counter)  # of `told_late`, by their event
    wrong_to: list[str] = field(default_factory=list)  # of both: who, when and what

    @property
    def is_clean(self) -> bool:
        return not any(getattr(self, name) for name in GOALS)

    def lines_to_print(self) -> Iterator[str]:
        for name, value in vars(self).items():
            if isinstance(value, Counter):
                value = ", ".join(f"{one} {n}" for one, n in value.most_common())
            elif isinstance(value, list):
                value = "; ".join(value[:FIRST]) or "nobody"
            goal = " (goal 0)" if name in GOALS else ""
            yield f"simulation_{name}: {value}{goal}"
