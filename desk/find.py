"""One box that finds a person. What is typed is somebody's data: it stands in no address."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.search import seen_by
from patents import search

AT_MOST = 30


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def find(request):
    """The list of who was meant; straight to the card when it is one."""
    if not request.user.has_perm("accounts.view_person"):
        raise PermissionDenied
    term = request.POST.get("q", "").strip()
    found = seen_by(request.user, search.people(term, AT_MOST))
    if len(found) == 1:
        return redirect("admin:person_card", found[0].pk)
    context = {
        **admin.site.each_context(request),
        "title": _("Search"),
        "term": term,
        "found": found,
        "more": len(found) == AT_MOST,
    }
    return TemplateResponse(request, "admin/find.html", context)
