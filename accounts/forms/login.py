from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import LONGEST_NAME, password_field, picture_field
from accounts.throttle import Answer, Gate
from common import identifiers


class LoginForm(forms.Form):
    """`user` is the account once the form is valid. A picture code joins where tries are many."""

    username = forms.CharField(
        label=_("Login (application number)"),
        max_length=LONGEST_NAME,
        help_text=_("Digits only. The number is in the SMS and on the paper of the centre."),
        # The staff's names have letters: they sign in on computers, where this changes nothing.
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "username"}),
        error_messages={"required": _("Write the application number.")},
    )
    password = password_field(_("Password"), "current-password", _("Write the password."))
    borrowed = forms.BooleanField(
        label=_("This is somebody else's phone"),
        help_text=_("The cabinet closes after 5 minutes. Sums are hidden."),
        required=False,
    )
    use_required_attribute = False

    def __init__(self, request, data=None, *, picture: bool = False, **kwargs):
        super().__init__(data, **kwargs)
        self.request = request
        self.user = None
        self.gate = Gate(request, data.get("username", "")) if data is not None else None
        if picture or (data is not None and ("captcha_0" in data or self.gate.wants_picture())):
            self._ask_for_picture()

    def clean(self):
        typed = super().clean()
        if not self.errors:
            self._pass_the_gate()
            self.user = authenticate(
                self.request, username=typed["username"], password=typed["password"]
            )
            if self.user is None:
                self._say_wrong_pair()
            self.gate.passed()
        return typed

    def _pass_the_gate(self) -> None:
        answer = self.gate.ask(picture_solved="captcha" in self.cleaned_data)
        if answer is Answer.CLOSED:
            raise ValidationError(_too_many(), code="too_many")
        if answer is Answer.PICTURE:
            self._ask_for_picture()
            raise ValidationError(_("Write the 4 digits of the picture."), code="picture")

    def _say_wrong_pair(self) -> None:
        if self.gate.wants_picture():
            self._ask_for_picture()
        raise ValidationError(_wrong_pair(), code="wrong_pair")

    def _ask_for_picture(self) -> None:
        refresh_page = f"{reverse('accounts:login')}?picture=1"
        self.fields["captcha"] = picture_field(refresh_page)
        self.order_fields(["username", "password", "captcha", "borrowed"])


def _wrong_pair():
    """One answer for an unknown number, a wrong password and a closed account."""
    return _(
        "Wrong password or wrong number. Check the digits of the number, "
        "the keyboard's language and Caps Lock."
    )


def _too_many():
    return _(
        "Too many wrong passwords for this number. Try again in an hour, "
        "or ask for a new password by SMS, or call the hotline."
    )


class NumberForm(forms.Form):
    """«Забыли номер заявления?»"""

    phone = forms.CharField(
        label=_("Your phone number"),
        max_length=LONGEST_NAME,
        help_text=_("The phone written in the application for a patent"),
        widget=forms.TextInput(
            attrs={"type": "tel", "autocomplete": "tel", "placeholder": "+7 (9XX) XXX-XX-XX"}
        ),
        error_messages={"required": _("Write your phone number.")},
    )
    use_required_attribute = False

    def __init__(self, data=None):
        super().__init__(data)
        self.fields["captcha"] = picture_field(reverse("accounts:forgot_number"))

    def clean_phone(self):
        return identifiers.phone(self.cleaned_data["phone"])
