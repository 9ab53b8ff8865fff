"""What the cash desk refuses."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Refusal
from common.formats import clock_time, roubles


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
