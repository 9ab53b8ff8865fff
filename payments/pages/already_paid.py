"""What a person already paid and has over, read before money is given again: by them, by staff."""

from accounts.models import Person
from payments.facts import standing_of
from payments.services.online.credits import Surplus, surplus_of
from payments.services.online.links import waiting_links
from payments.stop import OpenPage, Stop, stop_before


def what_is_paid(
    person: Person, months: int, pages: tuple[OpenPage, ...] = ()
) -> tuple[Stop | None, Surplus]:
    """What stands in the way of paying for so many more months, and the person's surplus.

    Whoever takes money asks about open pages first.
    """
    surplus = surplus_of(person)
    links = waiting_links(person)
    return stop_before(standing_of(person), months, surplus.over, pages, links), surplus
