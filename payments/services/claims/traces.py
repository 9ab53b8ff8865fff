"""After seven days money that complete statements do not show is searched for, by itself.

While statements are silent nothing starts: a stopped feed must not look like lost payments.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Max

from accounts.models import Person
from accounts.services import record
from common.clock import moscow_day, now, today
from journal.services import finish_run, start_run
from notifications.services import queue
from payments import timeline
from payments.facts import known_facts
from payments.messages import PAYMENT_TRACED
from payments.models import Account, Charge, Claim, TillPayment, Trace
from payments.standing import TRANSIT_DAYS, Money
from payments.standing.counting import is_traced

JOB = "payments.traces"


def search_every_hour() -> int | None:
    """One search of an hour, whoever asks; None when another has it. Returns how many began."""
    run = start_run(job=JOB, period=f"{now():%Y-%m-%dT%H}")
    if run is None:
        return None
    found = start_traces()
    finish_run(run)
    return found


def start_traces() -> int:
    """Start the searches that are due today; returns how many are new."""
    by_person = defaultdict(list)
    for draft in _overdue():
        by_person[draft.application.person_id].append(draft)
    people = Person.objects.in_bulk(by_person)
    return sum(_start_for(people[pk], by_person[pk]) for pk in sorted(by_person))


def _overdue() -> Iterable[Trace]:
    """Payments on their way that statements might show by now, and nobody searches for yet."""
    reach = Account.objects.aggregate(day=Max("complete_through"))["day"]
    if reach is None:
        return
    last = reach - timedelta(days=TRANSIT_DAYS)
    charges = Charge.objects.unposted().filter(trace__isnull=True, captured_at__date__lte=last)
    for charge in charges.select_related("receipt__application"):
        day = moscow_day(charge.captured_at)
        yield _draft(charge.receipt.application, charge.amount, day, charge=charge)
    tills = TillPayment.objects.unposted().filter(trace__isnull=True, taken_on__lte=last)
    for taken in tills.select_related("receipt__application"):
        subject = {"till_payment": taken}
        yield _draft(taken.receipt.application, taken.amount, taken.taken_on, **subject)
    # A part of a month has its own clock: whoever is told of a search is told not to pay again.
    claims = Claim.objects.living().whole().filter(trace__isnull=True).select_related("application")
    for claim in claims:
        if claim.day <= last:
            yield _draft(claim.application, claim.amount, claim.day, claim=claim)


def _draft(application, amount, day, **subject) -> Trace:
    return Trace(application=application, amount=amount, paid_on=day, **subject)


def _start_for(person: Person, drafts: list[Trace]) -> int:
    complete, day = known_facts(person, today()).complete_through, today()
    due = [draft for draft in drafts if is_traced(_money(draft), complete, day)]
    return sum(_start(person, draft) for draft in due)


def _money(draft: Trace) -> Money:
    return Money(draft.amount, 1, draft.paid_on)


@transaction.atomic
def _start(person: Person, draft: Trace) -> bool:
    """The constraint says that a payment is searched for once: two at a time tell once."""
    trace, is_new = Trace.objects.get_or_create(
        charge=draft.charge,
        till_payment=draft.till_payment,
        claim=draft.claim,
        defaults={
            "application": draft.application,
            "amount": draft.amount,
            "paid_on": draft.paid_on,
        },
    )
    if is_new:
        facts = {"amount": trace.amount, "paid_on": trace.paid_on}
        record(person=person, kind=timeline.TRACED, facts=facts)
        queue(PAYMENT_TRACED, trace.pk, key=f"payment-traced:{trace.pk}")
    return is_new
