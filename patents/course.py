"""The course of an application, as rows of a page: what was, what is now, what comes. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from django.utils.translation import gettext as _

from patents.models import Application, ApplicationStatus, ApplicationStep

WAY = [
    ApplicationStatus.ACCEPTED,
    ApplicationStatus.IN_REVIEW,
    ApplicationStatus.READY,
    ApplicationStatus.ISSUED,
]
OPEN = frozenset({ApplicationStatus.ACCEPTED, ApplicationStatus.IN_REVIEW, ApplicationStatus.READY})


class Place(StrEnum):
    PAST = "past"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Stage:
    """`step` tells the day, who says so and since when; None ahead, or where nobody told."""

    status: ApplicationStatus
    place: Place
    step: ApplicationStep | None

    @property
    def title(self) -> str:
        return titles()[self.status]

    @property
    def sign(self) -> str:
        if self.status == ApplicationStatus.REFUSED:
            return "no"
        return {Place.PAST: "ok", Place.NOW: "ok", Place.AHEAD: "prep"}[self.place]


def titles() -> dict:
    return {
        ApplicationStatus.ACCEPTED: _("We accepted the application"),
        ApplicationStatus.IN_REVIEW: _("The papers are at the Interior Ministry"),
        ApplicationStatus.READY: _("The patent is ready"),
        ApplicationStatus.ISSUED: _("The patent is handed out"),
        ApplicationStatus.REFUSED: _("The Ministry refused"),
    }


def course(application: Application, steps: Iterable[ApplicationStep]) -> list[Stage]:
    """The stages in their order. A passed one that nobody told of is left out, not invented."""
    known = {step.status: step for step in steps}
    way = _way_of(application, known)
    now = way.index(application.status)
    return [
        Stage(status, _place(number, now), known.get(status))
        for number, status in enumerate(way)
        if number >= now or status in known
    ]


def _way_of(application: Application, known) -> list[ApplicationStatus]:
    if application.status != ApplicationStatus.REFUSED:
        return WAY
    before = [s for s in WAY[:-1] if s in known or s == ApplicationStatus.ACCEPTED]
    return [*before, ApplicationStatus.REFUSED]


def _place(number: int, now: int) -> Place:
    if number == now:
        return Place.NOW
    return Place.PAST if number < now else Place.AHEAD


class Course(Protocol):
    """An application, or the facts of one."""

    status: str
    accepted_on: date


def is_open(application: Course) -> bool:
    return application.status in OPEN


def awaited(newest_first: Iterable[Course], issued_on: date | None) -> Course | None:
    """The open application that the next patent comes of.

    One accepted before the present patent was issued was left behind: nobody waits for it.
    """
    return next((row for row in newest_first if _leads_on(row, issued_on)), None)


def _leads_on(application: Course, issued_on: date | None) -> bool:
    is_left_behind = issued_on is not None and application.accepted_on < issued_on
    return is_open(application) and not is_left_behind


def what_to_do(status: str, by_sms: bool = True) -> list[str]:
    """For an application beside a living patent, of which the sentence on top does not speak;
    `by_sms` is whether an SMS about it comes to the person."""
    wait = (
        _("There is nothing to do: we will send an SMS when the patent is ready.")
        if by_sms
        else _("There is nothing to do: your cabinet will say when the patent is ready.")
    )
    return {
        ApplicationStatus.ACCEPTED: [_("We prepare the papers."), wait],
        ApplicationStatus.IN_REVIEW: [_("The Ministry decides."), wait],
        ApplicationStatus.READY: [
            _("The first month is paid before you get the patent."),
            _("Come for it with your passport."),
        ],
    }.get(status, [])


def expected(expected_on: date, today: date, by_sms: bool = True) -> list[str]:
    """What can honestly be said of the day of readiness; nobody decides it but the Ministry."""
    usual = _("By the law it takes 10 working days. In life: 10 to 15 days after the payment.")
    if expected_on >= today:
        return [usual]
    if by_sms:
        late = _("The usual time has passed. This is not your delay. We will send an SMS.")
    else:
        late = _("The usual time has passed. This is not your delay. Look into your cabinet.")
    return [usual, late]
