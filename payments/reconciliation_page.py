"""The daily reconciliation: a page with charts, an Excel file, a PDF."""

from datetime import timedelta
from io import BytesIO

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from common import sheets
from common.clock import today
from common.formats import day_year, roubles
from journal.exports import may_export
from journal.models import Export
from payments import charts, reconciliation, reconciliation_pdf
from payments.day_reports import asked_day
from payments.reconciliation import File, Report, Stray, Sums

PERMISSION = "payments.view_placement"
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@get_or_post
def report(request):
    """The money of a day; a POST asks for a file of it."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    yesterday = today() - timedelta(1)  # the Treasury tells of a day when it is over
    day = asked_day(request.GET.get("day", ""), otherwise=yesterday)
    found = reconciliation.of_day(day, today())
    if request.method == "POST":
        return _file(request, found)
    context = admin.site.each_context(request) | {
        "title": _("Daily reconciliation"),
        "day": found.day,
        "report": found,
        "tables": tables(found),
        "bars": charts.bars([(one.day, one.received, one.posted) for one in found.chart]),
        "may_export": may_export(request.user),
    }
    return TemplateResponse(request, "admin/reconciliation.html", context)


def tables(found: Report) -> dict[str, list[Sums]]:
    """By their headings, as the page, the sheet and the PDF say them alike."""
    return {
        _("Received from the Treasury"): [_named(_("received"), found.received), *found.ways],
        _("Posted, by which rule"): list(found.rules),
        _("Lines with another sum"): [_stray(one) for one in found.strays],
        _("Notices without money"): list(found.notices),
        _("Waits for staff now, by kind"): list(found.reasons),
        _("Waits for staff now, by age"): list(found.ages),
        _("Tills"): list(found.tills),
    }


def _stray(one: Stray) -> Sums:
    name = _("%(line)s, in its places %(placed)s: difference")
    return Sums(name % {"line": one.line, "placed": roubles(one.placed)}, 1, one.difference)


def _named(name: str, row: Sums) -> Sums:
    return Sums(name, row.count, row.amount)


def _file(request, found: Report) -> HttpResponse:
    if not may_export(request.user):
        raise PermissionDenied
    is_pdf = request.POST.get("as") == "pdf"
    content, mime, ending = _pdf(found) if is_pdf else _sheet(found)
    name = f"reconciliation-{found.day.isoformat()}"
    rows = sum(map(len, tables(found).values()))
    Export.objects.create(actor_id=request.user.pk, name=name, rows=rows)
    answer = HttpResponse(content, content_type=mime)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer


def _sheet(found: Report) -> tuple[bytes, str, str]:
    heads = [_("What"), _("Lines"), _("Sum")]
    rows = {
        name: (heads, [[str(row.name), row.count, row.amount] for row in some])
        for name, some in tables(found).items()
    }
    files = [
        [one.statement.file_name, one.statement.incoming, one.kept, one.difference]
        for one in found.files
    ]
    rows[_("Files")] = ([_("File"), _("Incoming"), _("In the lines"), _("Difference")], files)
    return sheets.workbook_of(rows), sheets.MIME, "xlsx"


def _pdf(found: Report) -> tuple[bytes, str, str]:
    target = BytesIO()
    title = _("Daily reconciliation, %s") % day_year(found.day)
    difference = _("Difference: %s") % roubles(found.difference)
    files = [(one.statement.file_name, _sums_of(one)) for one in found.files]
    reconciliation_pdf.write(target, title, tables(found), {_("Files"): files}, [difference])
    return target.getvalue(), "application/pdf", "pdf"


def _sums_of(file: File) -> str:
    return _("Incoming %(told)s, in the lines %(kept)s, difference %(difference)s") % {
        "told": roubles(file.statement.incoming),
        "kept": roubles(file.kept),
        "difference": roubles(file.difference),
    }
