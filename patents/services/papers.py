"""Papers of an application as staff take them in, check them, give them back."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from common import clock
from patents import errors, timeline
from patents.models import Application, DocumentKind, Paper, PaperState
from patents.services.checks import refuse_future
from patents.services.rows import locked, note

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
    """Write down how a paper stands; the person reads it in the cabinet.

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
        },
    )
    if state in TOLD and (before is None or before.state != state):
        note(application, TOLD[state], actor)
    return paper


def _refuse_wrong(state, remark, handed_on, issued_on, valid_until) -> None:
    refuse_future(handed_on)
    if issued_on:
        refuse_future(issued_on)
    if issued_on and valid_until and valid_until < issued_on:
        raise errors.DayNotPossible(_("The last day comes before the first one."))
    if state == PaperState.MEND and not remark.strip():
        raise errors.WordsMissing


def take_first_papers(
    application: Application,
    *,
    migration_card: str,
    registration_slip: str,
    registered_until: date | None,
    actor: User | None,
) -> None:
    """What lies on the desk at registration: the passport, and what was typed from the others."""
    typed = {PASSPORT: {}}
    if migration_card:
        typed[MIGRATION_CARD] = {"number": migration_card}
    if registration_slip:
        typed[SLIP] = {"number": registration_slip, "valid_until": registered_until}
    kinds = DocumentKind.objects.in_bulk(list(typed), field_name="slug")
    Paper.objects.bulk_create(
        Paper(
            application=application,
            kind=kinds[slug],
            handed_on=application.accepted_on,
            recorded_by=actor,
            **facts,
        )
        for slug, facts in typed.items()
    )
