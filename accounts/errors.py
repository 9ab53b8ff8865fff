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


class SameRecord(Refusal):
    message = _("This is the same record. Choose another one.")


class AlreadyMerged(Refusal):
    message = _("One of the records is merged already.")


class ReasonMissing(Refusal):
    message = _("Write the reason.")


class NothingToCorrect(Refusal):
    message = _("Nothing has changed. There is nothing to correct.")


class PhoneClosedAfterReset(Refusal):
    message = _("The password was reset. You can change the phone 24 hours after that.")


class TooManyCodes(Refusal):
    message = _("Too many codes today. Try again tomorrow or call the hotline.")


class NothingToConfirm(Refusal):
    message = _("This code no longer works. Ask for a new one.")


class WrongCode(Refusal):
    message = _("The code is not right. Look at the SMS again.")


class SamePhone(Refusal):
    message = _("This is your own number already.")


class TooManyLetters(Refusal):
    message = _("Too many letters today. Try again tomorrow.")


class TooManyTries(Refusal):
    message = _("Too many tries today. Try again tomorrow or call the hotline.")
