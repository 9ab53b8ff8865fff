"""The simple markup of texts that staff write: paragraphs, lists, bold words, links. No HTML."""

import re

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from common.formats import NBSP
from common.hotline import hotline

OUR_LINKS = re.compile(r"(https?://|tel:|mailto:|/(?!/)|#)", re.IGNORECASE)


class _Markup(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        """Anything else stays plain words: «javascript:» among others."""
        return OUR_LINKS.match(url) is not None


# The zero set knows paragraphs only; HTML that somebody types is shown as it was typed.
_reader = _Markup("zero", {"html": False}).enable(["list", "emphasis", "link", "escape"])


def render(text: str) -> SafeString:
    """A text of the staff as HTML; `{hotline}` becomes the number as a link."""
    return mark_safe(_reader.render(text.replace("{hotline}", _hotline())))


def _hotline() -> str:
    facts = hotline()
    return f"[{facts['hotline'].replace(' ', NBSP)}](tel:{facts['hotline_tel']})"
