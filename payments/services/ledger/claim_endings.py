"""What a statement does to a shown cheque: its money is found, or was not found after all."""

from django.db.models import Exists, OuterRef

from payments.models import Claim, ClaimStatus, Placement


def close_by_line(*, claim_id: int, placement_id: int) -> None:
    """The money of the cheque is posted; a claim that ended meanwhile stays as it is.

    The caller holds the applications of the person.
    """
    living = Claim.objects.living().filter(pk=claim_id)
    living.update(status=ClaimStatus.POSTED, placement_id=placement_id)


def reopen(*, placement: Placement) -> None:
    """The line is withdrawn: its cheque speaks for the money again, unless it was shown anew."""
    same = Claim.objects.living().filter(
        application=OuterRef("application"), paid_on=OuterRef("paid_on"), amount=OuterRef("amount")
    )
    closed = Claim.objects.filter(placement=placement).exclude(Exists(same))
    for decided, status in ((True, ClaimStatus.CONFIRMED), (False, ClaimStatus.OPEN)):
        closed.filter(proven_on__isnull=not decided).update(status=status, placement=None)
