"""What the page «Документы» shows: the papers a ground needs, and how those handed in stand."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from accounts.models import Person
from common.clock import today
from patents import course
from patents.models import Application, DocumentKind, Ground, Paper, PaperState

PASSPORT = "passport"
SIGNS = {
    PaperState.HANDED_IN: "prep",
    PaperState.CHECKED: "ok",
    PaperState.MEND: "due",
    PaperState.RETURNED: "doc",
}


@dataclass(frozen=True, slots=True)
class Needed:
    kind: DocumentKind
    paper: Paper | None  # of the open application, when it is of this ground


@dataclass(frozen=True, slots=True)
class DocumentsPage:
    ground: str
    open_application: Application | None
    brought: list[Needed]
    prepared: list[Needed]
    to_mend: list[Paper]
    handed_in: list[tuple[Application, list[Paper]]]
    passport: str


def documents_page(person: Person, wanted: str = "") -> DocumentsPage:
    """`wanted` is the ground that was chosen; without it the person's own one."""
    rows = list(
        person.applications.select_related("patent")
        .prefetch_related("papers__kind")
        .order_by("-accepted_on", "-pk")
    )
    open_one = course.awaited(rows, _last_issue(rows))
    ground = wanted if wanted in Ground.values else _own_ground(rows, open_one)
    needed = _needed(ground, open_one)
    return DocumentsPage(
        ground=ground,
        open_application=open_one,
        brought=[one for one in needed if not one.kind.is_prepared_by_staff],
        prepared=[one for one in needed if one.kind.is_prepared_by_staff],
        to_mend=[p for p in _papers(open_one) if p.state == PaperState.MEND],
        handed_in=[(row, _papers(row)) for row in rows if _papers(row)],
        passport=person.passports.current().values_list("number", flat=True).first() or "",
    )


def _last_issue(rows: list[Application]) -> date | None:
    issued = (row.patent.issued_on for row in rows if hasattr(row, "patent"))
    return max(issued, default=None)


def _papers(application: Application | None) -> list[Paper]:
    return list(application.papers.all()) if application else []


def _own_ground(rows: list[Application], open_one: Application | None) -> str:
    """Of the open application; else whoever was issued a patent re-issues it."""
    if open_one:
        return open_one.ground
    return Ground.REISSUE if any(row.status == "issued" for row in rows) else Ground.FIRST


def _needed(ground: str, open_one: Application | None) -> list[Needed]:
    is_own = open_one is not None and open_one.ground == ground
    known = {paper.kind_id: paper for paper in _papers(open_one)} if is_own else {}
    kinds = DocumentKind.objects.shown(today()).needed_for(ground)
    return [Needed(kind, known.get(kind.pk)) for kind in kinds]


def state_words(paper: Paper) -> str:
    """How a paper stands, for the person who brought it or waits for it."""
    if paper.kind.is_prepared_by_staff:
        return {
            PaperState.HANDED_IN: _("we are preparing it"),
            PaperState.CHECKED: _("prepared"),
            PaperState.MEND: _("to be mended"),
            PaperState.RETURNED: _("given to you"),
        }[paper.state]
    return {
        PaperState.HANDED_IN: _("handed in, we look through it"),
        PaperState.CHECKED: _("all is right"),
        PaperState.MEND: _("to be mended"),
        PaperState.RETURNED: _("given back to you"),
    }[paper.state]
