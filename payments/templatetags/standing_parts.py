"""The picture of a standing: the year of twelve boxes."""

from dataclasses import dataclass

from django import template

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


@dataclass(frozen=True)
class DrawnBox:
    box: Box
    sign: str
    words: str


@register.inclusion_tag("components/year.html")
def year(standing: Standing) -> dict:
    """The twelve months of the patent; the legend names only the signs that are there."""
    boxes = [DrawnBox(box, SIGNS[box.state], box_word(box.state)) for box in standing.boxes]
    return {
        "title": year_title(standing),
        "boxes": boxes,
        "legend": {box.sign: box.words for box in boxes if box.sign}.items(),
        "later": any(not box.sign for box in boxes),
    }
