"""What a checker is told of a signed code: never more than the code itself and how it stands."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from common import signing
from common.clock import today
from payments import codes, on_the_way
from payments.facts import standing_of
from payments.models import Charge, Placement, SignedCode, TillPayment
from payments.on_the_way import OnTheWay
from payments.standing import Standing, ThirdParty


class CodeOver(signing.BadCode):
    """Genuine, and its days are over or its owner has withdrawn it: nobody is told which."""


class Fate(StrEnum):
    """What became of the payment; the words of the page's `data-state`."""

    ON_ITS_WAY = "in-transit"
    SEARCHED = "tracing"
    ONLY_SHOWN = "unseen"
    POSTED = "posted"
    GONE = "gone"


@dataclass(frozen=True)
class Checked:
    """A genuine code that is still good."""

    row: SignedCode
    said: codes.Transit

    @cached_property
    def fate(self) -> Fate:
        if self.posted_on:
            return Fate.POSTED
        if self.payment is None:
            return Fate.GONE
        if self.payment.is_only_shown:
            return Fate.ONLY_SHOWN
        searched = self.payment.is_searched(self.known_through)
        return Fate.SEARCHED if searched else Fate.ON_ITS_WAY

    @cached_property
    def posted_on(self) -> date | None:
        """The day on which the Treasury's statement shows the money."""
        claim = self.row.claim
        if claim:
            return claim.placement and claim.placement.line.posted_on
        taken = {"charge": self.row.charge, "till_payment": self.row.till_payment}
        placed = Placement.objects.matched().filter(**taken)
        return placed.values_list("line__posted_on", flat=True).first()

    @cached_property
    def payment(self) -> OnTheWay | None:
        """The payment as it is today, while it is on its way."""
        if self.row.claim:
            living = self.row.claim.is_living
            return on_the_way.of_claim(self.row.claim) if living else None
        related = "receipt__application__patent"
        if self.row.till_payment:
            tills = TillPayment.objects.unposted().select_related(related)
            taken = tills.filter(pk=self.row.till_payment_id).first()
            return taken and on_the_way.of_till(taken)
        charge = Charge.objects.unposted().select_related(related)
        found = charge.filter(pk=self.row.charge_id).first()
        return found and on_the_way.of_charge(found)

    @property
    def patent_today(self) -> ThirdParty | None:
        """What a third party is told of the patent; None when the person's case is another one."""
        case = self._standing.case
        same = case is not None and case.application.number == self.row.application.number
        return self._standing.third_party if same and self._standing.issued_on else None

    @property
    def known_through(self) -> date | None:
        return self._standing.complete_through

    @cached_property
    def _standing(self) -> Standing:
        return standing_of(self.row.application.person)


@dataclass(frozen=True)
class CheckedStatus:
    """A genuine code of how a patent stood; `now` is how it stands."""

    row: SignedCode
    said: codes.Status

    @cached_property
    def now(self) -> Standing:
        return standing_of(self.row.application.person)

    @property
    def told(self) -> ThirdParty:
        """Of this patent: where its owner's case is another one by now, it has ended."""
        case = self.now.case
        same = case is not None and case.application.number == self.row.application.number
        return self.now.third_party if same and self.now.issued_on else ThirdParty.ENDED


def check(text: str) -> Checked | CheckedStatus:
    """The code, however it was typed. Raises CutCode, ForeignCode or CodeOver."""
    code = codes.typed(text)
    said = codes.unpack(code)
    rows = SignedCode.objects.for_reading().filter(code=code)
    row = rows.filter(serial=codes.voice(said.serial)).first()
    if row is None:
        raise signing.ForeignCode
    if not SignedCode.objects.alive(today()).filter(pk=row.pk).exists():
        raise CodeOver
    return CheckedStatus(row, said) if isinstance(said, codes.Status) else Checked(row, said)
