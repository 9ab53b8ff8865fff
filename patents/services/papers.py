"""Papers of an application as staff take them in, check them, give them back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from common import clock
from patents import errors, timeline
from patents.messages import PAPER_TO_MEND
from patents.models import Application, DocumentKind, Paper, PaperState, Source
from patents.services.checks import refuse_future
from patents.services.rows import locked, note, tell, word

PASSPORT, MIGRATION_CARD, SLIP = "passport", "migration-card", "registration-slip"
TOLD = {PaperState.HANDED_IN: timeline.PAPER_TAKEN, PaperState.MEND: timeline.PAPER_TO_MEND}


@transaction.atomic
def record_paper(
    *,
    application: Application,
    kind: DocumentKind,
    state: PaperState = PaperState.HANDED_IN,
    number: str = "",
    issued_on: date | None = None,
    valid_until: date | None = None,
    remark: str = "",
    handed_on: date | None = None,
    actor: User | None = None,
) -> Paper:
    """Write down how a paper stands; the person reads it in the cabinet, and what to mend by SMS.

    Raises DayNotPossible and WordsMissing: a paper to be mended says what is wrong with it.
    """
    application, handed_on = locked(application), handed_on or clock.today()
    _refuse_wrong(state, remark, handed_on, issued_on, valid_until)
    before = Paper.objects.filter(application=application, kind=kind).first()
    paper, _is_new = Paper.objects.update_or_create(
        application=application,
        kind=kind,
        defaults={
            "state": state,
            "number": number,
            "issued_on": issued_on,
            "valid_until": valid_until,
            "remark": remark.strip(),
            "handed_on": handed_on,
            "recorded_by": actor,
            **word(Source.DESK, None, actor).sourced,
        },
    )
    _say(paper, before, actor)
    return paper


def _say(paper: Paper, before: Paper | None, actor: User | None) -> None:
    """Who hands a paper in stands at the desk; what has to be mended is found later."""
    if paper.state not in TOLD or (before and _told_of(before) == _told_of(paper)):
        return
    entry = note(paper.application, TOLD[paper.state], actor)
    if paper.state == PaperState.MEND:
        tell(PAPER_TO_MEND, paper.pk, entry)


def _told_of(paper: Paper) -> tuple[str, str]:
    """What a person knows of a paper; another remark on one to mend is news."""
    return paper.state, paper.remark if paper.state == PaperState.MEND else ""


def _refuse_wrong(state, remark, handed_on, issued_on, valid_until) -> None:
    refuse_future(handed_on)
    if issued_on:
        refuse_future(issued_on)
    if issued_on and valid_until and valid_until < issued_on:
        raise errors.DayNotPossible(_("The last day comes before the first one."))
    if state == PaperState.MEND and not remark.strip():
        raise errors.WordsMissing


@dataclass(frozen=True, slots=True)
class FirstPapers:
    """What was typed from the papers that lay on the desk at registration, beside the passport."""

    migration_card: str = ""
    registration_slip: str = ""
    registered_until: date | None = None

    def facts(self) -> dict[str, dict]:
        """By the address of the kind; the passport is always there."""
        slip = {"number": self.registration_slip, "valid_until": self.registered_until}
        typed = {MIGRATION_CARD: {"number": self.migration_card}, SLIP: slip}
        return {PASSPORT: {}} | {slug: facts for slug, facts in typed.items() if facts["number"]}


def take_first_papers(
    papers: Iterable[tuple[Application, FirstPapers]],
    *,
    actor: User | None = None,
    source: Source = Source.DESK,
) -> None:
    """The papers of registration, for one application or a thousand."""
    sourced = word(source, None, actor).sourced
    kinds = DocumentKind.objects.in_bulk([PASSPORT, MIGRATION_CARD, SLIP], field_name="slug")
    rows = (
        Paper(
            application=application,
            kind=kinds[slug],
            handed_on=application.accepted_on,
            recorded_by=actor,
            **facts,
            **sourced,
        )
        for application, typed in papers
        for slug, facts in typed.facts().items()
    )
    Paper.objects.bulk_create(rows, batch_size=2000)
