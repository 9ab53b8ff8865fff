from django import forms
from django.utils.translation import gettext_lazy as _


class SecondStepForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("Six digits from the application on your phone, or one of your backup codes."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "none"}),
        error_messages={"required": _("Write the code.")},
    )
    use_required_attribute = False


class NewDeviceForm(SecondStepForm):
    """The first code of a new secret: there are no backup codes yet."""

    def __init__(self, data=None):
        super().__init__(data)
        self.fields["code"].help_text = _("Six digits that the application shows now.")
        self.fields["code"].widget.attrs["inputmode"] = "numeric"
