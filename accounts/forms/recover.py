from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import LONGEST_NAME, DoorForm, NumberField, SmsPhoneField


class RecoverForm(DoorForm):
    """Neither the password nor the SIM: the printed code and a new phone."""

    username = NumberField()
    code = forms.CharField(
        label=_("Code for lost access"),
        max_length=LONGEST_NAME,
        help_text=_("16 letters and digits. It is printed on the paper of the centre."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        error_messages={"required": _("Write the code from the paper.")},
    )
    phone = SmsPhoneField(
        label=_("Your new phone number"),
        help_text=_("A phone that you have now. The password comes to it."),
    )

    def __init__(self, data=None):
        super().__init__(data)
        self.ask_for_picture()
