"""The picture of a standing: the year of twelve boxes."""

from collections.abc import Iterable

from django import template
from django.utils.translation import gettext as _

from common.formats import tiny_day
from payments.sentence import box_word, year_title
from payments.standing import Box, BoxState, Standing

register = template.Library()

SIGNS = {
    BoxState.POSTED: "ok",
    BoxState.IN_TRANSIT: "way",
    BoxState.TRACING: "trace",
    BoxState.DUE: "due",
    BoxState.UNSEEN: "unseen",
    BoxState.LAPSED: "end",
    BoxState.LATER: "",
}


@register.inclusion_tag("components/year.html")
def year(standing: Standing) -> dict:
    """The twelve months of the patent; the legend names only the signs that are there."""
    words = {box.state: box_word(box.state) for box in standing.boxes}
    return {
        "title": year_title(standing),
        "boxes": _drawn(standing.boxes, words),
        "legend": [(SIGNS[state], said) for state, said in words.items() if SIGNS[state]],
        "later": BoxState.LATER in words,
    }


def _drawn(boxes: Iterable[Box], words: dict[BoxState, str]) -> list[tuple]:
    """Plain texts: twelve times a lookup in a template is half of what the picture costs."""
    month = _("Month %(number)s,")
    return [
        (
            SIGNS[box.state],
            box.state.value,
            month % {"number": box.number},
            tiny_day(box.last),
            words[box.state],
        )
        for box in boxes
    ]
