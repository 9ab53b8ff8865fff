from django import forms
from django.utils.translation import gettext_lazy as _

from common import identifiers


class CallerForm(forms.Form):
    number = forms.CharField(label=_("Application number"), max_length=20)

    def clean_number(self):
        return identifiers.application_number(self.cleaned_data["number"])


class CallerCodeForm(forms.Form):
    code = forms.CharField(label=_("Code that the caller says"), max_length=12)

    def clean_code(self):
        return "".join(sign for sign in self.cleaned_data["code"] if sign.isdigit())


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Note for colleagues"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The person does not see it. It cannot be changed."),
        error_messages={"required": _("Write the note.")},
    )
