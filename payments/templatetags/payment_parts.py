"""Words and tags of the pages of payments."""

from django import template
from django.template.loader import render_to_string

from payments import wording
from payments.history import Paid
from payments.reference import display
from payments.standing import BoxState

register = template.Library()
register.filter("reference", display)
register.simple_tag(wording.months_named)
register.simple_tag(wording.where, name="where_money_is")

SIGNS = {BoxState.POSTED: "ok", BoxState.TRACING: "trace"}


@register.simple_tag
def paid_tag(row: Paid) -> str:
    """Where this money is: word, sign, line and colour together."""
    sign, words = SIGNS.get(row.state, "way"), wording.where(row)
    context = {"state": row.state.value, "sign": sign, "words": words}
    return render_to_string("payments/parts/tag.html", context)
