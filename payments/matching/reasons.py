"""Why a line's money went where it did, in words that a clerk can read."""

from decimal import Decimal

from django.utils.translation import gettext as _

from common.formats import roubles, short_day
from payments import reference
from payments.matching.facts import MoneyIn, Paper
from payments.models import Said


def day_unknown() -> str:
    return _("An order for several people: nothing says when this person paid. Ask for the cheque.")


def page_is_open() -> str:
    return _(
        "The receipt is paid, and its payment page is open: this may be the page's money. "
        "It is decided by itself when the page closes."
    )


def of_receipt(paper: Paper) -> str:
    number = reference.display(paper.reference)
    if paper.open:
        return _("Receipt %s, sum exact.") % number
    return _("Receipt %s was paid twice: this is the second sum, it pays the next months.") % number


def posting_proves() -> str:
    return _("The order has no day for this person; posted this early, it was paid in time.")


def of_notice(said: str) -> str:
    return {
        Said.CHANGED: _("No new money: a payment was changed. Compare its line with this notice."),
        Said.CANCELLED: _("No new money: a payment was cancelled. See what became of its months."),
        Said.RESTORED: _("No new money: a cancelled payment is valid again. See its line."),
    }[said]


def of_several(line: MoneyIn) -> str:
    if len(line.inns) > 1:
        return _("INNs of several people are named.")
    return _("An INN, a name, a UIN or a paper of the line lead to different people.")


def of_another_tax(kbk: str) -> str:
    return (
        _(
            "The KBK %s is of another tax, so this may be no money for the patent. Ask the payer. "
            "Where the KBK is a mistake, a letter to the tax office puts it right."
        )
        % kbk
    )


def of_another_region(oktmo: str) -> str:
    return (
        _(
            "The OKTMO %s is of another region: the money reached another budget. Ask the payer "
            "to write to the tax office, so that it is moved here."
        )
        % oktmo
    )


def why_unknown(line: MoneyIn) -> str:
    if line.inns:
        return _("Nobody here has the INN %s, and no receipt of ours is named.") % ", ".join(
            sorted(line.inns)
        )
    return _("No receipt of ours and no INN of a person is named.")


def why_amount(line: MoneyIn, named: Paper | None, monthly: Decimal | None) -> str:
    if monthly is None:
        return _("No tariff is known for %s.") % short_day(line.paid_on)
    if named and named.open:
        return _("Receipt %(receipt)s expects %(expected)s, received %(received)s.") % {
            "receipt": reference.display(named.reference),
            "expected": roubles(named.amount),
            "received": roubles(line.amount),
        }
    return _("Received %(received)s: no whole number of months at %(monthly)s.") % {
        "received": roubles(line.amount),
        "monthly": roubles(monthly),
    }
