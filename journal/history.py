"""History of rows, written by triggers of the database: it sees updates in bulk and raw SQL, too.

Each kept row says what it was, when, and in whose name: the operator and the reason stand in its
context. Nobody changes or deletes history: the database refuses.
"""

from collections.abc import Iterable

import pghistory
from django.db import models


def keep_history(model, *, exclude: Iterable[str] = ()):
    """Every state of a row since it was made; secrets are excluded by name."""
    events = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
    return _kept(model, events, exclude)


def keep_former_states(model, *, exclude: Iterable[str] = ()):
    """What a row was before each change: nothing extra is written when it is made.

    For money: an import makes many rows, and each of them tells itself what it is now.
    """
    events = (pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
    return _kept(model, events, exclude)


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
        meta={"verbose_name": f"history of {model.__name__}"},
    )


def acting(operator_id: int | None, reason: str) -> pghistory.context:
    """In this block changes carry who makes them and why; inner blocks add to the outer one."""
    return pghistory.context(operator=operator_id, reason=reason)


def because(reason: str) -> None:
    """Say the true reason of what happens now, when a person gave one."""
    pghistory.context(reason=reason)


def states(model, pk: int):
    """The history of one row, the newest first."""
    return model.pgh_event_model.objects.filter(pgh_obj_id=pk).order_by("-pgh_id")
