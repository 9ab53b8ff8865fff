"""The choice of a language that stands on every page."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from accounts import services


@login_not_required
@require_POST
def choose_language(request):
    """As Django does it for this browser; whoever has entered hears so from now on, too."""
    language = request.POST.get("language", "")
    person = getattr(request.user, "person", None)
    if language not in dict(settings.LANGUAGES):
        messages.error(request, _("The portal does not speak this language. Choose one of these."))
    elif person is not None:
        services.speak(person=person, language=language)
    return set_language(request)
