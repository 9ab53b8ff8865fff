import sys
from datetime import date
from decimal import Decimal

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from common.formats import roubles
from payments.models import Place
from payments.services.audit import Audit, Span, audit
from payments.services.audit_reach import not_in_the_books, not_proven


class Command(BaseCommand):
    help = (
        "Proves that every kopeck of every line is in exactly one of its places, and without days "
        "that the files prove what is called complete; names the files that still wait."
    )

    def add_arguments(self, parser):
        day = {"type": date.fromisoformat, "metavar": "YYYY-MM-DD"}
        parser.add_argument("--from", dest="first", help="first day of posting, included", **day)
        parser.add_argument("--to", dest="last", help="last day of posting, included", **day)

    def handle(self, *, first=None, last=None, **options):
        found = audit(Span(first, last))
        # Whether days are complete is asked of all files together.
        faults = [*found.faults, *(() if first or last else not_proven())]
        for said in (*faults, *not_in_the_books()):
            self.stdout.write(said)
        self.stdout.write(_totals(found))
        if faults:
            sys.exit(1)


def _totals(found: Audit) -> str:
    places = ", ".join(
        f"{Place(place).label} {_money(total)}" for place, total in found.places.items()
    )
    words = _("%(lines)d lines for %(total)s: %(places)s") % {
        "lines": found.lines,
        "total": _money(found.total),
        "places": places,
    }
    if not found.notices:
        return words
    return f"{words}; " + _("notices without money: %d") % found.notices


def _money(amount: Decimal) -> str:
    return roubles(amount, space=" ")
