"""Whose months a statement line pays."""

from payments.matching.credit import spend
from payments.matching.decide import applied, decide
from payments.matching.facts import MoneyIn, Paper, Part, Payer, Year, likeliest

__all__ = [
    "MoneyIn",
    "Paper",
    "Part",
    "Payer",
    "Year",
    "applied",
    "decide",
    "likeliest",
    "spend",
]
