"""What a person hears when two of the staff take money back, or write that it was given back;
subject: the place where it was, or where it went."""

from datetime import timedelta

from django.utils.translation import gettext_noop as _

from accounts.recipients import recipient_of
from notifications.events import Event, Recipient
from notifications.models import Topic
from payments.messages.about import about
from payments.models import Place, Placement


def _place(pk: int) -> Placement:
    return Placement.objects.select_related("application").get(pk=pk)


def _owner(pk: int) -> Recipient:
    return recipient_of(_place(pk).application.person_id)


def _about(pk: int) -> dict:
    place = _place(pk)
    return about(place.application, place.amount)


def _counts_no_more(pk: int) -> bool:
    """Nothing of the line counts for this person now."""
    place = _place(pk)
    theirs = {"application__person": place.application.person_id, "line": place.line_id}
    return not Placement.objects.matched().filter(**theirs).exists()


PAYMENT_UNCOUNTED = Event(
    code="payments.uncounted",
    topic=Topic.MONEY,
    label=_("a payment does not count as the person's any more"),
    template=_(
        "We checked %(amount)s again (application ...%(tail)s). It does not count as your payment. "
        "What to do: see your cabinet or call the hotline."
    ),
    recipient=_owner,
    context=_about,
    still_true=_counts_no_more,
    lifetime=timedelta(days=14),
    legal=True,
)


def _is_given_back(pk: int) -> bool:
    """Nobody took the decision back since."""
    return Placement.objects.current().filter(place=Place.RETURNED, pk=pk).exists()


PAYMENT_GIVEN_BACK = Event(
    code="payments.given_back",
    topic=Topic.MONEY,
    label=_("the Treasury gave a payment back"),
    template=_(
        "The Treasury gave %(amount)s back (application ...%(tail)s). It does not count as your "
        "payment. What to do: see your cabinet or call the hotline."
    ),
    recipient=_owner,
    context=_about,
    still_true=_is_given_back,
    lifetime=timedelta(days=14),
)


def _returned(pk: int) -> dict:
    place = _place(pk)
    return about(place.application, place.amount, place.paid_on)


PAYMENT_RETURNED = Event(
    code="payments.returned",
    label=_("the tax office gave money back that was over"),
    template=_(
        "The tax office gave %(amount)s back to you that you paid on %(day)s "
        "(application ...%(tail)s). Questions? Call the hotline."
    ),
    topic=Topic.MONEY,
    recipient=_owner,
    context=_returned,
    still_true=_is_given_back,
    lifetime=timedelta(days=14),
)
