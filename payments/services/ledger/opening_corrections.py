"""Months counted at go-live, put right by two members of the staff; the entry stays for ever."""

from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Approval, ApprovalKind, User
from accounts.services import approvals, record
from common.errors import Refusal
from patents.models import Application
from patents.services import set_first_paid
from payments import timeline
from payments.coverage import MONTHS_IN_YEAR
from payments.models import Opening, OpeningCorrection, OpeningMonths, Placement
from payments.services.ledger.wrong_lapses import take_lapses_back


class NoOpening(Refusal):
    message = _("There was no opening position. There is nothing to correct.")


class NothingDiffers(Refusal):
    message = _("Nothing differs from what is written down already.")


class SumNeeded(Refusal):
    message = _("Months have a sum, and no months have none.")


class TooManyMonths(Refusal):
    message = _("With the months posted since then there would be more than twelve.")


@transaction.atomic
def ask_correction(
    *, application: Application, months: int, amount: Decimal, reason: str, actor: User
) -> Approval:
    """Ask for other months of an application; somebody else decides. Asking twice is asking once.

    Raises ReasonMissing, NoOpening, NothingDiffers, SumNeeded, TooManyMonths.
    """
    _refuse_wrong(application, months, amount)
    facts = {"application": application.pk, "number": application.number}
    facts |= {"months": months, "amount": str(amount)}
    person = application.person
    asked, _is_new = approvals.ask(
        kind=ApprovalKind.OPENING, person=person, facts=facts, actor=actor, reason=reason
    )
    return asked


def said(approval: Approval) -> dict:
    """What would be done, for who decides."""
    words = gettext("application %(number)s: months %(months)s, %(amount)s roubles")
    return {"text": words % approval.facts}


def carry_out(approval: Approval, actor: User) -> OpeningCorrection:
    """Do what a granted approval asks for: a new entry, and the months as they are now."""
    facts = approval.facts
    rows = Application.objects.select_for_update(of=("self",)).select_related("person")
    application = rows.get(pk=facts["application"])
    months, amount = facts["months"], Decimal(facts["amount"])
    before = _refuse_wrong(application, months, amount)
    entry = OpeningCorrection.objects.create(
        application=application,
        months_before=before.months,
        amount_before=before.amount,
        months=months,
        amount=amount,
        reason=approval.reason,
        asked_by=approval.asked_by,
        decided_by=actor,
    )
    before.months, before.amount = months, amount
    before.save()
    if months:
        set_first_paid(application=application, paid_on=before.counted_on)
    said = {"months": months, "amount": amount}
    record(person=application.person, kind=timeline.RECOUNTED, facts=said, actor=actor)
    take_lapses_back([application.person_id])
    return entry


def _refuse_wrong(application: Application, months: int, amount: Decimal) -> OpeningMonths:
    """What is counted now; an application of which the file knew no months has none."""
    before = _counted(application)
    if (before.months, before.amount) == (months, amount):
        raise NothingDiffers
    if bool(months) != (amount > 0):
        raise SumNeeded
    posted = Placement.objects.matched().filter(application=application)
    if months + (posted.aggregate(sum=Sum("months"))["sum"] or 0) > MONTHS_IN_YEAR:
        raise TooManyMonths
    return before


def _counted(application: Application) -> OpeningMonths:
    found = OpeningMonths.objects.filter(application=application).first()
    opening = Opening.objects.first()
    if opening is None:
        raise NoOpening
    return found or OpeningMonths(
        opening=opening,
        application=application,
        months=0,
        amount=Decimal(0),
        counted_on=application.accepted_on,
    )


approvals.register(
    ApprovalKind.OPENING, approvals.Deed(carry_out, said, "payments.change_openingmonths")
)
