"""What is typed into a search is somebody's data, and addresses are logged: the words go by POST
and wait in the session, the address carries a key that says nothing."""

from secrets import token_urlsafe

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

KEY = "s"  # of the address
KEPT = "searches"  # in the session
AT_MOST = 20  # windows that one member of the staff has open
LONGEST = 120
BUTTON = "search"  # the submit button of a search, beside the other forms of its page
PAGE, DJANGOS_OWN = "p", "q"


def is_asked(request) -> bool:
    return request.method == "POST" and BUTTON in request.POST


def typed(request) -> str:
    """What this very POST asks for; empty for every other request."""
    return request.POST.get("q", "").strip()[:LONGEST] if is_asked(request) else ""


def shown(request) -> HttpResponseRedirect:
    """To the same list with its filters, from its first page, searched for what was typed."""
    query = _without_search(request)
    if words := typed(request):
        query[KEY] = _keep(request, words)
    return HttpResponseRedirect(f"{request.path}?{query.urlencode()}")


def words_of(request) -> str | None:
    """The words whose key the address carries; None when this session keeps none under it."""
    key = request.GET.get(KEY)
    return request.session.get(KEPT, {}).get(key) if key else ""


def forgotten(request) -> HttpResponseRedirect | None:
    """Away from an address that carries words, or a key of another session."""
    if DJANGOS_OWN not in request.GET and words_of(request) is not None:
        return None
    messages.warning(request, _("This search is over. Type the words again."))
    return HttpResponseRedirect(f"{request.path}?{_without_search(request).urlencode()}")


def _keep(request, words: str) -> str:
    """The newest few; a session is read with every page."""
    kept = request.session.get(KEPT, {})
    key = token_urlsafe(6)
    request.session[KEPT] = dict([*kept.items(), (key, words)][-AT_MOST:])
    return key


def _without_search(request):
    query = request.GET.copy()
    for name in (KEY, PAGE, "page", DJANGOS_OWN):
        query.pop(name, None)
    return query
