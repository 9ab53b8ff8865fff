from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import number_field, phone_field, picture_field
from common import identifiers


class ResetForm(forms.Form):
    username = number_field()
    phone = phone_field(
        _("Your phone number"), _("The phone written in the application for a patent")
    )
    use_required_attribute = False

    def __init__(self, data=None):
        super().__init__(data)
        self.fields["captcha"] = picture_field(reverse("accounts:password_reset"))

    def clean_username(self):
        return identifiers.application_number(self.cleaned_data["username"])

    def clean_phone(self):
        return identifiers.phone(self.cleaned_data["phone"])
