from django import forms
from django.utils.translation import gettext_lazy as _

from common import identifiers


class DeskPhoneForm(forms.Form):
    number = forms.CharField(label=_("New phone"), max_length=30)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("What the person said, and which paper you saw."),
    )

    def clean_number(self):
        return identifiers.phone(self.cleaned_data["number"])
