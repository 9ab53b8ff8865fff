"""What shown cheques and signed certificates refuse."""

from django.utils.translation import gettext_lazy

from common.errors import Refusal


class PaymentKnown(Refusal):
    message = gettext_lazy(
        "We already see this payment in your cabinet. You do not need to show its cheque."
    )


class ChequeNotPossible(Refusal):
    """What stands on the cheque cannot be a payment for this application; the sentence says why."""


class NoRoomInArchive(Refusal):
    message = gettext_lazy(
        "You keep very many cheques here already. Bring the new ones to the centre."
    )


class NoPatentToShow(Refusal):
    message = gettext_lazy("There is no patent yet. When it is issued, you can show it by a code.")


class TooManyCodes(Refusal):
    message = gettext_lazy(
        "You made many certificates today. Take one of them, or come back tomorrow."
    )


class TooManyGoodCodes(Refusal):
    message = gettext_lazy("Many of your codes work now. Show one of them, or withdraw one.")


class CannotWithdraw(Refusal):
    message = gettext_lazy("This code is withdrawn already.")


class ClaimDecided(Refusal):
    message = gettext_lazy("This cheque is already decided.")
