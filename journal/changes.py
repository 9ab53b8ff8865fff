"""History as a reader sees it: who, when, field by field, and why."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common import formats
from journal.history import is_technical

AT_MOST = 500  # changes of one kind on a page; no object comes near to it
NOTHING = "—"
# Not for eyes, even hashed. Their history is not kept; here they are refused once more.
SECRETS = frozenset({"password", "waiting_password"})
# What a machine keeps for itself: a receipt's whole sheet, the address of a pay page.
NOT_FOR_READERS = (models.JSONField, models.URLField)
DEEDS = {"insert": _("written down"), "update": _("changed"), "delete": _("deleted")}


@dataclass(frozen=True, slots=True)
class Step:
    """One row of history between the states before and after it; None where nothing is known."""

    model: type[models.Model]
    event: models.Model
    before: models.Model | None
    after: models.Model | None

    @property
    def context(self) -> dict:
        return self.event.pgh_context or {}


@dataclass(frozen=True, slots=True)
class Change:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    at: datetime
    maker: str
    about: str
    deed: str
    is_new: bool
    changes: list[Change]
    reason: str
    page: str  # a page or a task, where nobody gave a reason


def entries(parts: Iterable[tuple[type[models.Model], Collection[int]]]) -> list[Entry]:
    """What became of these rows, the newest first; questions do not grow with the changes."""
    steps = [step for model, keys in parts for step in _steps(model, keys)]
    names = _Names(steps)
    # Changes of one transaction have one time: then the order of the parts stays.
    steps.sort(key=lambda step: step.event.pgh_created_at, reverse=True)
    return [_entry(step, names) for step in steps]


def _steps(model: type[models.Model], keys: Collection[int]) -> list[Step]:
    history = model.pgh_event_model
    newest = history.objects.filter(pgh_obj_id__in=keys).order_by("-pgh_id")[:AT_MOST]
    rows = sorted(newest, key=lambda row: (row.pgh_obj_id, row.pgh_id))
    is_former = getattr(history, "keeps_former_states", False)
    now = model._base_manager.in_bulk(list(keys)) if is_former else {}
    steps = []
    for key, group in groupby(rows, key=lambda row: row.pgh_obj_id):
        found = list(group)
        pairs = _from_former(found, now.get(key)) if is_former else _from_new(found)
        steps += [Step(model, row, *pair) for row, pair in zip(found, pairs, strict=True)]
    return sorted(steps, key=lambda step: step.event.pgh_id, reverse=True)


def _from_former(rows: list, now) -> list[tuple]:
    """Each row is what it was: what came of it is the next one, at last the object itself."""
    after = [*rows[1:], now]
    return [
        (row, None if row.pgh_label == "delete" else next_state)
        for row, next_state in zip(rows, after, strict=True)
    ]


def _from_new(rows: list) -> list[tuple]:
    """Each row is what became; a deleted one is what it was."""
    before = [None, *rows[:-1]]
    return [
        (row, None) if row.pgh_label == "delete" else (last, row)
        for last, row in zip(before, rows, strict=True)
    ]


def _differences(step: Step) -> list[tuple[models.Field, Any, Any]]:
    """Fields with both values. An update of which the state before is unknown tells of none."""
    if step.event.pgh_label == "update" and None in (step.before, step.after):
        return []
    pairs = (
        (field, _value(step.before, field), _value(step.after, field))
        for field in _fields(step.model)
    )
    return [(field, old, new) for field, old, new in pairs if old != new]


def _fields(model: type[models.Model]) -> list[models.Field]:
    kept = {field.name for field in model.pgh_event_model._meta.fields}
    return [
        field
        for field in model._meta.concrete_fields
        if field.name in kept - SECRETS
        and not field.primary_key
        and not isinstance(field, NOT_FOR_READERS)
    ]


def _value(state: models.Model | None, field: models.Field):
    """What was never filled in is not different from what is not there."""
    value = getattr(state, field.attname) if state else None
    return None if value in ("", None) else value


class _Names:
    """What keys mean: one question for each kind of object, however many changes name it."""

    def __init__(self, steps: list[Step]):
        wanted = defaultdict(set)
        for step in steps:
            wanted[get_user_model()].add(step.context.get("operator"))
            for field, *keys in _differences(step):
                if field.is_relation:
                    wanted[field.related_model].update(keys)
        self.known = {
            model: model._base_manager.in_bulk(list(keys - {None}))
            for model, keys in wanted.items()
        }

    def of(self, model: type[models.Model], key) -> str:
        found = self.known[model].get(key)
        return str(found) if found else f"№ {key}"

    def maker(self, operator: int | None) -> str:
        if operator is None:
            return gettext("the portal")
        user = self.known[get_user_model()].get(operator)
        if user and not user.is_staff:
            return gettext("the applicant")
        return self.of(get_user_model(), operator)


def _entry(step: Step, names: _Names) -> Entry:
    reason = step.context.get("reason") or ""
    technical = is_technical(reason)
    return Entry(
        at=step.event.pgh_created_at,
        maker=names.maker(step.context.get("operator")),
        about=capfirst(str(step.model._meta.verbose_name)),
        deed=str(DEEDS[step.event.pgh_label]),
        is_new=step.event.pgh_label == "insert",
        changes=[
            Change(_label(field), *(_words(field, it, names) for it in values))
            for field, *values in _differences(step)
        ],
        reason="" if technical else gettext(reason),
        page=reason if technical else "",
    )


def _label(field: models.Field) -> str:
    """The sides of a table that Django makes are called as their columns: say what they are."""
    is_made = field.is_relation and field.verbose_name == field.name
    return capfirst(str((field.related_model._meta if is_made else field).verbose_name))


def _words(field: models.Field, value, names: _Names) -> str:
    if value is None:
        return NOTHING
    if field.is_relation:
        return names.of(field.related_model, value)
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    return _plain(value)


def _plain(value) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d.%m.%Y %H:%M}"
    if isinstance(value, date):
        return formats.short_day(value)
    return formats.roubles(value) if isinstance(value, Decimal) else str(value)
