"""Waiting money of which more is known than when its line came: an INN is entered days after the
patent, and a code of the Treasury with requisites that were forgotten.

Such a line is decided as if it came now. What staff decided waits for them.
"""

import logging
from collections.abc import Iterable

from django.conf import settings
from django.utils import translation

from common.mishaps import log_mishap
from payments.matching.likeness import Mark
from payments.models import Placement, QueueReason, StatementLine
from payments.models.places import ELSEWHERE
from payments.services.ledger import elsewhere
from payments.services.ledger.entries import entries_of
from payments.services.ledger.ledger import match_again

logger = logging.getLogger(__name__)
NOBODYS = {QueueReason.UNKNOWN_PAYER, *ELSEWHERE}
NUMBERS = {Mark.INN, Mark.PAPER, Mark.PASSPORT}


def post_what_is_known(rows: Iterable[Placement]) -> int:
    """Of places that were just looked at; returns how many lines found their months. One that
    fails harms no other and stays where it is."""
    undecided = [row for row in rows if row.decided_by_id is None]
    ours = _ours_now([row for row in undecided if row.queue_reason in ELSEWHERE])
    others = [row for row in undecided if row not in ours]
    found = [*ours, *_of_one_person([row for row in others if _may_be_known(row)])]
    with translation.override(settings.LANGUAGE_CODE):
        return sum(_decided(row) for row in found)


def _may_be_known(row: Placement) -> bool:
    """A number of the line is somebody's now; without one nothing is asked."""
    is_nobodys = row.application_id is None and row.queue_reason in NOBODYS
    found = {mark for one in row.likely or () for mark in one["marks"]}
    return is_nobodys and bool(found & NUMBERS)


def _ours_now(rows: list[Placement]) -> list[Placement]:
    """Whose codes have become ours: named or not, there is no reason left to wait for that."""
    if not rows:
        return []
    astray = elsewhere.of_lines([row.line_id for row in rows])
    return [row for row in rows if row.line_id not in astray]


def _of_one_person(rows: list[Placement]) -> list[Placement]:
    if not rows:
        return []
    lines = StatementLine.objects.filter(pk__in=[row.line_id for row in rows])
    entries = entries_of(lines.prefetch_related("placements"))
    known = {entry.line_id for entry in entries if len(entry.people) == 1}
    return [row for row in rows if row.line_id in known]


def _decided(row: Placement) -> int:
    try:
        return match_again(placements=[row])
    except Exception as error:
        what = f"waiting money {row.pk} of a known person cannot be decided"
        log_mishap(logger, what, error)
        return 0
