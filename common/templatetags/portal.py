"""Small words of the templates: signs, money, days."""

from datetime import date, datetime
from functools import cache

from django import template
from django.template.base import token_kwargs
from django.template.loader_tags import BlockNode
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import get_language

from common import formats, identifiers
from common.clock import moscow_day

register = template.Library()


def _day_of(value: date) -> date:
    """Of a moment its day in Moscow."""
    return moscow_day(value) if isinstance(value, datetime) else value


register.filter("roubles", formats.roubles)
register.filter("day", lambda value: formats.day(_day_of(value)))
register.filter("day_year", lambda value: formats.day_year(_day_of(value)))
register.filter("moment", formats.moment)
register.filter("short_day", formats.short_day)
register.filter("masked", identifiers.mask_phone)
register.filter("masked_email", identifiers.mask_email)
register.filter("tiny_day", formats.tiny_day)
register.filter("spoken", formats.language_name)
register.filter("clock_time", formats.clock_time)


@register.simple_tag
@cache
def icon(name: str, extra: str = ""):
    """A sign from icons.svg; it always stands beside words, so readers skip it.

    A page has twenty: each is drawn once in a process.
    """
    return format_html(
        '<svg class="i{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        f" {extra}" if extra else "",
        static("icons.svg"),
        name,
    )


MOST_PIECES = 500  # of one place of a template


class DrawnOnce(template.Node):
    """Pieces stay in the process, one for each language and each set of values."""

    def __init__(self, nodelist: template.NodeList, values: dict):
        self.nodelist, self._values, self._drawn = nodelist, values, {}

    def render(self, context) -> str:
        values = {name: value.resolve(context) for name, value in self._values.items()}
        key = (get_language(), *values.values())
        if key not in self._drawn:
            if len(self._drawn) >= MOST_PIECES:
                self._drawn.clear()
            self._drawn[key] = self.nodelist.render(context.new(values))
        return self._drawn[key]


@register.tag
def drawn_once(parser, token) -> DrawnOnce:
    """`{% drawn_once here=view_name %}…{% enddrawn_once %}`: what every visitor sees alike, a menu.

    Inside stand only the values that are named, of which there must be few: nothing of the visit
    gets into what is kept for others. Blocks would be those of whichever page came first.
    """
    values = token_kwargs(token.split_contents()[1:], parser)
    nodelist = parser.parse(("enddrawn_once",))
    parser.delete_first_token()
    if nodelist.get_nodes_by_type(BlockNode):
        raise template.TemplateSyntaxError("a block inside drawn_once would be kept for all pages")
    return DrawnOnce(nodelist, values)
