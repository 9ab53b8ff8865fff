"""What the payments refuse, each in a sentence that a person can act on."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.errors import Refusal
from common.formats import clock_time, day_year, roubles


class ClosedToday(Refusal):
    """Closes a paper from some day on: cash of a day before it can still be recorded."""


class TariffUnknown(ClosedToday):
    """No tariff is known for a day of payment."""

    def __init__(self, on: date):
        super().__init__(
            _("The price for payments on %(day)s is not known yet. Look again later.")
            % {"day": day_year(on)}
        )


class RequisitesUnknown(ClosedToday):
    """Nobody knows where the tax goes on a day of payment."""

    def __init__(self, on: date):
        super().__init__(
            _("The Treasury's account for payments on %(day)s is not known yet. Look again later.")
            % {"day": day_year(on)}
        )


class NoInn(Refusal):
    """Paying is closed until the tax office gives an INN, awaited since this day."""

    def __init__(self, since: date):
        super().__init__(
            _(
                "You have no INN yet. We have awaited it since %(day)s. The Treasury takes no "
                "payment without it, so paying is closed. When it comes, we send you an SMS, and "
                "you can pay. No SMS for a long time? Call the hotline."
            )
            % {"day": day_year(since)}
        )


class NothingToPay(Refusal):
    """The application or patent takes no more money; the sentence says why."""


class PatentOver(NothingToPay, ClosedToday):
    """The patent has ended, and with it the days whose money counts; the sentence says how."""


class MonthsBeyondCap(Refusal):
    """More months than the patent's year has left; living payments count as paid."""

    def __init__(self, left: int):
        super().__init__(
            ngettext(
                "The year of the patent has %(left)d unpaid month left. Choose no more than that.",
                "The year of the patent has %(left)d unpaid months left. Choose no more than that.",
                left,
            )
            % {"left": left}
            if left
            else _("All twelve months of this patent are paid. Nothing more to pay.")
        )


class AlreadyPaid(Refusal):
    message = gettext_lazy("This receipt is already paid. Do not pay a second time.")


class ReceiptCancelled(Refusal):
    message = gettext_lazy("This receipt is cancelled. Do not pay it. Make a new one.")


class CannotCancel(Refusal):
    """A receipt that staff may not cancel, or not now; the sentence says why."""


class MoneyWaits(Refusal):
    message = gettext_lazy(
        "The money of this receipt has arrived. It waits for a decision of the centre. "
        "Do not pay a second time."
    )


class ReceiptTooLong(Refusal):
    """A receipt for more months than the patent's year still has."""

    def __init__(self, left: int):
        super().__init__(
            ngettext(
                "Do not pay this receipt: only %(left)d month of the year is unpaid.",
                "Do not pay this receipt: only %(left)d months of the year are unpaid.",
                left,
            )
            % {"left": left}
        )


class PriceChanged(ClosedToday):
    def __init__(self, monthly):
        super().__init__(
            _("The price has changed: a month now costs %(monthly)s. Make a new receipt.")
            % {"monthly": roubles(monthly)}
        )


class AnotherPaper(Refusal):
    """Not this paper: a new one for the same months is to be paid, made with one click."""


class PaperOfALink(AnotherPaper):
    message = gettext_lazy(
        "This receipt was made for a link: only who has the link pays it. "
        "To pay another way, make a new receipt."
    )


class InnCorrected(AnotherPaper):
    message = gettext_lazy(
        "The INN was corrected after this receipt was made. Do not pay it. Make a new one."
    )


class RequisitesCorrected(AnotherPaper, ClosedToday):
    message = gettext_lazy(
        "The money for the patent now goes by other bank details. "
        "Do not pay this receipt. Make a new one."
    )


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


class PageOpenAtTill(Refusal):
    """Cash is not taken beside an open payment page; `charge` is the one that is open."""

    def __init__(self, charge):
        self.charge = charge
        super().__init__(
            _(
                "A payment page for %(amount)s is open until %(time)s. The person may still pay "
                "there. Ask the bank, or let the person say that they will not pay there."
            )
            % {"amount": roubles(charge.amount), "time": clock_time(charge.closes_at)}
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


class TooManyCodes(Refusal):
    message = gettext_lazy(
        "You made many certificates today. Take one of them, or come back tomorrow."
    )


class ClaimDecided(Refusal):
    message = gettext_lazy("This cheque is already decided.")


class TillClosed(Refusal):
    message = gettext_lazy("This till takes no money. Choose another one.")


class TillSumDiffers(Refusal):
    """The sum on the cheque is not that of the receipt."""

    def __init__(self, amount):
        super().__init__(
            _("The receipt is for %(amount)s. Another sum? Make another receipt for it.")
            % {"amount": roubles(amount)}
        )


class ChequeKnown(Refusal):
    message = gettext_lazy(
        "This till has recorded this number of a cheque today, for another receipt. "
        "Look at the number again. A wrong record is corrected in the report of the till."
    )


class TillPosted(Refusal):
    message = gettext_lazy(
        "The Treasury has received this money under this person's INN. Only the day can still be "
        "corrected here. Whose money it is, the tax office changes by the person's request."
    )


class TillSettled(Refusal):
    message = gettext_lazy("This entry was corrected already. Open the report of the till again.")


class TillNothingWrong(Refusal):
    message = gettext_lazy("The entry says that already, or the day has not come. Look again.")


class IllegalStep(Exception):
    """A charge was asked to leave a state that is final: a bug, or an acquirer that lies."""
