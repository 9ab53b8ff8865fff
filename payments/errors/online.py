"""What payments online refuse, and what the acquirer does."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Refusal
from common.formats import clock_time, day_year, roubles


class PayPageOpen(Refusal):
    """One payment page at a time; `charge` is the one that is open."""

    def __init__(self, charge):
        self.charge = charge
        said = (
            _(
                "You opened a payment of %(amount)s and left it for the cash desk. Do not pay on "
                "it: it closes by itself at %(time)s. Then you can choose again."
            )
            if charge.left_at
            else _(
                "You have already opened a payment of %(amount)s. Finish it here. Or wait until "
                "%(time)s: then it closes by itself, and you can choose again."
            )
        )
        super().__init__(
            said % {"amount": roubles(charge.amount), "time": clock_time(charge.closes_at)}
        )


class CreditBesidePage(Refusal):
    """Money that is over buys no month while somebody may be paying for it; `charge` is open."""

    def __init__(self, charge):
        super().__init__(
            _(
                "A payment of %(amount)s was opened at %(time)s, and the bank has not told us yet "
                "how it ended. Finish it, or wait: its page closes by itself after an hour. "
                "Then count this money."
            )
            % {"amount": roubles(charge.amount), "time": clock_time(charge.created_at)}
        )


class MoneyUndecided(Refusal):
    """Money of an earlier online payment waits for staff: more of it would wait, too."""

    def __init__(self, on: date):
        super().__init__(
            _(
                "The money that you paid online on %(day)s waits for a decision of the centre. "
                "Do not pay a second time. Ask the centre."
            )
            % {"day": day_year(on)}
        )


class WayTakesLess(Refusal):
    """This way of paying is closed, or does not take this sum; `way` is its row or None."""

    def __init__(self, way):
        super().__init__(
            _("%(way)s: from %(least)s to %(most)s at once. Choose another way of paying.")
            % {"way": way, "least": roubles(way.least), "most": roubles(way.most)}
            if way
            else _("This way of paying is closed now. Choose another one.")
        )


class NotCorrectable(Refusal):
    """The state of an online payment needs no correction, or bears none; the sentence says why."""


class NotRefundable(Refusal):
    """The acquirer cannot give this money back; the sentence says why."""


class PaymentCanceled(Refusal):
    message = gettext_lazy("The bank canceled this payment. No money was taken. Try again.")


class GatewayUnavailable(Refusal):
    """The acquirer is away or silent: what became of the request is unknown, ask again later."""

    message = gettext_lazy(
        "The payment page does not answer now. Try again in a few minutes. "
        "Has the money already left your card? Do not pay again: we will see it ourselves."
    )


class GatewayRefused(Refusal):
    """The acquirer understood the request and will never carry it out."""

    message = gettext_lazy(
        "The card payment was not accepted. No money was taken. Pay with the receipt at a bank."
    )


class IllegalStep(Exception):
    """A charge was asked to leave a state that is final: a bug, or an acquirer that lies."""
