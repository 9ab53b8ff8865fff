from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Access


class AccessForm(forms.Form):
    access = forms.ChoiceField(
        label=_("What is to be done"), choices=Access.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("What the person said, and which paper you saw."),
    )

    def clean_access(self) -> Access:
        return Access(self.cleaned_data["access"])
