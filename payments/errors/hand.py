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


class SharesTooMuch(Refusal):
    def __init__(self, amount: Decimal):
        super().__init__(_("There are %s here. Give out no more.") % roubles(amount))
