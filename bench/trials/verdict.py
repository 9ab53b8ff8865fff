"""What a trial came to: counted where the money is, at the acquirer, and compared with us."""

from collections import Counter
from dataclasses import dataclass, fields
from decimal import Decimal

from django.db.models import Sum
from django.db.models.functions import Coalesce

from accounts.models import TimelineEntry
from bench.trials.elsewhere import Elsewhere
from bench.trials.world import World
from common.clock import today
from notifications.models import Message
from payments import timeline
from payments.models import Charge, ChargeStatus, Placement, StatementLine, TillPayment
from payments.pricing import monthly_on
from payments.reference import display
from payments.services.online.charge_sweep import KEY_LIFE

TAKEN = {ChargeStatus.SUCCEEDED, ChargeStatus.REFUNDED}


@dataclass
class Verdict:
    taken: int = 0  # payments that the acquirer took
    double: int = 0  # of them, unmarked, for a month that another one or cash had paid for
    lost: int = 0  # of them, not known to us as taken
    invented: int = 0  # known to us as taken, and not taken
    untold: int = 0  # taken, and the person not told exactly once, or not that it came twice
    marked_wrong: int = 0  # second money where no other money came: they paid once
    open: int = 0  # charges that never came to an end
    given_back: int = 0
    given_back_wrong: int = 0  # refunds that we and the acquirer see differently, or two of one
    posted: int = 0  # lines of the Treasury, of whatever money
    astray: int = 0  # roubles of them that stand in no place or in two, or bought other months
    searched: int = 0  # taken online or at the till, shown by a line, and still looked for

    def __add__(self, other: "Verdict") -> "Verdict":
        return Verdict(
            *(getattr(self, one.name) + getattr(other, one.name) for one in fields(self))
        )

    @property
    def is_clean(self) -> bool:
        return not (
            self.double
            or self.lost
            or self.invented
            or self.untold
            or self.marked_wrong
            or self.open
            or self.given_back_wrong
            or self.astray
            or self.searched
        )


def settle(world: World, traveller) -> None:
    """All that is late comes to its end: no more faults, pages close, the sweep goes round."""
    world.acquirer.faulty, world.kills = 0.0, 0.0
    for hours in (2, 2, KEY_LIFE.total_seconds() / 3600, 2):
        traveller.shift(hours * 3600)
        world.acquirer.pass_time()
        world.sweep()
    world.elsewhere.post_all()


def judge(world: World) -> Verdict:
    charges = {one.provider_id: one for one in world._charges()}
    paid = {row["id"] for row in world.acquirer.payments.values() if row["status"] == "succeeded"}
    known = {pk for pk, one in charges.items() if one.status in TAKEN}
    back = Counter(row["payment_id"] for row in world.acquirer.refunds.values())
    ours_back = {pk for pk, one in charges.items() if one.status == ChargeStatus.REFUNDED}
    return Verdict(
        taken=len(paid),
        double=_double(world, charges, paid - set(back)),
        lost=len(paid - known),
        invented=len(known - paid),
        untold=sum(not _told_once(charges[pk]) for pk in known & paid),
        marked_wrong=_marked_wrong(world, charges, paid - set(back)),
        open=sum(one.status in ("new", "pending") for one in charges.values()),
        given_back=len(back),
        given_back_wrong=len(ours_back ^ set(back)) + sum(n - 1 for n in back.values()),
        **_of_the_lines(world),
    )


def _double(world: World, charges: dict[str, Charge], paid: set[str]) -> int:
    """Kept payments beyond the first for one receipt or one month, by the acquirer's own words."""
    receipts = Counter(world.acquirer.payments[pk]["metadata"]["receipt"] for pk in paid)
    months = Counter(
        month
        for pk in paid
        if (one := charges.get(pk)) and one.first_month
        for month in range(one.first_month, one.last_month + 1)
    )
    online = sum(n - 1 for n in receipts.values()) + sum(n - 1 for n in months.values())
    return online + _beside_cash(world, [charges[pk] for pk in paid & set(charges)])


def _beside_cash(world: World, kept: list[Charge]) -> int:
    """Payments for a paper whose cash the till has, or on a page that was open while it was taken.

    Those pages were opened for the months that the cash paid. One that is marked as second money
    pays later months, and one that we have not heard of yet may still be marked.
    """
    heard = [one for one in kept if one.status == ChargeStatus.SUCCEEDED and not one.is_second]
    cash = TillPayment.objects.standing().filter(receipt__application=world.application)
    return sum(_is_double(world, taken, charge) for taken in cash for charge in heard)


def _is_double(world: World, taken: TillPayment, charge: Charge) -> bool:
    same_paper = taken.receipt_id == charge.receipt_id
    return same_paper or charge.provider_id in world.elsewhere.beside.get(taken.pk, ())


def _marked_wrong(world: World, charges: dict[str, Charge], kept: set[str]) -> int:
    """Those marked as second where neither the acquirer, a till nor a bank has other money."""
    papers = Counter(charges[pk].receipt_id for pk in kept & set(charges))
    seconds = [charges[pk] for pk in kept & set(charges) if charges[pk].is_second]
    cash = TillPayment.objects.standing().filter(receipt__application=world.application)
    return sum(
        papers[one.receipt_id] == 1
        and one.receipt_id not in world.elsewhere.at_banks
        and not any(_is_paid_by(world, taken, one) for taken in cash)
        for one in seconds
    )


def _is_paid_by(world: World, taken: TillPayment, charge: Charge) -> bool:
    """A page may be paid before it is left, and the acquirer's word come after both."""
    left_for_it = charge.left_at and taken.pk in world.elsewhere.instead_of_a_page
    return left_for_it or _is_double(world, taken, charge)


def _told_once(charge: Charge) -> bool:
    kinds = [timeline.TAKEN_AGAIN]
    if not charge.is_second:
        kinds += [timeline.TAKEN, timeline.TAKEN_BY_LINK]
    said = TimelineEntry.objects.filter(
        person_id=charge.receipt.person_id,
        kind__in=kinds,
        facts__receipt=display(charge.receipt.reference),
    )
    messages = Message.objects.filter(key=f"payment-taken:{charge.pk}")
    return messages.count() == 1 and said.count() >= 1


def _of_the_lines(world: World) -> dict[str, int]:
    there = world.elsewhere
    lines = StatementLine.objects.filter(account__number=there.treasury.account)
    places = Placement.objects.current().filter(line__in=lines)
    return {
        "posted": lines.count(),
        "astray": int(_astray(there, lines, places)),
        "searched": 0 if there.is_anything_under_way() else there.living(),
    }


def _astray(there: Elsewhere, lines, places) -> Decimal:
    """Roubles: told of and not kept, kept and not in their places, in months that cost more."""
    kept = lines.aggregate(total=Sum("amount", default=0))["total"]
    placed = dict(places.values_list("line").annotate(total=Sum("amount")).order_by("line"))
    wrong = sum(abs(line.amount - placed.get(line.pk, 0)) for line in lines)
    monthly = monthly_on(today())
    months = places.matched().values_list(Coalesce("completed_by", "pk"))
    months = months.annotate(paid=Sum("amount"), bought=Sum("months")).order_by()
    bought = sum(abs(paid - count * monthly) for _last, paid, count in months)
    return abs(there.treasury.told - kept) + wrong + bought
