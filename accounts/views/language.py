"""The choice of a language that stands on every page."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.utils.translation import gettext as _
from django.views.i18n import set_language

from accounts import services


@login_not_required
def choose_language(request):
    """As Django does it for this browser; whoever has entered hears so from now on, too."""
    if request.method == "POST":
        _remember(request, request.POST.get("language", ""))
    return set_language(request)


def _remember(request, language: str) -> None:
    person = getattr(request.user, "person", None)
    if language not in dict(settings.LANGUAGES):
        messages.error(request, _("The portal does not speak this language. Choose one of these."))
    elif person is not None:
        services.speak(person=person, language=language)
