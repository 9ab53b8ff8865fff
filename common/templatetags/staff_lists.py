"""The years, months and days above a list of the desk."""

from calendar import monthrange
from datetime import date, datetime

from django import template
from django.db.models import F
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from common.clock import moscow_day

register = template.Library()
PARTS = "year", "month", "day"


@register.inclusion_tag("admin/date_hierarchy.html")
def periods(cl) -> dict:
    """Those between the first and the last row of the whole table, rows of the list or not.

    Django's own looks which of them have rows, and reads every row for it.
    """
    chosen = _chosen(cl)
    first, last = _bounds(cl)
    if first is None:
        return {"show": False}
    if not chosen and first.year == last.year:
        chosen = [first.year]
    inside = (way for way in _below(chosen, first, last) if _meets(way, first, last))
    choices = [{"link": _link(cl, way), "title": _title(way)} for way in inside]
    if len(chosen) == len(PARTS):
        choices = [{"title": _title(chosen)}]
    return {"show": True, "back": _back(cl, chosen), "choices": choices}


def _chosen(cl) -> list[int]:
    values = (cl.params.get(f"{cl.date_hierarchy}__{part}") for part in PARTS)
    found = []
    for value in values:
        if value is None:
            break
        found.append(int(value))
    return found


def _bounds(cl) -> tuple[date | None, date | None]:
    """By the index of the field, whatever narrows the list."""
    name = cl.date_hierarchy
    rows = cl.model._default_manager.values_list(name, flat=True)
    ends = rows.order_by(F(name).asc()).first(), rows.order_by(F(name).desc()).first()
    return tuple(moscow_day(end) if isinstance(end, datetime) else end for end in ends)


def _below(chosen: list[int], first: date, last: date) -> list[list[int]]:
    if not chosen:
        return [[year] for year in range(first.year, last.year + 1)]
    if len(chosen) == 1:
        return [[*chosen, month] for month in range(1, 13)]
    if len(chosen) == 2:
        return [[*chosen, day] for day in range(1, monthrange(*chosen)[1] + 1)]
    return []


def _meets(way: list[int], first: date, last: date) -> bool:
    ends = [[day.year, day.month, day.day][: len(way)] for day in (first, last)]
    return ends[0] <= way <= ends[1]


def _link(cl, way: list[int]) -> str:
    name = cl.date_hierarchy
    wanted = {f"{name}__{part}": value for part, value in zip(PARTS, way, strict=False)}
    return cl.get_query_string(wanted, [f"{name}__"])


def _title(way: list[int]) -> str:
    if len(way) == 1:
        return str(way[0])
    words = "MONTH_DAY_FORMAT" if len(way) == len(PARTS) else "YEAR_MONTH_FORMAT"
    return capfirst(formats.date_format(date(*way, *[1] * (len(PARTS) - len(way))), words))


def _back(cl, chosen: list[int]) -> dict | None:
    if not any(f"{cl.date_hierarchy}__{part}" in cl.params for part in PARTS):
        return None
    title = _title(chosen[:-1]) if len(chosen) > 1 else _("All dates")
    return {"link": _link(cl, chosen[:-1]), "title": title}
