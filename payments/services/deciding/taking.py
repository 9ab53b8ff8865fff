"""A clerk takes a candidate that the portal shows beside waiting money.

Where the portal is nearly sure, one member of the staff decides; a lesser likeness needs two. So
does money whose codes lead elsewhere, and every correction of what was decided before (`by_hand`).
"""

from django.conf import settings
from django.db import transaction
from django.utils import translation

from accounts.models import Approval, User
from journal.history import because
from payments import matching
from payments.errors import LineMoved, NoCandidate
from payments.matching.likeness import Candidate
from payments.models import Placement
from payments.services.deciding import by_hand
from payments.services.deciding.by_hand import Share
from payments.services.importing import likely
from payments.services.ledger import elsewhere


def take(*, placement: Placement, application_id: int, actor: User) -> Approval | None:
    """Give waiting money to a candidate; None when that is done, else the question for another
    member of the staff. Who fits is looked up anew, so an old page decides nothing by itself.

    Raises LineMoved, NoCandidate, ReasonMissing.
    """
    row = Placement.objects.of_nobody().select_related("line").filter(pk=placement.pk).first()
    if row is None:
        raise LineMoved
    one = _candidate(row, application_id)
    share = Share(row.amount, one.application_id, one.receipt_id)
    if one.is_likely and not elsewhere.of_lines([row.line_id]):
        _take_alone(row, share, actor, why_said(one))
        return None
    return by_hand.ask(placement=row, shares=[share], actor=actor, reason=why_said(one))


def why_said(one: Candidate) -> str:
    """Kept with the decision, in the language of the centre."""
    with translation.override(settings.LANGUAGE_CODE):
        return matching.why(one.marks)


def _candidate(row: Placement, application_id: int) -> Candidate:
    found = likely.likely([row])[row.pk]
    one = next((one for one in found if one.application_id == application_id), None)
    if one is None:
        raise NoCandidate
    return one


@transaction.atomic
def _take_alone(row: Placement, share: Share, actor: User, reason: str) -> None:
    because(reason)
    by_hand.move(row.pk, [share], actor=actor, reason=reason)
