"""What people may be told: every message in every language, for the staff to read."""

from typing import NamedTuple

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from common.formats import language_name
from notifications import events
from notifications.latin import CYRILLIC
from notifications.samples import sample


class Variant(NamedTuple):
    """A language in one of its letters."""

    code: str
    language: str
    latin: bool

    @property
    def name(self) -> str:
        name = language_name(self.language)
        return _("%(language)s, in Latin letters") % {"language": name} if self.latin else name


def variants() -> list[Variant]:
    """Every language as it is, and each that is written in Cyrillic in Latin letters too."""
    plain = [Variant(code, code, latin=False) for code in settings.TOLD_LANGUAGES]
    spelled = [Variant(f"{code}-latin", code, latin=True) for code in settings.TOLD_LANGUAGES]
    return [*plain, *(one for one in spelled if one.language in CYRILLIC)]


@never_cache
@require_safe
def texts(request):
    """All messages in one language; with `event`, one message in all of them."""
    if not request.user.has_perm("notifications.view_message"):
        raise PermissionDenied
    event = _asked_event(request.GET.get("event", ""))
    chosen = _asked_variant(request.GET.get("in", settings.LANGUAGE_CODE))
    context = admin.site.each_context(request) | {
        "title": _("Texts of messages"),
        "event": event,
        "words": event and events.words(event.code),
        "chosen": chosen,
        "variants": variants(),
        "rows": _in_all_languages(event) if event else _all_messages(chosen),
    }
    return TemplateResponse(request, "admin/message_texts.html", context)


def _asked_event(code: str) -> events.Event | None:
    event = events.find(code) if code else None
    if code and event is None:
        raise Http404
    return event


def _asked_variant(code: str) -> Variant:
    for variant in variants():
        if variant.code == code:
            return variant
    raise Http404


def _all_messages(chosen: Variant) -> list[dict]:
    named = sorted((events.words(event.code), event.code) for event in events.known())
    return [_row(words, events.find(code), chosen) for words, code in named]


def _in_all_languages(event: events.Event) -> list[dict]:
    return [_row(variant.name, event, variant) for variant in variants()]


def _row(name: str, event: events.Event, variant: Variant) -> dict:
    said = sample(event, variant.language, latin=variant.latin)
    return {"name": name, "event": event, "said": said, "length": len(said.text)}
