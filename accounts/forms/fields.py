"""What several forms of the door share."""

from django import forms

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
