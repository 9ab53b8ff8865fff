"""One step of many applications: each by a service call of its own, so that one stops no other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.errors import Refusal
from patents import services
from patents.models import Application, ApplicationStatus


@dataclass(frozen=True)
class StepOfMany:
    """`day` is the question of the page in between; `told` says whether people get a message."""

    title: str
    day: str
    becomes: ApplicationStatus
    perform: Callable[[Application, date, User], Application]
    told: bool = False


SENT = StepOfMany(
    _("Sent to the Interior Ministry"),
    _("Sent on"),
    ApplicationStatus.IN_REVIEW,
    lambda row, on, actor: services.send_to_review(application=row, on=on, actor=actor),
)
READY = StepOfMany(
    _("The patent is ready"),
    _("Ready since"),
    ApplicationStatus.READY,
    lambda row, on, actor: services.mark_ready(application=row, ready_on=on, actor=actor),
    told=True,
)


@dataclass(frozen=True)
class Outcome:
    """What became of one application; `refused` is the reason, empty when it was done."""

    application: Application
    refused: str = ""


def take_step(
    step: StepOfMany, rows: Iterable[Application], *, on: date, actor: User
) -> list[Outcome]:
    return [_taken(step, row, on, actor) for row in rows]


def _taken(step: StepOfMany, row: Application, on: date, actor: User) -> Outcome:
    try:
        step.perform(row, on, actor)
    except Refusal as refusal:
        return Outcome(row, _already(step, row) or str(refusal))
    return Outcome(row)


def _already(step: StepOfMany, row: Application) -> str:
    """A second click, or a colleague's: nothing is wrong."""
    row.refresh_from_db(fields=["status"])
    return str(_("This was written down already.")) if row.status == step.becomes else ""
