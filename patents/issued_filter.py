"""Patents by the month of their issue: those of one month come to their ends together."""

from datetime import date

from django.contrib import admin
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from common import clock

MONTHS_BACK = 13  # the year of a patent, and the month in which the year ends


def month_of(value: str | None) -> tuple[int, int] | None:
    """«2026-01» of an address as numbers; None for anything else."""
    year, _dash, month = (value or "").partition("-")
    if not (year.isascii() and year.isdigit() and month.isascii() and month.isdigit()):
        return None
    known = 1 <= int(month) <= 12 and 2000 <= int(year) <= 2999
    return (int(year), int(month)) if known else None


class IssuedIn(admin.SimpleListFilter):
    title = _("issued in")
    parameter_name = "issued"

    def lookups(self, request, model_admin):
        return [(f"{year}-{month:02d}", f"{MONTHS[month]} {year}") for year, month in _lately()]

    def queryset(self, request, queryset):
        chosen = month_of(self.value())
        if chosen is None:
            return queryset
        first, (year, month) = date(*chosen, 1), _next(*chosen)
        return queryset.filter(issued_on__gte=first, issued_on__lt=date(year, month, 1))


def _lately() -> list[tuple[int, int]]:
    """Years and months, the present one first."""
    last = clock.today().year * 12 + clock.today().month - 1
    return [((last - back) // 12, (last - back) % 12 + 1) for back in range(MONTHS_BACK)]


def _next(year: int, month: int) -> tuple[int, int]:
    return (year + month // 12, month % 12 + 1)
