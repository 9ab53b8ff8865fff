from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.captcha import PictureCodeField
from accounts.passwords import as_issued
from common import identifiers

LONGEST_PASSWORD = 128
LONGEST_NAME = 60


def _password_field(label, autocomplete: str, empty, **kwargs) -> forms.CharField:
    """Spaces at the ends belong to a password; pasting is allowed."""
    return forms.CharField(
        label=label,
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={"required": empty},
        **kwargs,
    )


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
    password = _password_field(_("Password"), "current-password", _("Write the password."))
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


class PasswordForm(forms.Form):
    """The change of the password, forced or not."""

    old_password = _password_field(
        _("Old password"), "current-password", _("Write the old password.")
    )
    new_password1 = _password_field(
        _("New password"),
        "new-password",
        _("Think of a new password."),
        help_text=_("At least 10 characters. Without your name, birth date and number."),
    )
    new_password2 = _password_field(
        _("Repeat the new password"), "new-password", _("Write the new password once more.")
    )
    use_required_attribute = False

    def __init__(self, user, data=None):
        super().__init__(data)
        self.user = user

    def clean_old_password(self):
        typed = self.cleaned_data["old_password"]
        meant = as_issued(typed) if self.user.must_change_password else typed
        if not self.user.check_password(meant):
            raise ValidationError(_("The old password is not right. Check it and write it again."))
        return meant

    def clean_new_password1(self):
        new = self.cleaned_data["new_password1"]
        if new == self.cleaned_data.get("old_password"):
            raise ValidationError(_("The new password must differ from the old one."))
        try:
            validate_password(new, self.user)
        except ValidationError as error:
            raise ValidationError([_in_our_words(reason) for reason in error.error_list]) from error
        return new

    def clean_new_password2(self):
        repeated = self.cleaned_data["new_password2"]
        new = self.cleaned_data.get("new_password1")
        if new is not None and new != repeated:
            raise ValidationError(_("The two new passwords differ. Write the new one once more."))
        return repeated


OUR_WORDS = {
    "password_too_short": _("Too short. Take at least 10 characters."),
    "password_too_common": _("Many people use this password. Think of another one."),
}


def _in_our_words(reason: ValidationError) -> ValidationError:
    return ValidationError(OUR_WORDS.get(reason.code, reason.message), code=reason.code)


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
