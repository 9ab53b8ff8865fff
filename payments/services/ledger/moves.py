"""A part of a line's money on its way to the place that it gets."""

from dataclasses import dataclass

from payments.matching import MoneyIn, Part, Payer


@dataclass(slots=True)
class Move:
    """A part of a line's money and the place it gets; `payer` where it belongs to a person."""

    line_id: int
    money: MoneyIn
    part: Part
    payer: Payer | None
    told: bool = False  # the person knows that this money counts
    pk: int = 0  # the place, once it is written

    @property
    def year(self):
        return self.payer.year(self.part.application_id)

    @property
    def is_by_posting(self) -> bool:
        """As of a place: the order has no day for this person."""
        own_day = self.money.paid_on is not None or any(self.part.taken)
        return not own_day and self.part.paid_on == self.money.posted_on
