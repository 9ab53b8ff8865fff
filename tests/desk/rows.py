"""A row of each list of the desk, about somebody: what its columns and filters look at."""

from datetime import date, datetime

from accounts.models import Approval, TimelineEntry
from common import clock
from common.clock import MOSCOW
from journal.models import Look
from notifications.models import Message
from patents.models import Application, DocumentKind, Paper
from payments.models import Claim, ClaimStatus, PayLink, SignedCode
from tests.factories import (
    ChargeFactory,
    FeedItemFactory,
    OpeningMonthsFactory,
    OutgoingFactory,
    PlacementFactory,
    ReceiptFactory,
    RefundFactory,
    StaffFactory,
    TillPaymentFactory,
    TraceFactory,
)


def message(**facts) -> Message:
    now = clock.now()
    count = Message.objects.count()
    made = {"event": "patents.ready", "subject_id": 1, "key": f"row-{count}"}
    return Message.objects.create(**made | {"next_try_at": now, "expires_at": now} | facts)


def paper(application: Application, **facts) -> Paper:
    kind = facts.pop("kind", None) or DocumentKind.objects.get(slug="passport")
    made = {"application": application, "kind": kind, "handed_on": date(2026, 1, 3)}
    return Paper.objects.create(**made | facts)


def approval(person, **facts) -> Approval:
    made = {"kind": "phone", "reason": "паспорт", "asked_by": StaffFactory()}
    return Approval.objects.create(person=person, **made | facts)


def decided() -> dict:
    return {"decided_by": StaffFactory(), "decided_at": clock.now(), "granted": True}


def claim(application: Application, **facts) -> Claim:
    made = {"months": 1, "amount": 10000, "paid_on": date(2026, 2, 14)}
    return Claim.objects.create(application=application, **made | facts)


def rejected() -> dict:
    return {
        "status": ClaimStatus.REJECTED,
        "reason": "чужой чек",
        "decided_by": StaffFactory(),
        "decided_at": clock.now(),
    }


def signed_code(application: Application, **facts) -> SignedCode:
    count = SignedCode.objects.count()
    made = {"serial": f"ABCDEFG{count:02d}", "code": "x", "snapshot": {}}
    days = {"made_on": date(2026, 2, 14), "good_through": date(2026, 3, 14)}
    charge = charge_of(application)
    return SignedCode.objects.create(application=application, charge=charge, **made | days | facts)


def pay_link(application: Application, **facts) -> PayLink:
    made = {"token": f"token-{PayLink.objects.count()}", "months": 1, "months_before": 0}
    days = {"good_through": date(2099, 1, 1)}
    return PayLink.objects.create(application=application, **made | days | facts)


def charge_of(application: Application, **facts):
    receipt = ReceiptFactory(application=application)
    return ChargeFactory(receipt=receipt, **facts)


def refund_of(application: Application, **facts):
    charge = charge_of(application)
    return RefundFactory(charge=charge, approval=approval(application.person, **decided()), **facts)


def trace_of(application: Application, **facts):
    taken = datetime(2026, 1, 10, 12, tzinfo=MOSCOW)
    return TraceFactory(charge=charge_of(application, captured_at=taken), **facts)


ABOUT = {
    "accounts.Person": lambda one: one.person,
    "accounts.TimelineEntry": lambda one: TimelineEntry.objects.create(
        person=one.person, kind="person-registered"
    ),
    "accounts.Approval": lambda one: approval(one.person),
    "journal.Look": lambda one: Look.objects.create(
        actor_id=7, person_id=one.person_id, page="person"
    ),
    "notifications.Message": lambda one: message(person_id=one.person_id),
    "patents.Application": lambda one: one,
    "patents.Patent": lambda one: one.patent,
    "patents.Inn": lambda one: one.person.inns.get(),
    "patents.Paper": paper,
    "patents.FeedItem": lambda one: FeedItemFactory(application=one),
    "payments.Receipt": lambda one: ReceiptFactory(application=one),
    "payments.Charge": charge_of,
    "payments.Refund": refund_of,
    "payments.TillPayment": lambda one: TillPaymentFactory(receipt=ReceiptFactory(application=one)),
    "payments.Trace": trace_of,
    "payments.Claim": claim,
    "payments.SignedCode": signed_code,
    "payments.Outgoing": lambda one: OutgoingFactory(application=one),
    "payments.PayLink": pay_link,
    "payments.OpeningMonths": lambda one: OpeningMonthsFactory(application=one),
    "payments.Placement": lambda one: PlacementFactory(application=one),
    "payments.StatementLine": lambda one: PlacementFactory(application=one).line,
}
