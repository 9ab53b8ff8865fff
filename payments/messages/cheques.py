"""What staff decided about a shown cheque; the subject is the claim."""

from datetime import timedelta

from django.utils.translation import gettext_noop as _

from accounts.recipients import recipient_of
from common.formats import short_day
from notifications.events import Event, Recipient
from notifications.models import Topic
from payments.messages.about import about
from payments.models import (
    Claim,
    ClaimStatus,
    Placement,
)


def _shower(claim_id: int) -> Recipient:
    people = Claim.objects.values_list("application__person_id", flat=True)
    return recipient_of(people.get(pk=claim_id))


def _cheque(claim_id: int) -> dict:
    claim = Claim.objects.select_related("application").get(pk=claim_id)
    return about(claim.application, claim.amount, claim.day)


def _shown(claim_id: int) -> dict:
    claim = Claim.objects.get(pk=claim_id)
    return _cheque(claim_id) | {"number": claim.pk, "by": short_day(claim.answer_by)}


def _claim_is(status: ClaimStatus):
    return lambda pk: Claim.objects.filter(pk=pk, status=status).exists()


def _lives(claim_id: int) -> bool:
    return Claim.objects.living().filter(pk=claim_id).exists()


def _is_asked(claim_id: int) -> bool:
    return _lives(claim_id) and Claim.objects.get(pk=claim_id).is_asked


def _is_found_as_part(claim_id: int) -> bool:
    """While its line makes no month: of a month the person hears as such."""
    found = Claim.objects.found().filter(pk=claim_id, months=0)
    line = found.values("placement__line")
    return found.exists() and not Placement.objects.matched().filter(line__in=line).exists()


CHEQUE_SHOWN = Event(
    code="payments.cheque_shown",
    topic=Topic.MONEY,
    label=_("a cheque was shown"),
    template=_(
        "Cheque No. %(number)s is here (application ...%(tail)s): %(amount)s of %(day)s. We look "
        "for the money, answer by %(by)s. Do not pay a second time."
    ),
    recipient=_shower,
    context=_shown,
    still_true=_claim_is(ClaimStatus.OPEN),
)

CHEQUE_ASKED = Event(
    code="payments.cheque_asked",
    topic=Topic.MONEY,
    label=_("something is needed for a shown cheque"),
    template=_(
        "We look for your money by cheque No. %(number)s (application ...%(tail)s) and need one "
        "thing more. See the page of the cheque in your cabinet or call the hotline."
    ),
    recipient=_shower,
    context=_shown,
    still_true=_is_asked,
    lifetime=timedelta(days=7),
)

CHEQUE_LONG = Event(
    code="payments.cheque_long",
    topic=Topic.MONEY,
    label=_("a cheque is searched for 30 days"),
    template=_(
        "We still look for your money by cheque No. %(number)s of %(day)s (...%(tail)s). A "
        "supervisor is on it now. You need to do nothing. Do not pay a second time."
    ),
    recipient=_shower,
    context=_shown,
    still_true=_lives,
    lifetime=timedelta(days=7),
)

CHEQUE_CONFIRMED = Event(
    code="payments.cheque_confirmed",
    topic=Topic.MONEY,
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
    topic=Topic.MONEY,
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

# --- sums that are not whole months: nobody is told that nothing more is to be paid


CHEQUE_PART_SHOWN = Event(
    code="payments.cheque_part_shown",
    topic=Topic.MONEY,
    label=_("a cheque was shown: not whole months"),
    template=_(
        "Cheque No. %(number)s is here (...%(tail)s): %(amount)s of %(day)s. We look for the "
        "money, answer by %(by)s. Not a whole month: alone it prolongs nothing."
    ),
    recipient=_shower,
    context=_shown,
    still_true=_claim_is(ClaimStatus.OPEN),
)

CHEQUE_PART_SOUGHT = Event(
    code="payments.cheque_part_sought",
    topic=Topic.MONEY,
    label=_("we look for the money of a cheque: not whole months"),
    template=_(
        "We still look for your money by cheque No. %(number)s (...%(tail)s): %(amount)s of "
        "%(day)s. It is not a whole month and alone prolongs nothing."
    ),
    recipient=_shower,
    context=_shown,
    still_true=_lives,
    lifetime=timedelta(days=7),
)

CHEQUE_PART_FOUND = Event(
    code="payments.cheque_part_found",
    topic=Topic.MONEY,
    label=_("the money of a cheque is found: not whole months"),
    template=_(
        "Your money by cheque No. %(number)s is found (...%(tail)s): %(amount)s of %(day)s. It is "
        "not a whole month and alone prolongs nothing. It stays yours."
    ),
    recipient=_shower,
    context=_shown,
    still_true=_is_found_as_part,
)
