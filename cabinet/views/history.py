from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.owner import person_of
from cabinet.dealings import CHANNELS, SUBJECTS, Dealing, dealings, told
from common import sheets
from common.clock import today

PAGE = 20
EXPORTED = 5000  # no person comes near to it


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    chosen = _chosen(request)
    page = Paginator(dealings(person_of(request), **chosen), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "entries": told(page.object_list),
        "subjects": {code: words for code, (words, _rows) in SUBJECTS.items()},
        "channels": CHANNELS,
        "today": today(),
        **chosen,
    }
    return render(request, "cabinet/history.html", context)


@require_safe
def history_sheet(request: HttpRequest) -> HttpResponse:
    """What the page shows with its filters, all pages of it, for Excel."""
    rows = dealings(person_of(request), **_chosen(request))[:EXPORTED]
    heads = [_("When"), _("What happened"), _("How"), _("Who")]
    body = sheets.workbook(heads, (_cells(row) for row in told(rows)))
    answer = HttpResponse(body, content_type=sheets.MIME)
    answer["Content-Disposition"] = 'attachment; filename="history.xlsx"'
    return answer


def _cells(row: Dealing) -> list:
    return [row.at, row.words, row.channel, row.who]


def _chosen(request: HttpRequest) -> dict[str, str]:
    channel, subject = request.GET.get("channel", ""), request.GET.get("subject", "")
    return {
        "channel": channel if channel in CHANNELS else "",
        "subject": subject if subject in SUBJECTS else "",
    }
