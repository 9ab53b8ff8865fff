"""What must have happened for each demo person to stand where they are promised to.

A promise that no longer holds is mended as life would do it: a new application, a new patent
dated so that the promise holds, money posted by the Treasury. Nothing is updated in place.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import uuid4

from django.conf import settings

from accounts.models import Person
from common.clock import MOSCOW, moscow_day
from desk.demo.people import DemoPerson
from desk.demo.treasury import DemoLine
from patents.models import Application, Patent
from patents.services import (
    annul,
    issue_patent,
    mark_ready,
    offer_number,
    register_application,
    send_to_review,
)
from payments import coverage
from payments.models import Charge, TillPayment
from payments.services.online.charges import record_taken
from payments.services.online.credits import surplus_of
from payments.services.papers.receipts import form_receipt
from payments.standing import Standing, State

THREE_DAYS = timedelta(days=3)


@dataclass
class Story:
    """One person's new story; the lines are posted together when all are told."""

    who: DemoPerson
    person: Person
    today: date
    lines: list[DemoLine] = field(default_factory=list)

    def applied(self, on: date) -> Application:
        taken = Application.objects.filter(number=self.who.login).exists()
        application = register_application(
            person=self.person,
            number=offer_number() if taken else self.who.login,
            accepted_on=on,
            migration_card="4626 0381161",
        )
        return send_to_review(application=application, on=on)

    def with_patent(self, issued_on: date, months: int) -> Application:
        """A patent whose first months were paid in time at a bank and are posted."""
        application = self.applied(issued_on - timedelta(days=15))
        self.paid(application, months, issued_on - timedelta(days=2))
        mark_ready(application=application, ready_on=issued_on - timedelta(days=1))
        number = f"26{application.pk % 10**8:08d}"
        issue_patent(application=application, series="77", number=number, issued_on=issued_on)
        return application

    def paid(self, application: Application, months: int, on: date, *, on_the_way: int = 2) -> None:
        """At a bank; the Treasury has it so many days later, yesterday at the latest."""
        receipt = form_receipt(application=application, months=months, on=on)
        days = timedelta(days=on_the_way)
        posted_on = min(on + days, self.today - timedelta(days=1))
        self.lines.append(DemoLine(receipt, on, posted_on=posted_on))


def paid_ahead(story: Story) -> None:
    story.with_patent(story.today - timedelta(days=40), months=3)


def paid_a_part(story: Story) -> None:
    """Three months ahead, and half a month over: more would be counted within minutes, and then
    the link for a relative is needed no more."""
    application = story.with_patent(story.today - timedelta(days=40), months=3)
    if not surplus_of(story.person).amount:
        paid_on = story.today - timedelta(days=5)
        receipt = form_receipt(application=application, months=1, on=paid_on)
        story.lines.append(DemoLine(receipt, paid_on, less=receipt.amount / 2))


def waits_for_the_first_payment(story: Story) -> None:
    applied_on = story.today - timedelta(days=12)
    for patent in Patent.objects.filter(application__person=story.person):
        if patent.annulled_on is None:
            annul(patent=patent, annulled_on=story.today, reason="прошлая история закончилась")
        applied_on = max(applied_on, patent.issued_on)
    ready_on = max(applied_on, story.today - timedelta(days=1))
    mark_ready(application=story.applied(applied_on), ready_on=ready_on)


def paid_on_the_last_day(story: Story) -> None:
    """Paid online three days ago, on the last covered day; the Treasury has not seen it."""
    paid_on = story.today - THREE_DAYS
    application = story.with_patent(*_issue_whose_cover_ends(paid_on))
    receipt = form_receipt(application=application, months=1, on=paid_on)
    noon = datetime.combine(paid_on, time(12, 40), tzinfo=MOSCOW)
    record_taken(receipt=receipt, provider_id=f"demo-{uuid4()}", captured_at=noon)


def long_uncovered(story: Story) -> None:
    story.with_patent(story.today - timedelta(days=100), months=1)


def uncovered_since_three_days(story: Story) -> None:
    story.with_patent(*_issue_whose_cover_ends(story.today - THREE_DAYS))


TOLD: dict[State, Callable[[Story], None]] = {
    State.VALID: paid_ahead,
    State.READY: waits_for_the_first_payment,
    State.IN_TRANSIT: paid_on_the_last_day,
    State.LAPSED: long_uncovered,
    State.UNSEEN: uncovered_since_three_days,
}


def tell(story: Story) -> None:
    told = paid_a_part if story.who.at_counter else TOLD[story.who.promise]
    told(story)


def holds(who: DemoPerson, standing: Standing) -> bool:
    """Does the person stand where promised, to the day?"""
    details = _paid_today if who.at_counter else DETAILS.get(who.promise, _always)
    return standing.state == who.promise and details(standing)


def close_old(person: Person) -> list[DemoLine]:
    """Money of an older story that is still on its way: the Treasury posts it now."""
    charges = Charge.objects.unposted().filter(receipt__person=person).select_related("receipt")
    entries = TillPayment.objects.unposted().filter(receipt__person=person)
    acquirer, till = settings.ACQUIRER_PAYERS[0], settings.TILL_PAYERS[0]
    taken = [(one.receipt, moscow_day(one.captured_at), acquirer) for one in charges]
    taken += [(one.receipt, one.taken_on, till) for one in entries.select_related("receipt")]
    return [DemoLine(receipt, day, payer_account=account) for receipt, day, account in taken]


def _always(standing: Standing) -> bool:
    return True


def _paid_today(standing: Standing) -> bool:
    return {money.paid_on for money in standing.living} == {standing.today}


def _on_the_last_day(standing: Standing) -> bool:
    three_days_ago = standing.today - THREE_DAYS
    paid = {money.paid_on for money in standing.living}
    return standing.posted_through == three_days_ago and paid == {three_days_ago}


DETAILS = {
    State.VALID: lambda standing: not standing.living,
    State.READY: lambda standing: standing.months == 0,
    State.IN_TRANSIT: _on_the_last_day,
    State.UNSEEN: lambda standing: standing.last_covered == standing.today - THREE_DAYS,
}


def _issue_whose_cover_ends(day: date) -> tuple[date, int]:
    """A day of issue and whole months that cover exactly through `day`; the fewest months."""
    for months in range(1, 12):
        for back in range(27 * months, 32 * months):
            issued_on = day - timedelta(days=back)
            if coverage.covered_through(issued_on, months) == day:
                return issued_on, months
    raise AssertionError(f"no patent covers through {day}")
