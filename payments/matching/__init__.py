"""Whose months a statement line pays."""

from payments.matching.credit import Loose, fill, months_in
from payments.matching.decide import applied, decide
from payments.matching.facts import MoneyIn, Paper, Part, Payer, Year, likeliest
from payments.matching.likeness import why
from payments.matching.months import years_for

__all__ = [
    "Loose",
    "MoneyIn",
    "Paper",
    "Part",
    "Payer",
    "Year",
    "applied",
    "decide",
    "fill",
    "likeliest",
    "months_in",
    "why",
    "years_for",
]
