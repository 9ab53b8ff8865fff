from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.captcha import PictureCodeField
from accounts.forms.fields import LONGEST_NAME
from common import identifiers


class ResetForm(forms.Form):
    username = forms.CharField(
        label=_("Login (application number)"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "username",
                "placeholder": _("enter the application number"),
            }
        ),
        error_messages={"required": _("Write the application number.")},
    )
    phone = forms.CharField(
        label=_("Your phone number"),
        max_length=LONGEST_NAME,
        help_text=_("The phone written in the application for a patent"),
        widget=forms.TextInput(
            attrs={"type": "tel", "autocomplete": "tel", "placeholder": "+7 (9XX) XXX-XX-XX"}
        ),
        error_messages={"required": _("Write your phone number.")},
    )
    captcha = PictureCodeField(
        label=_("Code on the picture"),
        error_messages={
            "required": _("Write the 4 digits of the picture."),
            "invalid": _("The code is not right. Write the 4 digits of the new picture."),
        },
    )
    use_required_attribute = False

    def clean_username(self):
        return identifiers.application_number(self.cleaned_data["username"])

    def clean_phone(self):
        return identifiers.phone(self.cleaned_data["phone"])
