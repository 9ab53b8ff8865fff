"""By what a sum can be paid online, and what must be said of each way before."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from common.formats import roubles
from payments.models import Method, MobileOperator, PaymentMethod


@dataclass(frozen=True, slots=True)
class Way:
    """One offered way of paying `amount`, the smallest sum that is asked for."""

    row: PaymentMethod
    amount: Decimal
    operators: tuple[MobileOperator, ...] = field(default=())

    @property
    def is_possible(self) -> bool:
        return self.row.takes(self.amount)

    @property
    def limits(self) -> str:
        """«от 10 ₽ до 15 000 ₽ за один раз», and for whom less."""
        said = _("from %(least)s to %(most)s at once") % {
            "least": roubles(self.row.least),
            "most": roubles(self.row.most),
        }
        if self.row.surely < self.row.most:
            said += "; " + _("some can pay only up to %(surely)s") % {
                "surely": roubles(self.row.surely)
            }
        return said

    @property
    def note(self) -> str:
        """Who may not be able to pay this sum, though the way takes it."""
        if self.row.surely_takes(self.amount) or not self.is_possible:
            return ""
        notes = {
            Method.WALLET: _("Look at the limit of your wallet first: it depends on its status.")
        }
        return notes.get(self.row.code, "")

    @property
    def can(self) -> list[str]:
        return [one.name for one in self.operators if one.most and one.most >= self.amount]

    @property
    def cannot(self) -> list[str]:
        return [one.name for one in self.operators if one.most and one.most < self.amount]

    @property
    def unknown(self) -> list[str]:
        return [one.name for one in self.operators if not one.most]


def ways_for(amount: Decimal) -> list[Way]:
    """The ways that are offered now, each with what it can do for this sum."""
    operators = tuple(MobileOperator.objects.all())
    return [
        Way(row, amount, operators if row.code == Method.MOBILE else ())
        for row in PaymentMethod.objects.open()
    ]
