"""History of rows, written by triggers of the database: it sees updates in bulk and raw SQL, too.

Each kept row says what it was, when, and in whose name: the operator and the reason stand in its
context. Nobody changes, deletes or empties history: the database refuses.
"""

import re
from collections.abc import Iterable
from contextlib import contextmanager

import pghistory
import pgtrigger
from django.db import models
from pghistory import runtime

# A reason that no person gave: the name of a page or of a task.
TECHNICAL = re.compile(r"(task [\w.]+|[\w-]+(:[\w-]+)+)?", re.ASCII)


def never_emptied() -> pgtrigger.Trigger:
    """For a table that only grows: TRUNCATE has no rows, and passes by the triggers of rows."""
    return pgtrigger.Trigger(
        name="never_emptied",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'the table % is never emptied', TG_TABLE_NAME;",
    )


def keep_history(model, *, exclude: Iterable[str] = ()):
    """Every state of a row since it was made; secrets are excluded by name."""
    events = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
    return _kept(model, events, exclude)


def keep_former_states(model, *, exclude: Iterable[str] = (), unread: Iterable[str] = ()):
    """What a row was before each change: nothing extra is written when it is made.

    For money: an import makes many rows, and each of them tells itself what it is now. By the
    columns `unread` nobody looks for history: they have no index there.
    """
    events = (_ChangedTogether(row=pghistory.Old), pghistory.DeleteEvent())
    history = _kept(model, events, exclude)
    for name in unread:
        history._meta.get_field(name).db_index = False
    history.keeps_former_states = True
    return history


# Rows of OLD that are not the same in NEW. Whatever the planner remembers from a command with one
# row, this reads each table once; a join of the two could read one of them for each row.
FORMER = """
INSERT INTO "{history}" (pgh_label, pgh_created_at, pgh_context, pgh_context_id, pgh_obj_id,
    {columns})
SELECT 'update', now(), nullif(current_setting('pghistory.context_metadata', true), '')::jsonb,
    nullif(current_setting('pghistory.context_id', true), '')::uuid, former."{key}", former.*
FROM (SELECT {columns} FROM old_values EXCEPT ALL SELECT {columns} FROM new_values) AS former;
RETURN NULL;
"""


class _ChangedTogether(pghistory.UpdateEvent):
    """All that one command changes is kept by one command: row by row it costs thrice as much."""

    def add_event_trigger(self, event_model):
        model = event_model.pgh_tracked_model
        kept = {one.name for one in event_model._meta.fields if not one.name.startswith("pgh_")}
        columns = [one.column for one in model._meta.concrete_fields if one.name in kept]
        func = FORMER.format(
            history=event_model._meta.db_table,
            columns=", ".join(f'"{column}"' for column in columns),
            key=model._meta.pk.column,
        )
        pgtrigger.register(
            pgtrigger.Trigger(
                name=self.trigger_name.lower(),
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                referencing=pgtrigger.Referencing(old="old_values", new="new_values"),
                func=func,
            )
        )(model)


def _kept(model, events, exclude):
    # The context stands in the row itself: a table of contexts would be one hot row an import.
    return pghistory.create_event_model(
        model,
        *events,
        exclude=list(exclude),
        context_field=pghistory.ContextJSONField(),
        context_id_field=pghistory.ContextUUIDField(),
        append_only=True,
        attrs={"pgh_id": models.BigAutoField(primary_key=True)},
        abstract=False,
        model_name=f"{model.__name__}History",
        meta={
            "verbose_name": f"history of {model.__name__}",
            "triggers": [never_emptied()],
        },
    )


def acting(operator_id: int | None, reason: str) -> pghistory.context:
    """In this block changes carry who makes them and why; inner blocks add to the outer one."""
    return pghistory.context(operator=operator_id, reason=reason)


def because(reason: str) -> None:
    """Say the true reason of what happens now, when a person gave one."""
    pghistory.context(reason=reason)


def is_technical(reason: str) -> bool:
    """Said by the portal about itself: a page or a task, no reason of a person."""
    return TECHNICAL.fullmatch(reason) is not None


@contextmanager
def plainly(reason: str):
    """Within this block the deed itself tells why, unless somebody already gave a reason.

    `reason` is a msgid: history is read in the reader's language. Also a decorator.
    """
    # No public way leads to what is said so far; outside any context there is nothing to say it to.
    said = getattr(runtime._tracker, "value", None)
    before = said.metadata.get("reason", "") if said else None
    if not reason or before is None or not is_technical(before):
        yield
        return
    because(reason)
    try:
        yield
    finally:
        because(before)


def states(model, pk: int):
    """The history of one row, the newest first."""
    return model.pgh_event_model.objects.filter(pgh_obj_id=pk).order_by("-pgh_id")


def keys_of(model, **facts) -> list[int]:
    """The keys of all rows that ever had these facts, those that are gone included."""
    kept = model.pgh_event_model.objects.filter(**facts)
    return list(kept.values_list("pgh_obj_id", flat=True).distinct())
