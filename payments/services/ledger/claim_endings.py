"""What a statement does to a shown cheque: its money is found, or was not found after all."""

from django.db.models import Exists, OuterRef, Q

from notifications.services import queue
from payments.messages import CHEQUE_PART_FOUND
from payments.models import Claim, ClaimStatus, Placement


def close_by_line(*, claim_id: int, placement_id: int) -> None:
    """The money of the cheque is posted; a claim that ended meanwhile stays as it is.

    Months are told as such; of a sum that is none its person hears here. The caller holds the
    applications of the person.
    """
    living = Claim.objects.living().filter(pk=claim_id)
    ended = living.update(status=ClaimStatus.POSTED, placement_id=placement_id)
    if ended and Claim.objects.filter(pk=claim_id, months=0, placement__months=0).exists():
        queue(CHEQUE_PART_FOUND, claim_id, key=f"cheque-found:{claim_id}:{placement_id}")


def reopen(*, placement: Placement) -> None:
    """The line is withdrawn: its cheque speaks for the money again, unless it was shown anew.

    A sum that is no month may have moved on since, to credit or to months: its line is the same.
    """
    same = Claim.objects.living().filter(
        application=OuterRef("application"), paid_on=OuterRef("paid_on"), amount=OuterRef("amount")
    )
    own = Q(placement=placement)
    if placement.application_id:
        person = placement.application.person_id
        of_line = Q(placement__line=placement.line_id, application__person=person)
        own |= of_line & Q(months=0, status=ClaimStatus.POSTED)
    closed = Claim.objects.filter(own).exclude(Exists(same))
    for decided, status in ((True, ClaimStatus.CONFIRMED), (False, ClaimStatus.OPEN)):
        closed.filter(proven_on__isnull=not decided).update(status=status, placement=None)
