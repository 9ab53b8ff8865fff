"""What is said to whoever shows a cheque, by the person and at the window alike."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from common.formats import day_year, roubles
from payments.pricing import monthly_on


def say_if_part(request: HttpRequest, facts: dict) -> None:
    """Of a sum that is not whole months: what that means, and what to do if it was a slip."""
    monthly = monthly_on(facts["paid_on"])
    if not monthly or facts["amount"] % monthly == 0:
        return
    said = {
        "day": day_year(facts["paid_on"]),
        "monthly": roubles(monthly),
        "amount": roubles(facts["amount"]),
    }
    messages.warning(
        request,
        _(
            "On %(day)s a month cost %(monthly)s. %(amount)s is not whole months: alone it does "
            "not prolong the patent, and we count it together with your other money. Is the "
            "bank's fee in the sum? Then show the cheque again with the sum of the tax only."
        )
        % said,
    )
