"""Small words of the pages about patents."""

from django import template

from patents.known import known as said

register = template.Library()


@register.simple_tag
def known(row, prefix: str = "") -> str:
    """Whose word a row is and how old; `prefix` «annulled_» asks about that fact of the row."""
    source = getattr(row, f"{prefix}source")
    return said(source, getattr(row, f"{prefix}received_at")) if source else ""
