from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import password_field
from accounts.passwords import as_issued
from accounts.strength import WORDS, strength


class PasswordForm(forms.Form):
    """The change of the password, forced or not."""

    old_password = password_field(
        _("Old password"), "current-password", _("Write the old password.")
    )
    new_password1 = password_field(
        _("New password"),
        "new-password",
        _("Think of a new password."),
        help_text=_("At least 10 characters. Without your name, birth date and number."),
    )
    new_password2 = password_field(
        _("Repeat the new password"), "new-password", _("Write the new password once more.")
    )
    use_required_attribute = False

    def __init__(self, user, data=None):
        super().__init__(data)
        self.user = user
        if user.must_change_password:
            self.fields["old_password"].help_text = _("The one-time password: SMS or slip.")
        self.hint = ""  # how strong the new password is, once it was sent

    def clean_old_password(self):
        typed = self.cleaned_data["old_password"]
        meant = as_issued(typed) if self.user.must_change_password else typed
        if not self.user.check_password(meant):
            raise ValidationError(_("The old password is not right. Check it and write it again."))
        return meant

    def clean_new_password1(self):
        new = self.cleaned_data["new_password1"]
        self.hint = WORDS[strength(new)]
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
