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
