from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import SmsPhoneField


class DeskPhoneForm(forms.Form):
    number = SmsPhoneField(label=_("New phone"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("What the person said, and which paper you saw."),
    )
