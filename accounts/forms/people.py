"""What staff type about people: fields of their own kind, the correction, the merge."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts import papers
from accounts.models import Person
from common import clock

YOUNGEST, OLDEST = 14, 100  # whole years


class DayField(forms.DateField):
    """A day in the browser's own date field; typed days are understood too."""

    input_formats = ["%Y-%m-%d", "%d.%m.%Y"]

    def __init__(self, **options):
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        messages = {
            "required": _("Choose the day."),
            "invalid": _("This is not a day. Example: 14.02.2026."),
        }
        super().__init__(widget=widget, error_messages=messages, **options)


class BirthDateField(DayField):
    """Of somebody who may work; what lies outside of these years is a slip of the pen."""

    def clean(self, value):
        born = super().clean(value)
        age = _age(born, clock.today())
        if age < YOUNGEST:
            raise ValidationError(
                _t("By this date the person is younger than 14. Check the year of birth."),
                code="birth_date",
            )
        if age > OLDEST:
            raise ValidationError(
                _t("By this date the person is older than 100. Check the year of birth."),
                code="birth_date",
            )
        return born


def _age(born: date, day: date) -> int:
    """Whole years; negative for a day before the birth."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


class NameField(forms.CharField):
    """A part of a name: letters, and the signs that names have."""

    def __init__(self, **options):
        options.setdefault("max_length", 60)
        messages = {"required": _("Fill in this field.")}
        super().__init__(error_messages=messages, **options)

    def clean(self, value):
        name = re.sub(r"\s+", " ", super().clean(value))
        if name and not re.fullmatch(r"[^\W\d_][^\d_<>@#$%^&*=+/\\|{}\[\]]*", name):
            raise ValidationError(_("A name has only letters."), code="name")
        return name


class LatinNameField(NameField):
    def __init__(self, **options):
        super().__init__(max_length=120, required=False, **options)

    def clean(self, value):
        name = super().clean(value).upper()
        if not name.isascii():
            raise ValidationError(_t("Use Latin letters here."), code="latin")
        return name


class PassportField(forms.CharField):
    def __init__(self, **options):
        messages = {"required": _("Type the passport's series and number.")}
        options.setdefault("help_text", _("Series and number as printed. Example: FA1234567."))
        super().__init__(max_length=30, error_messages=messages, **options)

    def clean(self, value):
        return papers.passport(super().clean(value))


class ReasonField(forms.CharField):
    """Why staff did it; the person and the auditor may read it."""

    def __init__(self, **options):
        super().__init__(
            label=_("Reason"),
            max_length=300,
            widget=forms.Textarea(attrs={"rows": 2}),
            error_messages={"required": _("Write the reason.")},
            **options,
        )


class CorrectionForm(forms.Form):
    """A name, birth date or passport that was written down wrongly."""

    last_name = NameField(label=_("Last name"))
    first_name = NameField(label=_("First name"))
    middle_name = NameField(label=_("Patronymic"), required=False)
    latin_name = LatinNameField(label=_("Full name in Latin letters"))
    birth_date = BirthDateField(label=_("Birth date"))
    passport = PassportField(label=_("Passport"))
    reason = ReasonField()

    @classmethod
    def about(cls, person: Person, data=None):
        """The form with what is known now."""
        names = ["last_name", "first_name", "middle_name", "latin_name", "birth_date"]
        known = {name: getattr(person, name) for name in names}
        current = person.passports.current().first()
        return cls(data, initial=known | {"passport": current.number if current else ""})

    def facts(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}


class MergeForm(forms.Form):
    """The decision is asked for; somebody else takes it."""

    reason = ReasonField(help_text=_("How do you know that it is one person?"))
