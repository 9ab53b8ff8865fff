"""What cannot be paid, or not by this paper, each in a sentence that a person can act on."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.errors import Refusal
from common.formats import day_year, roubles


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

    def __init__(self, since: date, by_sms: bool = True):
        said = (
            _(
                "You have no INN yet. We have awaited it since %(day)s. The Treasury takes no "
                "payment without it, so paying is closed. When it comes, we send you an SMS, and "
                "you can pay. No SMS for a long time? Call the hotline."
            )
            if by_sms
            else _(
                "You have no INN yet. We have awaited it since %(day)s. The Treasury takes no "
                "payment without it, so paying is closed. When it comes, your cabinet shows it, "
                "and you can pay. Do you wait for a long time? Call the hotline."
            )
        )
        super().__init__(said % {"day": day_year(since)})


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
