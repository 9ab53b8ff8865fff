"""What the portal refuses to do, in a sentence that a person can act on."""

from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """str() of it is for a person: views, commands and the admin show it."""

    message = _("This cannot be done.")

    def __init__(self, message=None):
        super().__init__(message)
        if message is not None:
            self.message = message

    def __str__(self) -> str:
        return str(self.message)
