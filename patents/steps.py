"""The steps that an operator takes on the card of an application: form, right, service."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext_lazy as _

from patents import forms as desk_forms
from patents import services
from patents.models import Application, ApplicationStatus
from patents.services import moving
from patents.transitions import last_step, may_become


@dataclass(frozen=True)
class Step:
    """A button of the card: its own page with a form, legal in some states only."""

    name: str
    title: str
    form: type[desk_forms.StepForm]
    permission: str
    legal: Callable[[Application], bool]
    perform: Callable
    initial: Callable[[Application], dict] = lambda application: {}
    mends: bool = False  # puts right what was written down, and moves nothing on


def _into(status: ApplicationStatus) -> Callable[[Application], bool]:
    return partial(may_become, status=status)


def _has_valid_patent(application: Application) -> bool:
    patent = getattr(application, "patent", None)
    return patent is not None and patent.annulled_on is None


def _waits_for_two(application: Application) -> bool:
    """Costs nothing where the days were read together with the application."""
    return any(day.is_asked for day in application.former_days.all())


def _known_inn(application: Application) -> dict:
    return {"value": services.current_inn(application.person) or ""}


def _known_inn_day(application: Application) -> dict:
    return {"on": application.person.inns.current().values_list("valid_from", flat=True).first()}


def _correct_inn_day(*, application: Application, **facts):
    return services.correct_inn_day(person=application.person, **facts)


def _enter_inn(*, application: Application, **facts):
    return services.enter_inn(person=application.person, **facts)


def _known_patent(application: Application) -> dict:
    names = ["series", "number", "issued_on", "profession"]
    return {name: getattr(application.patent, name) for name in names}


def _known_refusal(application: Application) -> dict:
    return {
        "kind": application.refusal_kind,
        "reason": application.refusal_reason,
        "advice": application.refusal_advice,
        "until": application.refusal_until,
    }


def _correct_patent(*, application: Application, ask: bool, **facts):
    """Another day that makes payments late is done only when a colleague agrees."""
    do = moving.ask_correction if ask else services.correct_patent
    return do(patent=application.patent, **facts)


def _annul(*, application: Application, **facts):
    return services.annul(patent=application.patent, **facts)


STEPS = [
    Step(
        "review",
        _("Sent to the Interior Ministry"),
        desk_forms.StepForm,
        "patents.change_application",
        _into(ApplicationStatus.IN_REVIEW),
        services.send_to_review,
    ),
    Step(
        "ready",
        _("The patent is ready"),
        desk_forms.ReadyForm,
        "patents.change_application",
        _into(ApplicationStatus.READY),
        services.mark_ready,
    ),
    Step(
        "issue",
        _("Issue the patent"),
        desk_forms.IssueForm,
        "patents.add_patent",
        _into(ApplicationStatus.ISSUED),
        services.issue_patent,
    ),
    Step(
        "refuse",
        _("The Ministry refused"),
        desk_forms.RefuseForm,
        "patents.change_application",
        _into(ApplicationStatus.REFUSED),
        services.refuse,
    ),
    Step(
        "inn",
        _("Enter or correct the INN"),
        desk_forms.InnForm,
        "patents.add_inn",
        lambda application: True,
        _enter_inn,
        _known_inn,
    ),
    Step(
        "annul",
        _("The Ministry annulled the patent"),
        desk_forms.AnnulForm,
        "patents.change_patent",
        _has_valid_patent,
        _annul,
    ),
    Step(
        "days",
        _("Correct the days"),
        desk_forms.DaysForm,
        "patents.change_application",
        lambda application: True,
        services.correct_days,
        mends=True,
    ),
    Step(
        "ground",
        _("Correct the ground"),
        desk_forms.GroundForm,
        "patents.change_application",
        lambda application: True,
        services.correct_ground,
        lambda application: {"ground": application.ground},
        mends=True,
    ),
    Step(
        "inn-day",
        _("Correct the day of the INN"),
        desk_forms.InnDayForm,
        "patents.change_inn",
        lambda application: not application.inn_missing,
        _correct_inn_day,
        _known_inn_day,
        mends=True,
    ),
    Step(
        "patent",
        _("Correct the patent"),
        desk_forms.PatentForm,
        "patents.change_patent",
        lambda application: getattr(application, "patent", None) is not None,
        _correct_patent,
        _known_patent,
        mends=True,
    ),
    Step(
        "former-day",
        _("Decide about payments by the former day of issue"),
        desk_forms.FormerDayForm,
        moving.PERMISSION,
        _waits_for_two,
        moving.ask_decision,
        mends=True,
    ),
    Step(
        "refusal",
        _("Correct the refusal"),
        desk_forms.RefusalForm,
        "patents.change_application",
        lambda application: application.status == ApplicationStatus.REFUSED,
        services.correct_refusal,
        _known_refusal,
        mends=True,
    ),
    Step(
        "back",
        _("Take the last step back"),
        desk_forms.TakeBackForm,
        "patents.change_application",
        lambda application: last_step(application) is not None,
        services.take_back,
        mends=True,
    ),
]
STEP_BY_NAME = {step.name: step for step in STEPS}


def steps_now(user, application: Application) -> list[Step]:
    """The steps that are legal in this state and allowed to this user."""
    return [s for s in STEPS if s.legal(application) and user.has_perm(s.permission)]
