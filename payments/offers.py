"""What a person may pay for today, and what they must know before they do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import Person
from common.clock import today
from patents.inns import current_inn
from patents.models import Application
from payments import pricing
from payments.errors import MonthsBeyondCap, NothingToPay
from payments.facts import standing_of
from payments.models import Receipt, Requisites, Tariff
from payments.pricing import Option
from payments.promises import no_inn
from payments.room import months_left, require_open
from payments.standing import Channel, Money, Standing


@dataclass(frozen=True, slots=True)
class Offer:
    application: Application
    standing: Standing
    tariff: Tariff
    requisites: Requisites
    options: tuple[Option, ...]

    @property
    def deadline(self) -> date | None:
        """The last day on which the next payment is in time; None before issue."""
        return deadline(self.standing)

    @property
    def is_late(self) -> bool:
        return is_late(self.standing)

    @property
    def on_its_way(self) -> Decimal:
        """What we took ourselves."""
        return _total(money for money in self.standing.living if money.channel != Channel.CLAIM)

    @property
    def shown(self) -> Decimal:
        """What cheques say was paid: we have not received it."""
        return _total(money for money in self.standing.living if money.channel == Channel.CLAIM)


def offer_for(person: Person) -> Offer:
    """Raises a Refusal with the reason when there is nothing to pay, or no way to."""
    day, standing = today(), standing_of(person)
    application = _application(person, standing)
    if current_inn(person) is None:
        raise no_inn(application)
    left = months_left(application)
    if not left:
        raise MonthsBeyondCap(left)
    tariff = pricing.tariff_on(day)
    choices = pricing.options(
        tariff.monthly, left, issued_on=_promising(standing), paid_months=standing.months
    )
    return Offer(application, standing, tariff, pricing.requisites_on(day), choices)


def _total(paid: Iterable[Money]) -> Decimal:
    return sum((money.amount for money in paid), Decimal(0))


def deadline(standing: Standing) -> date | None:
    """The last day in time, by any day of issue that we named."""
    return standing.last_in_time


def is_late(standing: Standing) -> bool:
    """Money paid today would wait for a decision: the law knows no days of grace."""
    return standing.issued_on is not None and standing.today > deadline(standing)


def until(receipt: Receipt, standing: Standing) -> date | None:
    """The last day covered once this paper is paid today; None where it cannot be promised."""
    if not is_about(standing, receipt.application):
        return None
    months = receipt.months
    found = pricing.options(
        receipt.monthly, months, issued_on=_promising(standing), paid_months=standing.months
    )
    return found[-1].until


def is_about(standing: Standing, application: Application) -> bool:
    case = standing.case
    return case is not None and case.application.number == application.number


def _promising(standing: Standing) -> date | None:
    """The day of issue, unless paying today could not prolong anything by itself."""
    return standing.issued_on if standing.prolongs_by_itself else None


def _application(person: Person, standing: Standing) -> Application:
    if standing.case is None or standing.case.application is None:
        raise NothingToPay(_("You have no application for a patent yet. Nothing to pay."))
    applications = Application.objects.select_related("patent", "person")
    application = applications.get(person=person, number=standing.case.application.number)
    require_open(application, standing.today)
    return application
