"""Words and tags of the pages of payments."""

from django import template
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from payments.history import Paid
from payments.reference import display
from payments.standing import BoxState

register = template.Library()
register.filter("reference", display)

SIGNS = {BoxState.POSTED: "ok", BoxState.TRACING: "trace"}


@register.simple_tag
def months_named(first: int, last: int) -> str:
    """«2-й месяц», or «6–12-й месяцы»."""
    if first == last:
        return _("Month %(number)d") % {"number": first}
    return _("Months %(first)d–%(last)d") % {"first": first, "last": last}


@register.simple_tag
def paid_tag(row: Paid) -> str:
    """Where this money is: word, sign, line and colour together."""
    context = {"state": row.state.value, "sign": SIGNS.get(row.state, "way"), "words": _words(row)}
    return render_to_string("payments/parts/tag.html", context)


def _words(row: Paid) -> str:
    if row.state == BoxState.POSTED:
        return _("Received, in time")
    if row.state == BoxState.TRACING:
        return _("We are looking for the payment")
    return _("On its way, day %(day)d of 7") % {"day": row.day_no}
