from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.slip import ussd_codes
from cabinet import glossary, sms_help
from cabinet.centre import centre
from cabinet.models import HelpTopic
from common.clock import today


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Who is at home in a cabinet keeps its menu here, too."""
    context = {
        "topics": HelpTopic.objects.shown(today()),
        "layout": _layout(request),
        "centre": centre(),
    }
    return render(request, "cabinet/help.html", context)


@login_not_required
@require_safe
def no_access(request: HttpRequest) -> HttpResponse:
    return render(request, "cabinet/no_access.html", {"centre": centre()})


@login_not_required
@never_cache
@require_safe
def no_sms(request: HttpRequest) -> HttpResponse:
    """Who is at home in a cabinet sees there what became of their own SMS."""
    context = {
        "layout": _layout(request),
        "minutes": sms_help.minutes_now(),
        "codes": ussd_codes(),
        "morning": settings.SMS_QUIET and settings.SMS_QUIET[1],
        **sms_help.own_story(request.user),
    }
    return render(request, "cabinet/no_sms.html", context)


@login_not_required
@require_safe
def words(request: HttpRequest) -> HttpResponse:
    translated = get_language() != settings.LANGUAGE_CODE
    context = {"words": glossary.WORDS, "translated": translated, "layout": _layout(request)}
    return render(request, "cabinet/words.html", context)


@login_not_required
@require_safe
def our_sms(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("in", get_language())
    language = asked if asked in settings.TOLD_LANGUAGES else settings.LANGUAGE_CODE
    context = {
        "layout": _layout(request),
        "sender": settings.SMS_SIGN,
        "language": language,
        "languages": sms_help.languages(),
        "examples": sms_help.examples(language),
    }
    return render(request, "cabinet/our_sms.html", context)


def _layout(request: HttpRequest) -> str:
    inside = getattr(request.user, "person", None) is not None
    return "cabinet/base.html" if inside else "base.html"
