"""«Through what day, and how much»: the months and the sum that reach a wanted day."""

from dataclasses import dataclass
from datetime import date

from payments.models import Tariff
from payments.offers import Offer
from payments.pricing import Option


@dataclass(frozen=True, slots=True)
class Answer:
    """`option` is None when no number of months reaches the day, or none is needed for it."""

    wanted: date
    option: Option | None
    is_covered: bool = False
    is_before: bool = False


def reckon(offer: Offer, wanted: date) -> Answer:
    """The fewest months whose last covered day is the wanted one or later."""
    now = offer.standing
    if wanted < now.today:
        return Answer(wanted, None, is_before=True)
    if now.issued_on and now.months and wanted <= now.last_covered:
        return Answer(wanted, None, is_covered=True)
    reaching = [one for one in offer.options if one.until and one.until >= wanted]
    return Answer(wanted, reaching[0] if reaching else None)


def next_tariff(tariff: Tariff) -> Tariff | None:
    """The price after this one, once it is known."""
    later = Tariff.objects.filter(region=tariff.region, valid_from__gt=tariff.valid_from)
    return later.order_by("valid_from").first()
