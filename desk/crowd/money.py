"""A posted month of an invented person: receipt, charge, line and place."""

from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from uuid import uuid4

from accounts.models import User
from common import clock
from desk.crowd.days import MONTH, noon
from desk.crowd.numbers import reference
from desk.crowd.rows import Sample
from patents.models import Application
from payments import pricing
from payments.models import (
    Account,
    Charge,
    ChargeStatus,
    Claim,
    ClaimStatus,
    Outgoing,
    PayLink,
    Place,
    Placement,
    Receipt,
    ReceiptStatus,
    Statement,
    StatementLine,
    Till,
    TillPayment,
)
from payments.services.papers.receipts import COPIED_REQUISITES

MONTHLY = Decimal("8900.00")
ACCOUNT = "03100643000000018500"


def statement_of(today: date) -> Statement:
    first = today - 26 * MONTH
    account, _new = Account.objects.update_or_create(
        number=ACCOUNT,
        defaults={"counted_through": first, "complete_through": today - timedelta(days=1)},
    )
    return Statement.objects.create(
        content_hash=sha256(b"crowd").hexdigest(),
        file_name="crowd.txt",
        account=account,
        first_day=first,
        last_day=today,
        line_count=0,
        incoming=0,
        finished_at=clock.now(),
        odd_lines=0,
    )


def cash_desk() -> tuple[Till, User]:
    """A till and who stands at it."""
    till, _new = Till.objects.get_or_create(name="Касса измерений")
    cashier, _new = User.objects.get_or_create(username="crowd-cashier", is_staff=True)
    return till, cashier


def payment(sample: Sample, application: Application, paid_on: date) -> None:
    """A posted month: receipt, every second one by card, every fourth at the cash desk, line
    and place."""
    receipt = sample.add(_receipt(sample, application, paid_on))
    way = len(sample.rows[Receipt]) % 4
    charge = sample.add(_charge(receipt, paid_on)) if way % 2 else None
    at_till = sample.add(_at_till(sample, receipt, paid_on)) if way == 2 else None
    if way == 3:
        _by_link(sample, charge, paid_on)
    line = sample.add(_line(sample, receipt, paid_on))
    place = sample.add(
        Placement(
            line=line,
            place=Place.MATCHED,
            amount=MONTHLY,
            application=application,
            receipt=receipt,
            charge=charge,
            till_payment=at_till,
            months=1,
            paid_on=paid_on,
            reason="номер платежа и сумма сошлись",
        )
    )
    number = len(sample.rows[Receipt]) % 10
    if number == 7:
        sample.add(_cheque(place))
    if number == 3:
        sample.add(_given_back(sample, receipt, paid_on))


def _receipt(sample: Sample, application: Application, paid_on: date) -> Receipt:
    number = reference(next(sample.lines))
    return Receipt(
        reference=number,
        person=application.person,
        application=application,
        months=1,
        monthly=MONTHLY,
        amount=MONTHLY,
        formed_on=paid_on,
        snapshot=_snapshot(sample, application, number),
        status=ReceiptStatus.POSTED,
        posted_on=paid_on + timedelta(days=3),
    )


def requisites_on(day: date) -> dict:
    """What every paper repeats."""
    requisites = pricing.requisites_on(day)
    copied = {name: getattr(requisites, name) for name in COPIED_REQUISITES}
    return copied | {"account": ACCOUNT, "wording": requisites.purpose}


def _snapshot(sample: Sample, application: Application, number: str) -> dict:
    person = application.person
    names = {name: getattr(person, name) for name in ("last_name", "first_name", "middle_name")}
    return sample.requisites | {
        "application": application.number,
        "purpose": f"{sample.requisites['wording']}, квитанция MMC-{number}",
        "payer": {**names, "inn": "", "passport": ""},
        "patent": None,
        "price_until": None,
    }


def _charge(receipt: Receipt, paid_on: date) -> Charge:
    key = uuid4()
    return Charge(
        receipt=receipt,
        amount=MONTHLY,
        idempotence_key=key,
        provider_id=str(key),
        status=ChargeStatus.SUCCEEDED,
        captured_at=noon(paid_on),
    )


def _by_link(sample: Sample, charge: Charge, paid_on: date) -> None:
    """Every fourth month was paid by somebody else."""
    receipt = charge.receipt
    charge.payers = ["ООО «Стройка»"]
    sample.add(
        PayLink(
            token=f"crowd-{receipt.reference}",
            application=receipt.application,
            months=1,
            months_before=0,
            good_through=paid_on,
            receipt=receipt,
        )
    )


def _at_till(sample: Sample, receipt: Receipt, paid_on: date) -> TillPayment:
    return TillPayment(
        till=sample.till,
        cheque_number=str(next(sample.cheques)),
        taken_on=paid_on,
        receipt=receipt,
        amount=MONTHLY,
        recorded_by=sample.cashier,
    )


def _cheque(place: Placement) -> Claim:
    """Every tenth month was shown before it was posted."""
    return Claim(
        application=place.application,
        months=1,
        amount=MONTHLY,
        paid_on=place.paid_on,
        bank="Почта России",
        status=ClaimStatus.POSTED,
        placement=place,
    )


def _given_back(sample: Sample, receipt: Receipt, paid_on: date) -> Outgoing:
    """Beside every tenth month a sum left the account, and staff have looked whose it was."""
    return Outgoing(
        statement=sample.statement,
        account=sample.statement.account,
        application=receipt.application,
        digest=sha256(f"out {receipt.reference}".encode()).hexdigest(),
        occurrence=1,
        posted_on=paid_on + timedelta(days=5),
        amount=MONTHLY,
        purpose="Возврат излишне уплаченного",
        raw={},
        seen_at=noon(paid_on + timedelta(days=6)),
        seen_by=sample.cashier,
    )


def _line(sample: Sample, receipt: Receipt, paid_on: date) -> StatementLine:
    purpose = f"MMC {receipt.reference}"
    return StatementLine(
        statement=sample.statement,
        account=sample.statement.account,
        digest=sha256(receipt.reference.encode()).hexdigest(),
        occurrence=1,
        posted_on=paid_on + timedelta(days=3),
        document_number=str(len(sample.rows)),
        document_date=paid_on,
        amount=MONTHLY,
        payer_name=str(receipt.person),
        purpose=purpose,
        paid_on=paid_on,
        raw={"Назначение": purpose},
    )
