"""Whether an application or a receipt takes money, and for how many months more."""

from datetime import date
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from accounts.models import Person
from patents.inns import current_inn
from patents.models import Application, ApplicationStatus
from payments import coverage, pricing
from payments.errors import (
    AlreadyPaid,
    InnCorrected,
    MoneyWaits,
    MonthsBeyondCap,
    NothingToPay,
    PaperOfALink,
    PatentOver,
    PriceChanged,
    ReceiptCancelled,
    ReceiptTooLong,
    RequisitesCorrected,
    RequisitesUnknown,
)
from payments.facts import opening_money
from payments.models import (
    Charge,
    ChargeStatus,
    Claim,
    PayLink,
    Placement,
    Receipt,
    ReceiptStatus,
    Requisites,
    TillPayment,
)
from payments.promises import no_inn

COPIED_REQUISITES = (
    *("payee", "inn", "kpp", "account", "bank", "bank_short", "bic", "corr_account"),
    *("kbk", "oktmo", "drawer_status", "basis", "period", "document_number", "document_date"),
)


def months_counted(application: Application) -> int:
    """Months spoken for: posted, counted at go-live, taken and on their way, or on a cheque."""
    posted = Placement.objects.matched().filter(application=application)
    by_card, at_till = Charge.objects.unposted(), TillPayment.objects.unposted()
    shown = Claim.objects.living().filter(application=application)
    counted = sum(money.months for money in opening_money(application))
    for taken in (by_card, at_till):
        counted += _sum(taken.filter(receipt__application=application), "receipt__months")
    return counted + _sum(posted, "months") + _sum(shown, "months")


def months_left(application: Application) -> int:
    return max(0, coverage.MONTHS_IN_YEAR - months_counted(application))


def require_open(application: Application, on: date) -> None:
    """Refuse money for what can no longer become or prolong a patent (NothingToPay)."""
    if application.status == ApplicationStatus.REFUSED:
        raise NothingToPay(
            _(
                "This application was refused. Do not pay for it. Did you already pay? The money "
                "stays yours: it goes to a new application, or you get it back. Ask the centre."
            )
        )
    patent = getattr(application, "patent", None)
    if patent and patent.annulled_on and patent.annulled_on <= on:
        raise PatentOver(
            _(
                "This patent is annulled. Do not pay for it: to work, you need a new patent. Did "
                "you already pay? The money is not lost: it goes to a new application, or you may "
                "get it back. Keep the cheque and ask the centre."
            )
        )
    if patent and on > coverage.year_end(patent.issued_on):
        raise PatentOver(
            _(
                "The year of this patent is over. Do not pay for it: you need a new patent. Did "
                "you already pay? The money is not lost: it goes to a new application, or you may "
                "get it back. Keep the cheque and ask the centre."
            )
        )


def require_room(months: int, left: int) -> None:
    """Refuse more months than the patent's year has left (MonthsBeyondCap)."""
    if not 1 <= months <= left:
        raise MonthsBeyondCap(left)


def require_unpaid(receipt: Receipt) -> None:
    """Refuse money for a paper that has ended or whose money we already see."""
    if receipt.status == ReceiptStatus.CANCELLED:
        raise ReceiptCancelled
    if Receipt.objects.waiting().filter(pk=receipt.pk).exists():
        raise MoneyWaits
    by_card = receipt.charges.filter(status=ChargeStatus.SUCCEEDED)
    at_till = receipt.till_payments.standing()
    if receipt.status == ReceiptStatus.POSTED or by_card.exists() or at_till.exists():
        raise AlreadyPaid


def require_payable(receipt: Receipt, on: date) -> None:
    """Refuse money for a paper that cannot prolong its patent, or not by the person's own hand or
    at the window (Refusal says why)."""
    require_unpaid(receipt)
    require_of_no_link(receipt)
    require_good(receipt, on)


def require_of_no_link(receipt: Receipt) -> None:
    """Refuse the paper of a link to all but its payer (PaperOfALink): both would pay it."""
    if PayLink.objects.filter(receipt=receipt).exists():
        raise PaperOfALink


def require_good(receipt: Receipt, on: date) -> None:
    """Refuse an unpaid paper that no longer prolongs anything, whoever pays it."""
    require_open(receipt.application, on)
    require_current(receipt, on)
    require_length(receipt, months_left(receipt.application))


def require_current(receipt: Receipt, on: date) -> None:
    """Refuse a paper that would no longer be written as it is: its money would go astray, or buy
    no whole months (NoInn, InnCorrected, RequisitesCorrected, PriceChanged, and what is unknown).
    """
    inn = current_inn(receipt.person)
    if inn is None:
        raise no_inn(receipt.application)
    if not _has_inn(receipt, inn):
        raise InnCorrected
    require_price(receipt, on)
    if not _goes_to(receipt, pricing.requisites_on(on)):
        raise RequisitesCorrected


def _has_inn(receipt: Receipt, inn: str) -> bool:
    return receipt.snapshot["payer"]["inn"] == inn


def _goes_to(receipt: Receipt, requisites: Requisites) -> bool:
    """Whether the paper says what the requisites say, as far as it says anything of them."""
    said = {name: receipt.snapshot[name] for name in COPIED_REQUISITES if name in receipt.snapshot}
    return all(getattr(requisites, name) == value for name, value in said.items())


def require_price(receipt: Receipt, on: date) -> None:
    """Refuse a paper of another day's price (PriceChanged, TariffUnknown): the law counts the
    price of the day of payment, so the old sum no longer pays whole months."""
    monthly = pricing.tariff_on(on).monthly
    if monthly != receipt.monthly:
        raise PriceChanged(monthly)


def require_length(receipt: Receipt, left: int) -> None:
    """Refuse a paper for more months than are left (ReceiptTooLong, MonthsBeyondCap)."""
    if left < receipt.months:
        raise ReceiptTooLong(left) if left else MonthsBeyondCap(left)


def payable(person: Person, on: date, monthly: Decimal) -> list[Receipt]:
    """Papers of a person that are still worth paying at the day's price, newest first."""
    rows = Receipt.objects.unpaid().filter(person=person, monthly=monthly, pay_link=None)
    papers = list(rows.for_list())
    papers = _current(papers, current_inn(person), _known_requisites(on)) if papers else []
    left = {one: _open_months(one, on) for one in {paper.application for paper in papers}}
    return [paper for paper in papers if paper.months <= left[paper.application]]


def _current(papers: list[Receipt], inn: str | None, to: Requisites | None) -> list[Receipt]:
    if inn is None or to is None:
        return []
    return [paper for paper in papers if _has_inn(paper, inn) and _goes_to(paper, to)]


def _known_requisites(on: date) -> Requisites | None:
    try:
        return pricing.requisites_on(on)
    except RequisitesUnknown:
        return None


def _open_months(application: Application, on: date) -> int:
    try:
        require_open(application, on)
    except NothingToPay:
        return 0
    return months_left(application)


def _sum(rows, field: str) -> int:
    return rows.aggregate(total=Sum(field))["total"] or 0
