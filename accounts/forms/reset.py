from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import DoorForm, NumberField, PhoneField


class ResetForm(DoorForm):
    username = NumberField()
    phone = PhoneField(
        label=_("Your phone number"),
        help_text=_("The phone written in the application for a patent"),
    )

    def __init__(self, data=None):
        super().__init__(data)
        self.ask_for_picture()
