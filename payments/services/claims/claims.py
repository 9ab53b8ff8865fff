"""Shown cheques: a person says that they paid, staff look, the ledger waits for the money."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Person, User
from accounts.services import record
from common.clock import moscow_day, now, today
from common.formats import day_year
from journal.history import because, plainly
from notifications.services import queue
from patents.models import Application, ApplicationStatus
from payments import timeline
from payments.errors import ChequeNotPossible, ClaimDecided, NothingToPay, PaymentKnown
from payments.facts import standing_of
from payments.messages import (
    CHEQUE_CONFIRMED,
    CHEQUE_PART_SHOWN,
    CHEQUE_PART_SOUGHT,
    CHEQUE_REJECTED,
    CHEQUE_SHOWN,
)
from payments.models import Account, Charge, Claim, ClaimStatus, Placement, TillPayment
from payments.pricing import tariff_on
from payments.room import months_left, require_room
from payments.services.ledger import ledger
from payments.services.ledger.locks import hold_accounts


def application_for(*, person: Person, paid_on: date) -> Application:
    """What a payment of this day was for: the case the person stands in, or the one before it.

    Raises NothingToPay when there was no application yet.
    """
    case = standing_of(person).case
    known = person.applications.filter(accepted_on__lte=paid_on)
    known = known.exclude(status=ApplicationStatus.REFUSED).order_by("-accepted_on", "-pk")
    current = known.filter(number=case.application.number) if case else known.none()
    found = current.first() or known.first()
    if found is None:
        raise NothingToPay(
            _("You had no application on %(day)s. Check the date on the cheque.")
            % {"day": day_year(paid_on)}
        )
    return found


def show_cheque_for(*, person: Person, actor: User, **facts) -> Claim:
    """What the person could show alone, shown at the window. Raises what these two do."""
    application = application_for(person=person, paid_on=facts["paid_on"])
    return show_cheque(application=application, actor=actor, **facts)


@transaction.atomic
def show_cheque(
    *,
    application: Application,
    amount: Decimal,
    paid_on: date,
    bank: str = "",
    document_number: str = "",
    cheque=None,
    fiscal: str = "",
    actor: User | None = None,
) -> Claim:
    """Write down that the person shows a cheque; months follow from the tariff of its day. A sum
    that is not whole months is searched for as well, and covers nothing.

    The same cheque shown again gives the claim that is there. Raises ChequeNotPossible,
    PaymentKnown, MonthsBeyondCap, TariffUnknown.
    """
    application = _locked(application)
    _require_possible_day(application, paid_on)
    months = _months(amount, paid_on)
    same = Claim.objects.filter(application=application, paid_on=paid_on, amount=amount)
    before = same.living().first()
    if before is not None:
        return before
    _require_unknown(application, amount, paid_on)
    if months:
        require_room(months, months_left(application))
    claim = Claim.objects.create(
        application=application,
        months=months,
        amount=amount,
        paid_on=paid_on,
        bank=bank,
        document_number=document_number,
        cheque=cheque or "",
        fiscal=fiscal,
    )
    shown = CHEQUE_SHOWN if months else CHEQUE_PART_SHOWN
    queue(shown, claim.pk, key=f"cheque-shown:{claim.pk}")
    _note(claim, timeline.CHEQUE_SHOWN, actor, paid_on=paid_on)
    _try_waiting_money(application, actor)
    if not months:
        claim.refresh_from_db()
    return claim


@transaction.atomic
@plainly(gettext_noop("The cheque was checked and confirmed."))
def confirm(*, claim: Claim, paid_on: date, actor: User) -> Claim:
    """Staff read the day on the cheque: from now on it proves when the money was paid.

    Money of the person that waits is tried again with that day.
    """
    claim = open_to_decision(claim, ClaimStatus.OPEN)
    _require_possible_day(claim.application, paid_on)
    claim.status, claim.proven_on = ClaimStatus.CONFIRMED, paid_on
    _decide(claim, actor)
    _note(claim, timeline.CHEQUE_CONFIRMED, actor, paid_on=paid_on)
    confirmed = CHEQUE_CONFIRMED if claim.months else CHEQUE_PART_SOUGHT
    queue(confirmed, claim.pk, key=f"cheque-confirmed:{claim.pk}")
    _try_waiting_money(claim.application, actor)
    claim.refresh_from_db()
    return claim


@transaction.atomic
def reject(*, claim: Claim, reason: str, actor: User) -> Claim:
    """The cheque does not count, and the person reads why. It may be shown again."""
    reason = reason.strip()
    if not reason:
        raise ChequeNotPossible(_("Write the reason: the person reads it."))
    claim = open_to_decision(claim, ClaimStatus.OPEN, ClaimStatus.CONFIRMED)
    because(reason)
    claim.status, claim.proven_on, claim.reason = ClaimStatus.REJECTED, None, reason[:300]
    _decide(claim, actor)
    _note(claim, timeline.CHEQUE_REJECTED, actor, paid_on=claim.paid_on, reason=claim.reason)
    queue(CHEQUE_REJECTED, claim.pk, key=f"cheque-rejected:{claim.pk}")
    return claim


# --- what is refused


def _require_possible_day(application: Application, paid_on: date) -> None:
    if paid_on > today():
        raise ChequeNotPossible(_("The date on the cheque cannot be in the future."))
    if paid_on < application.accepted_on:
        raise ChequeNotPossible(
            _("The application was accepted on %(day)s. A cheque for it cannot be older.")
            % {"day": day_year(application.accepted_on)}
        )


def _months(amount: Decimal, paid_on: date) -> int:
    """None where the sum is not whole months of the tariff of its day."""
    if amount <= 0:
        raise ChequeNotPossible(_("Write the sum."))
    monthly = tariff_on(paid_on).monthly
    return 0 if amount % monthly else int(amount / monthly)


def _require_unknown(application: Application, amount: Decimal, paid_on: date) -> None:
    """Money that we see needs no cheque, and shown twice it would count twice."""
    counted = Placement.objects.matched() | Placement.objects.credit()
    posted = counted.filter(application=application, amount=amount, paid_on=paid_on)
    found = Claim.objects.found().filter(application=application, amount=amount, paid_on=paid_on)
    if posted.exists() or found.exists() or paid_on in _days_taken(application, amount):
        raise PaymentKnown


def _days_taken(application: Application, amount: Decimal) -> set[date]:
    """Days on which the acquirer or the cash desk took this sum; no line has shown it yet."""
    money = {"receipt__application": application, "amount": amount}
    by_card = Charge.objects.unposted().filter(**money)
    at_till = TillPayment.objects.unposted().filter(**money)
    days = {moscow_day(charge.captured_at) for charge in by_card}
    return days | set(at_till.values_list("taken_on", flat=True))


# --- locking and writing


def _locked(application: Application) -> Application:
    """Accounts before applications before claims: the order of everyone who moves money.

    Accounts only where money waits: whoever shows a cheque should not wait for a long import.
    """
    if _waiting(application).exists():
        hold_accounts(Account.objects.values_list("number", flat=True))
    rows = Application.objects.filter(person_id=application.person_id).order_by("pk")
    locked = rows.select_for_update(of=("self",)).select_related("person")
    return next(row for row in locked if row.pk == application.pk)


def open_to_decision(claim: Claim, *statuses: ClaimStatus) -> Claim:
    """The claim as it is now, with its application held. Raises ClaimDecided."""
    application = _locked(claim.application)
    claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
    if claim.status not in statuses:
        raise ClaimDecided
    claim.application = application
    return claim


def _decide(claim: Claim, actor: User) -> None:
    claim.decided_by, claim.decided_at = actor, now()
    claim.save(update_fields=["status", "proven_on", "reason", "decided_by", "decided_at"])


def _note(claim: Claim, kind: str, actor: User | None, **facts) -> None:
    facts["amount"] = claim.amount
    record(person=claim.application.person, kind=kind, facts=facts, actor=actor)


def _waiting(application: Application) -> QuerySet[Placement]:
    return Placement.objects.queued().filter(application__person_id=application.person_id)


def _try_waiting_money(application: Application, actor: User | None) -> None:
    """A shown cheque may fill the gap before late money, a confirmed one say when it was paid."""
    waiting = list(_waiting(application))
    if waiting:
        ledger.match_again(placements=waiting, actor=actor)
