"""What several forms of the door share."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.captcha import PictureCodeField

LONGEST_PASSWORD = 128
LONGEST_NAME = 60


def password_field(label, autocomplete: str, empty, **kwargs) -> forms.CharField:
    """Spaces at the ends belong to a password; pasting is allowed."""
    return forms.CharField(
        label=label,
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={"required": empty},
        **kwargs,
    )


def picture_field(refresh_page: str) -> PictureCodeField:
    """«Обновить» leads to `refresh_page`, which shows the form with another picture."""
    field = PictureCodeField(
        label=_("Code on the picture"),
        error_messages={
            "required": _("Write the 4 digits of the picture."),
            "invalid": _("The code is not right. Write the 4 digits of the new picture."),
        },
    )
    field.widget.refresh_page = refresh_page
    return field


def number_field() -> forms.CharField:
    return forms.CharField(
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


def phone_field(label, help_text) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_NAME,
        help_text=help_text,
        widget=forms.TextInput(
            attrs={"type": "tel", "autocomplete": "tel", "placeholder": "+7 (9XX) XXX-XX-XX"}
        ),
        error_messages={"required": _("Write your phone number.")},
    )
