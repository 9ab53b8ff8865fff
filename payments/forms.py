"""Choosing months and naming a receipt."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments.errors import MonthsBeyondCap
from payments.pricing import Option


class MonthBoxes(forms.RadioSelect):
    """Radios drawn as boxes; an error leads to the first of them, as the group has no id."""

    def id_for_label(self, id_, index=None):
        return f"{id_}_{index or 0}"


class MonthsForm(forms.Form):
    """How many months to pay for: one box for each number that still fits into the year."""

    months = forms.TypedChoiceField(
        label=gettext_lazy("How many months to pay for?"), coerce=int, widget=MonthBoxes
    )

    def __init__(self, *args, options: tuple[Option, ...], **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["months"]
        field.choices = [(option.months, str(option.months)) for option in options]
        field.error_messages["required"] = _("Choose the number of months.")
        field.error_messages["invalid_choice"] = str(MonthsBeyondCap(len(options)))
        field.initial = 1
