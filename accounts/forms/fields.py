"""What several forms of the door share."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.captcha import REFRESH, PictureCodeField
from common import identifiers
from notifications import numbers

LONGEST_PASSWORD = 128
LONGEST_NAME = 60


class DoorForm(forms.Form):
    """«Обновить» beside the picture sends the form, too: nothing is checked, what was typed stays
    (a password does not), and another picture is drawn."""

    use_required_attribute = False

    def __init__(self, data=None, **options):
        self.refreshed = data is not None and REFRESH in data
        if self.refreshed:
            options["initial"] = dict(data.items())
        super().__init__(None if self.refreshed else data, **options)

    def ask_for_picture(self) -> None:
        self.fields["captcha"] = picture_field(focus=self.refreshed)


class PasswordField(forms.CharField):
    """Spaces at the ends belong to a password. Pasting is allowed: the box itself has no length,
    because a browser would cut what is pasted and say nothing."""

    def __init__(self, **options):
        super().__init__(strip=False, max_length=LONGEST_PASSWORD, **options)

    def widget_attrs(self, widget):
        return {}


def password_field(label, autocomplete: str, empty, **options) -> forms.CharField:
    return PasswordField(
        label=label,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={
            "required": empty,
            "max_length": _("Too long. Take at most 128 characters."),
        },
        **options,
    )


def picture_field(*, focus: bool = False) -> PictureCodeField:
    field = PictureCodeField(
        label=_("Code on the picture"),
        error_messages={
            "required": _("Write the 4 digits of the picture."),
            "invalid": _("The code is not right. Write the 4 digits of the new picture."),
        },
    )
    if focus:
        field.widget.widgets[-1].attrs["autofocus"] = True
    return field


class LoginNameField(forms.CharField):
    """The application number with any spaces and dashes, or the name of a member of the staff."""

    def __init__(self, **options):
        # The staff's names have letters: they sign in on computers, where this changes nothing.
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "username"})
        options.setdefault("label", _("Login (application number)"))
        messages = {"required": _("Write the application number.")}
        super().__init__(max_length=LONGEST_NAME, widget=widget, error_messages=messages, **options)


class NumberField(LoginNameField):
    """An application number, cleaned to its digits."""

    def __init__(self, **options):
        super().__init__(**options)
        self.widget.attrs["placeholder"] = _("enter the application number")

    def clean(self, value):
        return identifiers.application_number(super().clean(value))


class PhoneField(forms.CharField):
    """A phone as people write it, cleaned to its digits after a plus."""

    def __init__(self, **options):
        attrs = {"type": "tel", "autocomplete": "tel", "placeholder": "+7 (9XX) XXX-XX-XX"}
        messages = {"required": _("Write your phone number.")}
        super().__init__(
            max_length=LONGEST_NAME,
            widget=forms.TextInput(attrs=attrs),
            error_messages=messages,
            **options,
        )

    def clean(self, value):
        return identifiers.phone(super().clean(value))


class SmsPhoneField(PhoneField):
    """A number that an SMS is sent to at once: one that takes none is refused with the reason."""

    def clean(self, value):
        number = super().clean(value)
        if advice := numbers.advice(number):
            raise ValidationError(advice, code="no-sms")
        return number
