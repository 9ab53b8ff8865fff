"""The one question about many applications."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.people import DayField
from common import clock


class DayOfManyForm(forms.Form):
    on = DayField(initial=clock.today)

    def __init__(self, *args, label: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].label = label

    def clean_on(self):
        """Said once here, where the service would say it of every application."""
        if self.cleaned_data["on"] > clock.today():
            raise ValidationError(_("This day has not come yet. Check the date."), code="future")
        return self.cleaned_data["on"]
