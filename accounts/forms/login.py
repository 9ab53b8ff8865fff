from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import DoorForm, LoginNameField, PhoneField, password_field
from accounts.throttle import Answer, Gate


class LoginForm(DoorForm):
    """`user` is the account once the form is valid. A picture code joins where tries are many."""

    username = LoginNameField(
        help_text=_("Digits only. The number is in the SMS and on the paper of the centre.")
    )
    password = password_field(_("Password"), "current-password", _("Write the password."))
    borrowed = forms.BooleanField(
        label=_("This is somebody else's phone"),
        help_text=_("The cabinet closes after 5 minutes. Sums are hidden."),
        required=False,
    )

    def __init__(self, request, data=None, *, picture: bool = False, **options):
        super().__init__(data, **options)
        self.request = request
        self.user = None
        self.gate = Gate(request, self.data.get("username", "")) if self.is_bound else None
        if picture or self.refreshed or (self.is_bound and self._picture_is_due()):
            self.ask_for_picture()

    def _picture_is_due(self) -> bool:
        return "captcha_0" in self.data or self.gate.wants_picture()

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
            self.ask_for_picture()
            raise ValidationError(_("Write the 4 digits of the picture."), code="picture")

    def _say_wrong_pair(self) -> None:
        self.gate.failed()
        if self.gate.wants_picture():
            self.ask_for_picture()
        raise ValidationError(_wrong_pair(), code="wrong_pair")

    def ask_for_picture(self) -> None:
        super().ask_for_picture()
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


class NumberForm(DoorForm):
    """«Забыли номер заявления?»"""

    phone = PhoneField(
        label=_("Your phone number"),
        help_text=_("The phone written in the application for a patent"),
    )

    def __init__(self, data=None):
        super().__init__(data)
        self.ask_for_picture()
