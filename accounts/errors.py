"""What this app refuses to do, each in a sentence that a person can act on."""

from django.utils.translation import gettext_lazy as _

from common.errors import Refusal


class LoginTaken(Refusal):
    message = _("This number already opens another cabinet.")


class ResetCapReached(Refusal):
    message = _("The password reset will be available on the next day")


class NoAccount(Refusal):
    message = _("This person has no login yet. Register an application first.")


class PasswordChangedMeanwhile(Refusal):
    message = _("The password was changed a moment ago. Sign in again.")
