"""Filters of receipts, charges, tills, claims and the Treasury's money."""

from collections.abc import Callable
from datetime import date, timedelta

from common import clock
from payments.models import Requisites, Tariff
from tests.desk import rows
from tests.desk.filtered import Case, of_new, pair
from tests.factories import (
    ApplicationFactory,
    OpeningMonthsFactory,
    OutgoingFactory,
    PlacementFactory,
    ReceiptFactory,
    StatementFactory,
    TillFactory,
    TillPaymentFactory,
    cancelled_facts,
    counted_elsewhere,
)


def receipts():
    return ReceiptFactory(), ReceiptFactory(**cancelled_facts())


def tills():
    return tuple(TillPaymentFactory(till=TillFactory(name=f"Касса {number}")) for number in (1, 2))


def traces():
    """One whose money is still on its way, and one that the Treasury has shown."""
    open_now, ended = (rows.trace_of(ApplicationFactory()) for _number in range(2))
    PlacementFactory(application=ended.application, charge=ended.charge)
    return open_now, ended


def links() -> dict:
    """Of each state one: the last day of one has passed, the money of another one was taken."""
    paid = rows.charge_of(ApplicationFactory()).receipt
    return {
        "over": rows.pay_link(ApplicationFactory(), good_through=date(2026, 2, 14)),
        "alive": rows.pay_link(ApplicationFactory()),
        "paid": rows.pay_link(paid.application, receipt=paid),
    }


def link(state: str, other: str) -> Callable[[], tuple]:
    def made():
        found = links()
        return found[state], found[other]

    return made


def given_back() -> tuple:
    """Two charges that were given back; the Treasury shows the money of the first one, too."""
    returned = [rows.charge_of(ApplicationFactory(), status="refunded") for _number in range(2)]
    PlacementFactory(
        application=returned[0].receipt.application,
        receipt=returned[0].receipt,
        charge=returned[0],
    )
    return tuple(returned)


def old_claim():
    old, young = (rows.claim(ApplicationFactory()) for _number in range(2))
    long_ago = clock.now() - timedelta(days=31)
    type(old).objects.filter(pk=old.pk).update(created_at=long_ago)
    return old, young


def covers(stays: dict, goes: dict) -> Callable[[], tuple]:
    return pair(of_new(rows.claim), stays, goes)


def two_days_ago(make) -> Callable[[], tuple]:
    """A row of two days ago and one of today."""

    def made():
        old, young = make(), make()
        type(old).objects.filter(pk=old.pk).update(created_at=clock.now() - timedelta(days=2))
        return old, young

    return made


def silent_charge():
    return rows.charge_of(ApplicationFactory(), status="pending", captured_at=None)


def open_refund():
    return rows.refund_of(ApplicationFactory())


def refunds():
    ended = {"status": "canceled", "ended_at": clock.now(), "reason": "возврат не прошёл"}
    return rows.refund_of(ApplicationFactory()), rows.refund_of(ApplicationFactory(), **ended)


def regions(model, **facts) -> Callable[[], tuple]:
    def made():
        mine = model.objects.filter(region="77").order_by("valid_from").first()
        other = model.objects.get(pk=mine.pk)
        other.pk, other.region = None, "50"
        other.save()
        return mine, other

    return made


def credit():
    application = ApplicationFactory()
    facts = {"place": "credit", "months": 0, "paid_on": None, "application": application}
    return PlacementFactory(**facts), PlacementFactory(queued=True)


def of_refused():
    application = ApplicationFactory(refused=True)
    return PlacementFactory(application=application), PlacementFactory()


def closed(**facts):
    """What was decided before and counts no more."""
    row = PlacementFactory(closed_at=clock.now(), **facts)
    counted_elsewhere(row)
    return row


def rows_account(number: str):
    return StatementFactory(account__number=number).account


def queued(stays: dict, goes: dict | None = None) -> Callable[[], tuple]:
    return pair(PlacementFactory, {"queued": True, **stays}, {"queued": True, **(goes or {})})


def pays_by(day: date | None, other: date | None = None) -> Callable[[], tuple]:
    return queued({"urgent_on": day}, {"urgent_on": other})


