"""A wrong day or number put right: the form shows what is known, the reason is asked for."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.people import DayField
from accounts.forms.people import ReasonField as WhyField
from patents import money, papers
from patents.forms.steps import RefusalFields, StepForm
from patents.models import Application, ApplicationStatus, Ground
from patents.transitions import LastStep, last_step

LABELS = {
    ApplicationStatus.ACCEPTED: _("Accepted on"),
    ApplicationStatus.IN_REVIEW: _("Sent to the Interior Ministry on"),
    ApplicationStatus.READY: _("Ready since"),
    ApplicationStatus.REFUSED: _("Refused on"),
}


class DaysForm(StepForm):
    """A field for each step that was reached; the day of issue is the patent's."""

    reason = WhyField()

    def __init__(self, *args, application: Application, **kwargs):
        super().__init__(*args, application=application, **kwargs)
        reached = {step.status: step.on for step in application.steps.all()}
        days = {
            status: DayField(label=label, initial=reached[status])
            for status, label in LABELS.items()
            if status in reached
        }
        self.fields = days | self.fields

    def clean(self):
        facts = super().clean()
        days = {name: facts[name] for name in LABELS if name in facts}
        return {"days": days, "reason": facts.get("reason", "")}


class GroundForm(StepForm):
    ground = forms.TypedChoiceField(label=_("Ground"), choices=Ground.choices, coerce=Ground)
    reason = WhyField()


class InnDayForm(StepForm):
    on = DayField(label=_("Known since"))
    reason = WhyField()


class PatentForm(StepForm):
    """Whoever moves the day so that payments become late reads which, and asks a colleague."""

    series = forms.CharField(label=_("Series"), max_length=5)
    number = forms.CharField(label=_("Number"), max_length=20)
    issued_on = DayField(label=_("Issued on"), help_text=_("As printed on the back."))
    profession = forms.CharField(label=_("Profession"), max_length=120, required=False)
    reason = WhyField()
    ask = forms.BooleanField(
        label=_("Ask a colleague to agree"),
        required=False,
        help_text=_("Needed only where this day of issue makes payments late."),
    )

    def __init__(self, *args, application: Application, **kwargs):
        super().__init__(*args, application=application, **kwargs)
        self.application = application

    def clean(self):
        facts = super().clean()
        self._clean_number(facts)
        lost = money.lost_by(self.application, facts["issued_on"]) if self._moves(facts) else []
        if lost and not facts["ask"]:
            self.doubts += lost
            self.add_error("ask", _("Is the day right? Then ask a colleague to agree."))
        facts["ask"] = bool(lost)
        return facts

    def _moves(self, facts: dict) -> bool:
        day = facts.get("issued_on")
        return day is not None and day != self.application.patent.issued_on

    def _clean_number(self, facts: dict) -> None:
        if "series" in facts and "number" in facts:
            try:
                pair = papers.patent_number(facts["series"], facts["number"])
                facts["series"], facts["number"] = pair
            except ValidationError as error:
                self.add_error("number", error)


class RefusalForm(RefusalFields, StepForm):
    """`reason` is the Ministry's, `why` is the operator's."""

    why = WhyField()
    field_order = ["kind", "reason", "advice", "until", "why"]

    def clean(self):
        facts = super().clean()
        return {
            "refusal_kind": facts.get("kind"),
            "refusal_reason": facts.get("reason", ""),
            "advice": facts.get("advice", ""),
            "until": facts.get("until"),
            "reason": facts.get("why", ""),
        }


class FormerDayForm(StepForm):
    """Payments that are in time only by a day of issue that we had named by mistake."""

    stands = forms.TypedChoiceField(
        label=_("Payments made by the former day of issue"),
        choices=[("yes", _("are in time")), ("no", _("are not in time"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = WhyField()

    def doubts_about(self, application: Application) -> list[str]:
        return money.held_of(application)


LAST_STEPS = {
    LastStep.REVIEW: _(
        "The last step is “sent to the Interior Ministry”. The person was told by SMS."
    ),
    LastStep.READY: _("The last step is “the patent is ready”. The person was told by SMS."),
    LastStep.ISSUE: _(
        "The last step is the issue of the patent. Its row goes, its money stays. "
        "The person was told by SMS."
    ),
    LastStep.REFUSAL: _("The last step is the refusal. The person was told by SMS."),
    LastStep.ANNULMENT: _("The last step is the annulment. The person was told by SMS."),
}


class TakeBackForm(StepForm):
    """Only for a mistake of ours: the page says which step goes."""

    reason = WhyField()

    def doubts_about(self, application: Application) -> list[str]:
        said = LAST_STEPS.get(last_step(application))
        return [str(said)] if said else []
