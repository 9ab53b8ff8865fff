"""Who pays for someone else."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LONGEST_NAME = 160


class PayerForm(forms.Form):
    payer_name = forms.CharField(
        label=gettext_lazy("Your name, or the name of your organisation"),
        help_text=gettext_lazy("The person for whom you pay will see it."),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": gettext_lazy("Write who pays."),
            "max_length": gettext_lazy("Too long. Take at most 160 characters."),
        },
    )

    def clean_payer_name(self) -> str:
        name = " ".join(self.cleaned_data["payer_name"].split())
        if not any(letter.isalpha() for letter in name):
            raise ValidationError(_("Write who pays."))
        return name
