"""Forms of the services without login. Each has the picture code; what was typed stays."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import LONGEST_NAME, DoorForm, NumberField
from common import identifiers
from patents import papers

SERIES_DIGITS = 2
PATENT_DIGITS = 12  # series and number together
MONTHS = 12


def of_our_region(series: str, number: str) -> tuple[str, str]:
    """Series and number; ValidationError where they are no patent, or another region's."""
    found = papers.patent_number(identifiers.digits(series), identifiers.digits(number))
    if found[0] != settings.REGION:
        raise ValidationError(
            _t("This patent is of another region. We know patents of the series %(series)s only."),
            code="region",
            params={"series": settings.REGION},
        )
    return found


def _numeric(placeholder: str) -> forms.TextInput:
    attrs = {"inputmode": "numeric", "autocomplete": "off", "placeholder": placeholder}
    return forms.TextInput(attrs=attrs)


class OpenForm(DoorForm):
    def __init__(self, data=None):
        super().__init__(data)
        self.ask_for_picture()


class StatusForm(OpenForm):
    number = NumberField(label=_("Application number"))


class InnForm(OpenForm):
    """One of the two; the other stays empty."""

    number = forms.CharField(
        label=_("Application number"), required=False, max_length=LONGEST_NAME, widget=_numeric("")
    )
    phone = forms.CharField(
        label=_("Or the phone number"),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    def clean_number(self) -> str:
        typed = self.cleaned_data["number"]
        return identifiers.application_number(typed) if typed else ""

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        return identifiers.phone(typed) if typed else ""

    def clean(self):
        said = super().clean()
        filled = [name for name in ("number", "phone") if self.data.get(name, "").strip()]
        if len(filled) != 1:
            raise ValidationError(
                _t("Write the application number or the phone number: one of them."), code="one"
            )
        return said


class PatentForm(OpenForm):
    series = forms.CharField(
        label=_("Series"),
        max_length=LONGEST_NAME,
        widget=_numeric("77"),
        error_messages={"required": _("Write the series of the patent: 2 digits.")},
    )
    number = forms.CharField(
        label=_("Number of the patent"),
        max_length=LONGEST_NAME,
        widget=_numeric("2600000000"),
        error_messages={"required": _("Write the number of the patent: 10 digits.")},
    )

    def clean(self):
        said = super().clean()
        if "series" in said and "number" in said:
            said["patent"] = of_our_region(said["series"], said["number"])
        return said


class PaperField(forms.CharField):
    """The series and number of a patent, or the number of an application: told by their length."""

    def __init__(self, **options):
        super().__init__(
            label=_("Number of the patent with its series, or of the application"),
            help_text=_("Patent: 12 digits, as 77 2600000000. Application: 6 to 10 digits."),
            max_length=LONGEST_NAME,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={"required": _("Write the number of the patent or application.")},
            **options,
        )

    def clean(self, value) -> tuple[str, ...]:
        number = identifiers.digits(super().clean(value))
        if len(number) == PATENT_DIGITS:
            return of_our_region(number[:SERIES_DIGITS], number[SERIES_DIGITS:])
        try:
            return (identifiers.application_number(number),)
        except ValidationError:
            raise ValidationError(
                _t("Write 12 digits of the patent, or 6 to 10 digits of the application."),
                code="paper",
            ) from None


class PayForm(OpenForm):
    paper = PaperField()
    last_name = forms.CharField(
        label=_("Last name, as in the patent"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": _("Write the last name.")},
    )
    months = forms.TypedChoiceField(
        label=_("How many months to pay for?"),
        coerce=int,
        choices=[(number, str(number)) for number in range(1, MONTHS + 1)],
        error_messages={"required": _("Choose the number of months.")},
    )


class ReceiptForm(PayForm):
    """What the paper prints of the person is what was typed here."""

    first_name = forms.CharField(
        label=_("First name, as in the patent"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": _("Write the first name.")},
    )
    inn = forms.CharField(
        label=_("INN"),
        max_length=LONGEST_NAME,
        help_text=_("12 digits. The Treasury finds the payment by it."),
        widget=_numeric(""),
        error_messages={"required": _("Write the INN: 12 digits.")},
    )
    field_order = ["paper", "last_name", "first_name", "inn", "months", "captcha"]

    def clean_inn(self) -> str:
        return identifiers.inn(self.cleaned_data["inn"])
