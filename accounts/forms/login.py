from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import LONGEST_NAME, password_field


class LoginForm(forms.Form):
    """`user` is the account once the form is valid."""

    username = forms.CharField(
        label=_("Login (application number)"),
        max_length=LONGEST_NAME,
        help_text=_("Digits only. The number is in the SMS and on the paper of the centre."),
        # The staff's names have letters: they sign in on computers, where this changes nothing.
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "username"}),
        error_messages={"required": _("Write the application number.")},
    )
    password = password_field(_("Password"), "current-password", _("Write the password."))
    use_required_attribute = False

    def __init__(self, request, data=None):
        super().__init__(data)
        self.request = request
        self.user = None

    def clean(self):
        typed = super().clean()
        if not self.errors:
            self.user = authenticate(self.request, **typed)
            if self.user is None:
                raise ValidationError(_wrong_pair(), code="wrong_pair")
        return typed


def _wrong_pair():
    """One answer for an unknown number, a wrong password and a closed account."""
    return _(
        "Wrong password or wrong number. Check the digits of the number, "
        "the keyboard's language and Caps Lock."
    )
