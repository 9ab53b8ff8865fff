"""What the patents refuse to do, in sentences that an operator can act on."""

from django.utils.translation import gettext_lazy as _

from common.errors import Refusal


class NumberTaken(Refusal):
    message = _("An application with this number already exists.")


class StepNotPossible(Refusal):
    message = _("This step is not possible in the present state of the application.")


class DayNotPossible(Refusal):
    message = _("This day is not possible.")


class ReasonMissing(Refusal):
    message = _("Write the reason in words that the person understands.")


class PatentTaken(Refusal):
    message = _("A patent with this series and number already exists.")


class PatentNumberWrong(Refusal):
    message = _("A patent has a series of two digits and a number of ten digits.")


class AlreadyAnnulled(Refusal):
    message = _("This patent is already annulled.")


class InnWrong(Refusal):
    message = _("This INN does not pass its check. An INN has 12 digits; look at each one again.")


class InnTaken(Refusal):
    message = _("This INN already belongs to another person. Check the INN and the person.")


class WordsMissing(Refusal):
    message = _("Write what has to be mended, in words that the person understands.")


class NothingToCorrect(Refusal):
    message = _("Nothing differs from what is written down already.")


class ColleagueNeeded(Refusal):
    """Payments would become late: somebody who paid in time must not lose by one person's word."""

    message = _("With this day of issue payments become late. A colleague has to agree.")


class NothingToDecide(Refusal):
    message = _("No payment waits for this decision any more.")


class AnnulledAtDesk(Refusal):
    message = _("The centre wrote an annulment of this patent down. Take that back first.")


class SaidByMinistry(Refusal):
    message = _(
        "The Ministry told this step. Ask the Ministry: when it corrects its word, the step is "
        "corrected by itself."
    )
