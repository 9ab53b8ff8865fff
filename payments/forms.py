"""Choosing months and naming a receipt."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import identifiers
from payments.errors import MonthsBeyondCap, WayTakesLess
from payments.models import Method
from payments.pricing import Option
from payments.ways import Way


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


class WayForm(forms.Form):
    """By what to pay; a card when nothing is said. A phone only for the money of its number."""

    method = forms.ChoiceField(
        label=gettext_lazy("How do you want to pay?"), required=False, widget=MonthBoxes
    )
    phone = forms.CharField(
        label=gettext_lazy("The number whose money pays"), required=False, max_length=30
    )

    def __init__(self, *args, ways: list[Way], **kwargs):
        super().__init__(*args, **kwargs)
        self.ways = {way.row.code: way for way in ways}
        field = self.fields["method"]
        field.choices = [(code, way.row.get_code_display()) for code, way in self.ways.items()]
        field.error_messages["invalid_choice"] = _("Choose one of the ways of paying.")
        field.initial = Method.CARD

    def clean_method(self) -> str:
        return self.cleaned_data["method"] or Method.CARD

    def clean_phone(self) -> str:
        """E.164; asked for only where it pays."""
        if self.cleaned_data.get("method") != Method.MOBILE:
            return ""
        try:
            return identifiers.phone(self.cleaned_data["phone"])
        except ValueError as error:
            raise forms.ValidationError(
                _("Enter a mobile number: +7 and ten digits."), code="phone"
            ) from error

    def require(self, amount) -> bool:
        """Whether the chosen way takes this sum; if not, the form says so."""
        way = self.ways.get(self.cleaned_data["method"])
        if way is not None and way.row.takes(amount):
            return True
        self.add_error("method", str(WayTakesLess(way and way.row)))
        return False

    def choices(self) -> list[tuple]:
        """Radios with their ways, for the page."""
        return list(zip(self["method"], self.ways.values(), strict=True))