CASES = {
    ("payments.Receipt", "status"): Case({"status__exact": "formed"}, receipts),
    ("payments.Charge", "status"): Case(
        {"status__exact": "succeeded"},
        pair(of_new(rows.charge_of), {}, {"status": "pending", "captured_at": None}),
    ),
    ("payments.Charge", "method"): Case(
        {"method__exact": "sbp"}, pair(of_new(rows.charge_of), {"method": "sbp"}, {})
    ),
    ("payments.Refund", "status"): Case({"status__exact": "new"}, refunds),
    ("payments.TillPayment", "till"): Case(
        lambda: {"till__id__exact": TillFactory(name="Касса 1").pk}, tills
    ),
    ("payments.OpeningMonths", "months"): Case(
        {"months": "3"}, pair(OpeningMonthsFactory, {"months": 3}, {"months": 5})
    ),
    ("payments.Statement", "account"): Case(
        lambda: {"account__id__exact": rows_account("03100643000000018500").pk},
        pair(
            StatementFactory,
            {"account__number": "03100643000000018500"},
            {"account__number": "03100643000000018511"},
        ),
    ),
    ("payments.Trace", "SearchFilter"): Case({}, traces),
    ("payments.Claim", "status"): Case(
        {"status__exact": "open"},
        lambda: (
            rows.claim(ApplicationFactory()),
            rows.claim(ApplicationFactory(), **rows.rejected()),
        ),
    ),
    ("payments.Claim", "Covers"): Case(
        {"covers": "none"}, covers({"months": 0, "amount": 5000}, {})
    ),
    ("payments.Tariff", "region"): Case({"region": "77"}, regions(Tariff)),
    ("payments.Requisites", "region"): Case({"region": "77"}, regions(Requisites)),
    ("payments.Outgoing", "SeenFilter"): Case({}, pair(OutgoingFactory, {}, {"seen": True})),
    ("payments.Placement", "ShownFilter"): Case({}, pair(PlacementFactory, {"queued": True}, {})),
    ("payments.Placement", "QueueReasonFilter"): Case(
        {"kind": "late"},
        pair(PlacementFactory, {"queued": True, "queue_reason": "late"}, {"queued": True}),
    ),
    ("payments.Placement", "ScoreFilter"): Case({"sure": "likely"}, queued({"score": 80})),
    ("payments.Placement", "DaysFilter"): Case({"left": "soon"}, pays_by(date(2026, 2, 25))),
}
# What makes a row that a choice shows and one that it does not.
CHOICES = {
    ("payments.Charge", "QuestionFilter", "twice"): pair(
        of_new(rows.charge_of), {"is_second": True}, {}
    ),
    ("payments.Charge", "QuestionFilter", "endless"): two_days_ago(silent_charge),
    ("payments.Charge", "QuestionFilter", "posted"): given_back,
    ("payments.Refund", "EndlessFilter", "endless"): two_days_ago(open_refund),
    ("payments.PayLink", "StateFilter", "paid"): link("paid", "alive"),
    ("payments.PayLink", "StateFilter", "alive"): link("alive", "paid"),
    ("payments.PayLink", "StateFilter", "over"): link("over", "alive"),
    ("payments.Claim", "Overdue", "overdue"): old_claim,
    ("payments.Claim", "Covers", "months"): covers({}, {"months": 0, "amount": 5000}),
    ("payments.Claim", "Covers", "none"): covers({"months": 0, "amount": 5000}, {}),
    ("payments.Placement", "ShownFilter", "credit"): credit,
    ("payments.Placement", "ShownFilter", "refused"): of_refused,
    ("payments.Placement", "ScoreFilter", "known"): queued({"score": 92}, {"score": 80}),
    ("payments.Placement", "ScoreFilter", "likely"): queued({"score": 80}, {"score": 92}),
    ("payments.Placement", "ScoreFilter", "maybe"): queued({"score": 45}),
    ("payments.Placement", "ScoreFilter", "nobody"): queued({}, {"score": 45}),
    ("payments.Placement", "DaysFilter", "over"): pays_by(date(2026, 2, 19), date(2026, 2, 20)),
    ("payments.Placement", "DaysFilter", "soon"): pays_by(date(2026, 3, 2), date(2026, 3, 3)),
    ("payments.Placement", "DaysFilter", "later"): pays_by(date(2026, 3, 3), date(2026, 3, 2)),
    ("payments.Placement", "DaysFilter", "unknown"): pays_by(None, date(2026, 3, 2)),
    ("payments.Placement", "ShownFilter", "current"): lambda: (PlacementFactory(), closed()),
}
