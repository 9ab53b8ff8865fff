from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cabinet.centre import centre
from cabinet.models import HelpTopic
from common.clock import today


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Who is at home in a cabinet keeps its menu here, too."""
    inside = getattr(request.user, "person", None) is not None
    context = {
        "topics": HelpTopic.objects.shown(today()),
        "layout": "cabinet/base.html" if inside else "base.html",
        "centre": centre(),
    }
    return render(request, "cabinet/help.html", context)


@login_not_required
@require_safe
def no_access(request: HttpRequest) -> HttpResponse:
    return render(request, "cabinet/no_access.html", {"centre": centre()})
