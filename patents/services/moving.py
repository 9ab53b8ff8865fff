"""A day of issue that was wrong, and payments made by it: what one person must not decide alone.

The right day is the Ministry's. But whoever paid by the day that we had named paid in time by our
word: two of the staff move a day that makes payments late, and two decide about such payments.
"""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Approval, ApprovalKind, User
from accounts.services import approvals
from common.formats import short_day
from patents import errors
from patents.models import Application, FormerDay, Patent
from patents.services.corrections import correct_patent
from patents.services.rows import locked

PERMISSION = "patents.change_patent"
MOVE, DECIDE = "move", "decide"


# --- moving the day


def ask_correction(
    *,
    patent: Patent,
    series: str,
    number: str,
    issued_on: date,
    profession: str,
    reason: str,
    actor: User,
) -> Approval:
    """Ask a colleague to correct a patent so that payments become late. Raises ReasonMissing."""
    facts = {"series": series, "number": number, "profession": profession}
    facts |= {"deed": MOVE, "issued_on": issued_on.isoformat()}
    return _ask(patent.application, facts, actor, reason)


def _move(approval: Approval, actor: User) -> None:
    """Raises StepNotPossible where the patent was taken back meanwhile."""
    facts = {name: approval.facts[name] for name in ("series", "number", "profession")}
    patent = Patent.objects.filter(application=approval.facts["application"]).first()
    if patent is None:
        raise errors.StepNotPossible
    correct_patent(
        patent=patent,
        issued_on=date.fromisoformat(approval.facts["issued_on"]),
        reason=approval.reason,
        actor=actor,
        agreed=True,
        **facts,
    )


# --- deciding about what was paid by it


def ask_decision(*, application: Application, stands: bool, reason: str, actor: User) -> Approval:
    """Ask a colleague whether payments made by our former day are in time.

    Raises NothingToDecide, ReasonMissing.
    """
    if not application.former_days.asked().exists():
        raise errors.NothingToDecide
    facts = {"deed": DECIDE, "stands": stands}
    return _ask(application, facts, actor, reason)


def _decide(approval: Approval, _actor: User) -> None:
    """The money follows by itself: the sweep of the payments sees that something is new."""
    application = locked(Application.objects.get(pk=approval.facts["application"]))
    days = application.former_days.undecided()
    if not days.asked().exists():
        raise errors.NothingToDecide
    days.exclude(until_at=None).update(
        stands=approval.facts["stands"], asks_since=None, followed_at=None
    )


# --- for the money


@transaction.atomic
def followed(*, application: Application, seen: list[int], at: datetime, asks: bool) -> None:
    """The money heard of these moves; `asks`: some of it waits until two decide."""
    FormerDay.objects.filter(pk__in=seen, followed_at=None).update(followed_at=at)
    days = application.former_days.undecided()
    if asks:
        days.filter(asks_since=None).update(asks_since=at)
    else:
        days.exclude(asks_since=None).update(asks_since=None)


# --- for who decides


def said(approval: Approval) -> dict:
    """The question in words, and the page with more of it."""
    application = Application.objects.get(pk=approval.facts["application"])
    page = reverse("admin:patents_application_change", args=[application.pk])
    return {"text": f"{application.number}: {_wanted(approval.facts)}", "page": page}


def _wanted(facts: dict) -> str:
    if facts["deed"] == MOVE:
        day = short_day(date.fromisoformat(facts["issued_on"]))
        return _("the patent was issued on %s; payments become late") % day
    if facts["stands"]:
        return _("payments made by the former day of issue are in time")
    return _("payments made by the former day of issue are not in time")


def _carry_out(approval: Approval, actor: User) -> None:
    {MOVE: _move, DECIDE: _decide}[approval.facts["deed"]](approval, actor)


def _ask(application: Application, facts: dict, actor: User, reason: str) -> Approval:
    asked, _is_new = approvals.ask(
        kind=ApprovalKind.DAY,
        person=application.person,
        facts={"application": application.pk} | facts,
        actor=actor,
        reason=reason,
    )
    return asked


approvals.register(ApprovalKind.DAY, approvals.Deed(_carry_out, said, PERMISSION))
