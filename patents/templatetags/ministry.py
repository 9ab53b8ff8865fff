"""What pages say about the Ministry: how old its data are, how many news are unread."""

from django import template

from common import clock
from common.formats import day
from patents.models import FeedState, News

register = template.Library()


@register.inclusion_tag("patents/ministry_data.html")
def ministry_data():
    """«Данные МВД на 12:03, 14 февраля»: when it was last asked with success; nothing if never."""
    state = FeedState.objects.first()
    at = state and state.answered_at
    if not at:
        return {}
    local = at.astimezone(clock.MOSCOW)
    return {
        "time": f"{local:%H:%M}",
        "day": day(local.date()),
        "late": state.is_silent,
        "left_alone": state.is_left_alone,
    }


@register.simple_tag(takes_context=True)
def unread_news(context) -> int:
    """How many news the person has still to read: one question, unless the view asked already."""
    if "unread" in context:
        return context["unread"]
    person = getattr(context["request"].user, "person", None)
    return News.objects.unread(person.pk).count() if person else 0
