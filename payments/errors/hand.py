"""What staff cannot decide about the money of a line, and what they can do instead."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Refusal
from common.formats import roubles


class LineMoved(Refusal):
    message = gettext_lazy("This money is somewhere else by now. Open the line to see where.")


class TakenByOurselves(Refusal):
    message = gettext_lazy(
        "This money was taken online or at a till. Put the online payment or the entry of the "
        "till right: the line follows it."
    )


class NoticeIsNoMoney(Refusal):
    message = gettext_lazy(
        "This is a notice about a payment and brings no money. Open the line of that payment and "
        "decide there; then set this notice aside."
    )


class NotItsReturn(Refusal):
    message = gettext_lazy(
        "This money that left cannot be the return: it left another account, or earlier, or it is "
        "less, or it gave another line back."
    )


class NoCandidate(Refusal):
    message = gettext_lazy("This person fits no more. Open the line again: it was looked up anew.")


class NobodyWasTold(Refusal):
    message = gettext_lazy("Nobody was told this, or it is taken back already.")


class SharesTooMuch(Refusal):
    def __init__(self, amount: Decimal):
        super().__init__(_("There are %s here. Give out no more.") % roubles(amount))
