"""A worklist as a page: narrowed by citizenship, searched, taken to a file."""

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Country
from accounts.search import keys_of_people
from common import searching
from common.staff_lists import ShortCount
from desk.worklists import PERMISSION, WORKLISTS, Worklist
from journal.exports import TooLong, exported, may_export
from journal.services import record_looks
from patents.search import by_papers

ON_A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def worklist(request, name: str):
    """A POST asks for a search, or for the file."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    work = WORKLISTS.get(name)
    if work is None:
        raise Http404
    if searching.is_asked(request):
        return searching.shown(request)
    if away := searching.forgotten(request):
        return away
    term = searching.words_of(request)
    rows = _narrowed(request, work.rows(), term)
    if "export" in request.POST:
        return _file(request, work, rows)
    return _page(request, work, rows, term)


def _narrowed(request, rows: QuerySet, term: str) -> QuerySet:
    rows = rows.select_related("person__citizenship", "patent").order_by("since", "pk")
    country = request.GET.get("country", "")
    if country:
        rows = rows.filter(person__citizenship=country)
    if term:
        people, _too_many = keys_of_people(term, by_papers(term))
        rows = rows.filter(person__in=people)
    return rows


def _page(request, work: Worklist, rows: QuerySet, term: str):
    page = ShortCount(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    record_looks(
        actor_id=request.user.pk,
        person_ids=[row.person_id for row in page],
        page="list application",
    )
    context = {
        **admin.site.each_context(request),
        "title": work.words,
        "work": work,
        "page": page,
        "term": term,
        "country": request.GET.get("country", ""),
        "countries": Country.objects.all(),
        "may_export": may_export(request.user),
    }
    return TemplateResponse(request, "admin/worklist.html", context)


def _file(request, work: Worklist, rows: QuerySet):
    if not may_export(request.user):
        raise PermissionDenied
    found = list(rows[: settings.EXPORT_ROWS_AT_ALL])
    heads = [_("Number"), _("Full name"), _("Citizenship"), _("State"), work.since, _("Patent")]
    try:
        return exported(
            request=request,
            name=work.name,
            heads=heads,
            rows=[_cells(row) for row in found],
            people=[row.person_id for row in found],
        )
    except TooLong as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:worklist", work.name)


def _cells(row) -> list:
    person, patent = row.person, getattr(row, "patent", None)
    return [
        row.number,
        person.full_name,
        str(person.citizenship),
        row.get_status_display(),
        row.since,
        str(patent or ""),
    ]
