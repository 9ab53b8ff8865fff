from django import template

from common.staff_lists import COUNTED
from desk.waiting import waiting_for
from notifications import events

register = template.Library()


@register.inclusion_tag("admin/waiting.html", takes_context=True)
def work_of_today(context):
    return {"kinds": waiting_for(context["request"].user), "most": COUNTED}


@register.filter
def event_words(code: str) -> str:
    """A message's event as staff call it."""
    return events.words(code)
