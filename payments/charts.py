"""Charts for people who would rather look: plain SVG without script, a table stands beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

WIDTH, HEIGHT, FOOT = 560, 168, 28
SHARE_OF_BAR = Decimal("0.4")


@dataclass(frozen=True, slots=True)
class Bar:
    """Two bars of a day, whole units of the drawing."""

    day: date
    x: int
    width: int
    received: Decimal
    posted: Decimal
    received_height: int
    posted_height: int

    @property
    def second_x(self) -> int:
        return self.x + self.width

    @property
    def received_y(self) -> int:
        return HEIGHT - FOOT - self.received_height

    @property
    def posted_y(self) -> int:
        return HEIGHT - FOOT - self.posted_height


def bars(days: Sequence[tuple[date, Decimal, Decimal]]) -> list[Bar]:
    """Received and posted of each day, the highest as high as the drawing."""
    highest = max((max(received, posted) for _day, received, posted in days), default=Decimal(0))
    step = WIDTH // max(1, len(days))
    width = int(step * SHARE_OF_BAR)
    return [
        Bar(day, number * step, width, *sums, *(_height(amount, highest) for amount in sums))
        for number, (day, *sums) in enumerate(days)
    ]


def _height(amount: Decimal, highest: Decimal) -> int:
    return int(amount / highest * (HEIGHT - FOOT)) if highest else 0
