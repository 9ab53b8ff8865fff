from django import template

from desk.waiting import waiting_for

register = template.Library()


@register.inclusion_tag("admin/waiting.html", takes_context=True)
def work_of_today(context):
    return {"kinds": waiting_for(context["request"].user)}
