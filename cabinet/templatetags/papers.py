"""The tag of a paper: sign and word, in the line of its state."""

from django import template

from cabinet.documents import SIGNS, state_words
from patents.models import Paper, PaperState

register = template.Library()
LINES = {PaperState.CHECKED: "posted", PaperState.MEND: "due"}


@register.inclusion_tag("cabinet/parts/paper_tag.html")
def paper_tag(paper: Paper) -> dict:
    return {
        "line": LINES.get(paper.state, ""),
        "sign": SIGNS[paper.state],
        "words": state_words(paper),
    }
