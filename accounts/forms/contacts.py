from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import SmsPhoneField, password_field
from common import identifiers

LONGEST_ADDRESS = 250


class PhoneForm(forms.Form):
    """Another own number; the password shows that it is not somebody at an open cabinet."""

    phone = SmsPhoneField(
        label=_("Your own phone number"), help_text=_("We send an SMS with a code to it.")
    )
    password = password_field(
        _("Password of the cabinet"), "current-password", _("Write the password.")
    )
    use_required_attribute = False

    def __init__(self, user, data=None):
        super().__init__(data)
        self.user = user

    def clean_password(self):
        if not self.user.check_password(self.cleaned_data["password"]):
            raise ValidationError(_("The password is not right. Check it and write it again."))
        return self.cleaned_data["password"]


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code from the SMS"),
        max_length=20,
        help_text=_("6 digits"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("Write the 6 digits of the SMS.")},
    )
    use_required_attribute = False

    def clean_code(self):
        return identifiers.digits(self.cleaned_data["code"])


class EmailForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write the e-mail."),
            "invalid": _("Check the e-mail. Example: name@mail.ru."),
        },
    )
    use_required_attribute = False


class AddressForm(forms.Form):
    address = forms.CharField(
        label=_("Address of residence"),
        max_length=LONGEST_ADDRESS,
        help_text=_("Town, street, house, flat"),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
        error_messages={"required": _("Write the address.")},
    )
    use_required_attribute = False

    def clean_address(self):
        return " ".join(self.cleaned_data["address"].split())
