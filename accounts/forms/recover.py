from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import LONGEST_NAME, number_field, phone_field, picture_field
from common import identifiers


class RecoverForm(forms.Form):
    """Neither the password nor the SIM: the printed code and a new phone."""

    username = number_field()
    code = forms.CharField(
        label=_("Code for lost access"),
        max_length=LONGEST_NAME,
        help_text=_("16 letters and digits. It is printed on the paper of the centre."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        error_messages={"required": _("Write the code from the paper.")},
    )
    phone = phone_field(
        _("Your new phone number"), _("A phone that you have now. The password comes to it.")
    )
    use_required_attribute = False

    def __init__(self, data=None):
        super().__init__(data)
        self.fields["captcha"] = picture_field(reverse("accounts:recover"))

    def clean_username(self):
        return identifiers.application_number(self.cleaned_data["username"])

    def clean_phone(self):
        return identifiers.phone(self.cleaned_data["phone"])
