"""The page of living examples: of the staff who write texts, and of whoever builds a new page."""

from django.contrib.messages import SUCCESS, WARNING
from django.contrib.messages.storage.base import Message
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cabinet import examples
from cabinet.centre import centre
from cabinet.open_forms import PatentForm


@require_safe
def examples_page(request: HttpRequest) -> HttpResponse:
    """A stranger finds nothing here."""
    if not request.user.is_staff:
        raise Http404
    about = {
        "states": examples.states(),
        "standing": examples.year(),
        "rows": examples.rows(),
        "announcements": [examples.announced()],
        "centre": centre(),
        "form": PatentForm({"series": "77", "number": "26"}),
        "told": [Message(SUCCESS, _("Done.")), Message(WARNING, _("Not yet."))],
        "borrowed": {"session": {"borrowed": True}, "GET": QueryDict("sums=shown")},
    }
    return render(request, "cabinet/examples.html", about)
