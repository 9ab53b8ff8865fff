"""Roubles are Decimal inside; kopecks are whole numbers at the borders. Equality is exact."""

from decimal import Decimal


def to_kopecks(roubles: Decimal) -> int:
    """Kopecks of an amount in roubles; a fraction of a kopeck raises ValueError."""
    kopecks = roubles.scaleb(2)
    if kopecks != kopecks.to_integral_value():
        raise ValueError(f"{roubles} has a fraction of a kopeck")
    return int(kopecks)


def from_kopecks(kopecks: int) -> Decimal:
    """Roubles with two decimals of a whole number of kopecks."""
    return Decimal(kopecks).scaleb(-2).quantize(Decimal("0.01"))
