"""Small words of the templates: signs, money, days."""

from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

from common import formats, identifiers

register = template.Library()
register.filter("roubles", formats.roubles)
register.filter("day", formats.day)
register.filter("day_year", formats.day_year)
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
