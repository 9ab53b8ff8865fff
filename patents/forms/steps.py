"""What an operator types at the steps of an application. The services decide."""

from datetime import date

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.forms.people import DayField
from common import clock, identifiers
from common.formats import short_day
from patents import papers
from patents.inns import current_inn
from patents.models import Application, RefusalKind


class StepForm(forms.Form):
    """A step of an application; a step without questions has no fields.

    `doubts` are sentences that the page shows as a warning above the fields.
    """

    def __init__(self, *args, application: Application, **kwargs):
        super().__init__(*args, **kwargs)
        self.doubts = self.doubts_about(application)

    def doubts_about(self, application: Application) -> list[str]:
        return []

    def fieldsets(self) -> list:
        return [(None, {"fields": list(self.fields)})]


class ReadyForm(StepForm):
    ready_on = DayField(label=_("Ready since"), initial=clock.today)


class ReasonField(forms.CharField):
    """Why the Ministry decided so."""

    def __init__(self):
        super().__init__(
            label=_("Reason"),
            max_length=300,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("The person reads these words."),
            error_messages={
                "required": _("Write the reason in words that the person understands.")
            },
        )


class RefusalKindField(forms.ModelChoiceField):
    """A usual reason: its text tells the person, in their language, what may be done."""

    def __init__(self):
        super().__init__(
            label=_("Usual reason"),
            queryset=RefusalKind.objects.all(),
            required=False,
            empty_label=_("Another reason"),
            help_text=_("The person reads what stands in “Reasons of refusals” about it."),
        )


class FinalStepForm(StepForm):
    """A step without a way back asks for a tick; the service has no need of it."""

    def clean(self):
        facts = super().clean()
        facts.pop("sure", None)
        return facts


def _tick(label) -> forms.BooleanField:
    message = _("This cannot be undone. Tick the box if the Ministry decided so.")
    return forms.BooleanField(label=label, error_messages={"required": message})


class RefusalFields(forms.Form):
    """Why, what may be done, by when: the person reads all of it."""

    kind = RefusalKindField()
    reason = ReasonField()
    advice = forms.CharField(
        label=_("What the person may do"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Beside the text of the usual reason. May stay empty."),
    )
    until = DayField(
        label=_("Until"), required=False, help_text=_("Included. From the Ministry's decision.")
    )


class RefuseForm(RefusalFields, FinalStepForm):
    refused_on = DayField(label=_("Refused on"), initial=clock.today)
    sure = _tick(_("Yes, the Ministry refused"))
    field_order = ["refused_on", "kind", "reason", "advice", "until", "sure"]


class IssueForm(StepForm):
    series = forms.CharField(
        label=_("Series"),
        max_length=5,
        initial=settings.REGION,
        error_messages={"required": _("Type the series: two digits.")},
    )
    number = forms.CharField(
        label=_("Number"),
        max_length=20,
        error_messages={"required": _("Type the number: ten digits.")},
    )
    issued_on = DayField(
        label=_("Issued on"), initial=clock.today, help_text=_("As printed on the back.")
    )
    profession = forms.CharField(label=_("Profession"), max_length=120, required=False)
    all_the_same = forms.BooleanField(
        label=_("Issue all the same"),
        error_messages={"required": _("Tick the box if the patent is to be issued all the same.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.doubts += self._doubts_about_day(kwargs["application"])
        if not self.doubts:
            del self.fields["all_the_same"]

    def doubts_about(self, application: Application) -> list[str]:
        """A patent is handed out against the first month's payment, to somebody with an INN."""
        found = []
        if application.first_paid_on is None:
            found.append(_t("We do not see the payment for the first month. Look at the cheque."))
        if current_inn(application.person) is None:
            found.append(_t("The INN of this person is not entered."))
        return found

    def _doubts_about_day(self, application: Application) -> list[str]:
        """All months count from this day: one that fits nothing known needs a second look."""
        day, found = self._typed_day(), []
        if day and application.ready_on and day < application.ready_on:
            ready = _t("The patent was ready on %s only, after this day of issue.")
            found.append(ready % short_day(application.ready_on))
        if day and application.first_paid_on and day < application.first_paid_on:
            paid = _t("The first month was paid on %s, after this day of issue.")
            found.append(paid % short_day(application.first_paid_on))
        return [*found, _t("Look at the back of the patent.")] if found else []

    def _typed_day(self) -> date | None:
        if not self.is_bound:
            return None
        try:
            return self.fields["issued_on"].clean(self["issued_on"].data)
        except ValidationError:
            return None

    def clean(self):
        facts = super().clean()
        facts.pop("all_the_same", None)
        if "series" in facts and "number" in facts:
            try:
                facts["series"], facts["number"] = papers.patent_number(
                    facts["series"], facts["number"]
                )
            except ValidationError as error:
                self.add_error("number", error)
        return facts


class AnnulForm(FinalStepForm):
    annulled_on = DayField(label=_("Annulled on"), initial=clock.today)
    reason = ReasonField()
    sure = _tick(_("Yes, the Ministry annulled the patent"))


class InnForm(StepForm):
    value = forms.CharField(
        label=_("INN"),
        max_length=30,
        help_text=_("12 digits."),
        error_messages={"required": _("Type the INN: 12 digits.")},
    )
    on = DayField(label=_("Known since"), initial=clock.today)
    note = forms.CharField(label=_("How it came"), max_length=40, required=False)

    def clean_value(self):
        return identifiers.inn(self.cleaned_data["value"])
