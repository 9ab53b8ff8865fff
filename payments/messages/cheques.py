"""What staff decided about a shown cheque; the subject is the claim."""

from datetime import timedelta

from django.utils.translation import gettext_noop as _

from accounts.recipients import recipient_of
from notifications.events import Event, Recipient
from payments.messages.about import about
from payments.models import (
    Claim,
    ClaimStatus,
)


def _shower(claim_id: int) -> Recipient:
    people = Claim.objects.values_list("application__person_id", flat=True)
    return recipient_of(people.get(pk=claim_id))


def _cheque(claim_id: int) -> dict:
    claim = Claim.objects.select_related("application").get(pk=claim_id)
    return about(claim.application, claim.amount, claim.day)


def _claim_is(status: ClaimStatus):
    return lambda pk: Claim.objects.filter(pk=pk, status=status).exists()


CHEQUE_CONFIRMED = Event(
    code="payments.cheque_confirmed",
    label=_("the cheque is confirmed"),
    template=_(
        "We checked your cheque: %(amount)s paid on %(day)s (application ...%(tail)s). "
        "We are looking for the money. Do not pay a second time."
    ),
    recipient=_shower,
    context=_cheque,
    # Once the money is found, that message says more.
    still_true=_claim_is(ClaimStatus.CONFIRMED),
)

CHEQUE_REJECTED = Event(
    code="payments.cheque_rejected",
    label=_("the cheque is not accepted"),
    template=_(
        "We could not accept your cheque of %(day)s (application ...%(tail)s). "
        "The reason is in the cabinet. Questions? Call the hotline."
    ),
    recipient=_shower,
    context=_cheque,
    still_true=_claim_is(ClaimStatus.REJECTED),
    lifetime=timedelta(days=7),
)
