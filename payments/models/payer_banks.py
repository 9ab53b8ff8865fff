"""Whether a line proves that the bank of a person brought its money.

Only what a line says of its payer proves it. A line with a day of its own may name the worker and
not who brought the money, so everything else is in doubt, and in doubt somebody who paid once is
not told of a second payment.
"""

import re
from datetime import date
from typing import Protocol

from django.conf import settings
from django.db.models import Q

# Of the chart of accounts of banks: current accounts of people, and their deposits.
ACCOUNT_OF_A_PERSON = r"^(40817|40820|423[0-9]{2}|426[0-9]{2})[0-9]{15}$"
INN_OF_AN_ORGANISATION = r"^[0-9]{10}$"


class Payer(Protocol):
    order_day: date | None  # None, too, where anything in the line names the acquirer
    payer_account: str
    payer_inn: str


def came_by_own_bank(line: Payer) -> bool:
    """False where no setting says who gathers orders of many."""
    gathers = settings.ACQUIRER_PAYERS
    return bool(
        gathers
        and line.order_day
        and re.search(ACCOUNT_OF_A_PERSON, line.payer_account)
        and not re.search(INN_OF_AN_ORGANISATION, line.payer_inn)
        and {line.payer_account, line.payer_inn}.isdisjoint(gathers)
    )


def by_own_bank(line: str = "") -> Q:
    """The same, asked of the database; `line` leads to the lines, such as ``line__``."""
    gathers = settings.ACQUIRER_PAYERS
    if not gathers:
        return Q(pk__in=[])
    account, inn = f"{line}payer_account", f"{line}payer_inn"
    day = {f"{line}paid_on__isnull": False, f"{line}shared__isnull": True}
    proven = Q(**day, **{f"{account}__regex": ACCOUNT_OF_A_PERSON})
    organisation = Q(**{f"{inn}__regex": INN_OF_AN_ORGANISATION})
    return (
        proven & ~organisation & ~Q(**{f"{account}__in": gathers}) & ~Q(**{f"{inn}__in": gathers})
    )
