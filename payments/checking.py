"""What a paper in somebody's hand is: a receipt of ours, and where its money is; a stranger's; or
one of ours with something changed in it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from stdnum.ru import inn as stdnum_inn

from accounts.models import Person
from payments import fiscal_code, gost, printing, reference
from payments.fiscal_code import FiscalCheque
from payments.models import Charge, ChargeStatus, Claim, Placement, Receipt, TillPayment
from payments.models.receipts import waiting_and_named

MOST = 20  # receipts of one person on a page
NEAR = timedelta(minutes=15)  # between the acquirer's word and the cheque it prints
WORDS = {
    "Name": _("payee"),
    "PersonalAcc": _("account"),
    "BankName": _("bank"),
    "BIC": _("BIC of the bank"),
    "CorrespAcc": _("correspondent account"),
    "Sum": _("sum in kopecks"),
    "Purpose": _("purpose"),
    "PayeeINN": _("payee's INN"),
    "PayerINN": _("payer's INN"),
    "KPP": _("KPP"),
    "CBC": _("KBK"),
    "OKTMO": _("OKTMO"),
    "LastName": _("last name"),
    "FirstName": _("first name"),
    "MiddleName": _("middle name"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that does not say what we wrote; empty: it is missing."""

    key: str
    ours: str
    theirs: str

    @property
    def words(self) -> str:
        return str(WORDS.get(self.key, self.key))


@dataclass(frozen=True, slots=True)
class Known:
    """A receipt of ours with everything that is known of its money."""

    receipt: Receipt
    charges: tuple[Charge, ...]
    taken: tuple[TillPayment, ...]
    places: tuple[Placement, ...]
    differences: tuple[Difference, ...] = ()

    @property
    def charge(self) -> Charge | None:
        """Money that the acquirer took and nobody gave back."""
        taken = (one for one in self.charges if one.status == ChargeStatus.SUCCEEDED)
        return next(taken, None)

    @property
    def given_back(self) -> Charge | None:
        return next((one for one in self.charges if one.status == ChargeStatus.REFUNDED), None)

    @property
    def at_till(self) -> TillPayment | None:
        return next(iter(self.taken), None)

    @property
    def posted(self) -> Placement | None:
        return next((one for one in self.places if one.months), None)

    @property
    def waiting(self) -> tuple[Placement, ...]:
        return tuple(one for one in self.places if one.queue_reason)

    @property
    def is_paid(self) -> bool:
        return bool(self.charge or self.at_till or self.posted)


@dataclass(frozen=True, slots=True)
class Answer:
    """`is_code`: a bank's or a cheque's code was read, so that nothing found means not ours."""

    known: tuple[Known, ...] = ()
    claims: tuple[Claim, ...] = ()
    is_code: bool = False
    cheque: FiscalCheque | None = None
    fields: dict = field(default_factory=dict)

    @property
    def found(self) -> bool:
        return bool(self.known or self.claims)

    @property
    def people(self) -> set[int]:
        shown = {one.receipt.person_id for one in self.known}
        return shown | {claim.application.person_id for claim in self.claims}


def check(said: str | bytes) -> Answer:
    """What is known of a scanned code, a receipt's number, an INN or an application's number."""
    text = said if isinstance(said, str) else said.decode("utf-8", "replace")
    text = text.replace("\x00", "")  # PostgreSQL knows no such letter
    if re.match(r"\s*ST\d{4}[123]", text):
        return _of_bank_code(said)
    scanned = fiscal_code.read(text)
    return _of_cheque(scanned) if scanned else _of_number(text)


# --- a bank's code


def _of_bank_code(said: str | bytes) -> Answer:
    readings = list(_readings(said))
    numbers = {one for read in readings for one in reference.find_in(read.get("Purpose", ""))}
    receipts = Receipt.objects.for_list().filter(reference__in=numbers)
    known = [_compared(one, readings) for one in _known(receipts)]
    return Answer(tuple(known), is_code=True, fields=readings[0] if readings else {})


def _readings(said: str | bytes) -> Iterable[dict[str, str]]:
    """A scanner's own idea of the encoding may be wrong: each way to read it again."""
    ways = [said]
    if isinstance(said, str):
        said = said.strip()
        ways = [said, *filter(None, (_again(said, one) for one in ("latin-1", "cp1251", "cp866")))]
    for one in ways:
        try:
            yield gost.parse(one)
        except gost.PayloadError:
            continue


def _again(text: str, encoding: str) -> bytes | None:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return None


def _compared(known: Known, readings: list[dict[str, str]]) -> Known:
    """By the reading that is nearest to what we wrote."""
    ours = gost.parse(printing.qr_payload(known.receipt))
    found = min((differences(ours, read) for read in readings), key=len)
    return Known(known.receipt, known.charges, known.taken, known.places, found)


def differences(ours: dict[str, str], theirs: dict[str, str]) -> tuple[Difference, ...]:
    """Every field that is changed, missing or added; spaces do not count."""
    keys = [*ours, *(key for key in theirs if key not in ours)]
    pairs = ((key, _plain(ours.get(key)), _plain(theirs.get(key))) for key in keys)
    return tuple(Difference(*pair) for pair in pairs if pair[1] != pair[2])


def _plain(value: str | None) -> str:
    return " ".join((value or "").split())


# --- a cheque's code


def _of_cheque(cheque: FiscalCheque) -> Answer:
    """By the fiscal sign, or by what the cheque of our charge or of a shown one would say."""
    typed = Q(fiscal_sign="", cheque_number=cheque.number)
    typed &= Q(taken_on=cheque.paid_on, amount=cheque.amount)
    at_till = TillPayment.objects.standing().filter(Q(fiscal_sign=cheque.fiscal_sign) | typed)
    by_card = Charge.objects.filter(
        amount=cheque.amount, captured_at__range=(cheque.at - NEAR, cheque.at + NEAR)
    )
    receipts = Receipt.objects.for_list().filter(
        Q(pk__in=at_till.values("receipt")) | Q(pk__in=by_card.values("receipt"))
    )
    claims = Claim.objects.for_list().filter(
        amount=cheque.amount,
        paid_on=cheque.paid_on,
        document_number__in=[cheque.number, cheque.sign],
    )
    return Answer(tuple(_known(receipts)), tuple(claims[:MOST]), is_code=True, cheque=cheque)


# --- what is typed


def _of_number(text: str) -> Answer:
    receipts = Receipt.objects.for_list().filter(_named(text))
    return Answer(tuple(_known(receipts)))


def _named(text: str) -> Q:
    digits = "".join(text.split())
    number = reference.normalise(text)
    named = Q(application__number=digits)
    if reference.is_valid(number):
        named |= Q(reference=number)
    if len(digits) == 12 and stdnum_inn.is_valid(digits):
        people = Person.objects.filter(inns__value=digits)
        named |= Q(person__in=people.values("pk")) | Q(snapshot__payer__inn=digits)
    taken = TillPayment.objects.standing().filter(cheque_number=digits)
    return named | Q(pk__in=taken.values("receipt"))


def _known(receipts) -> Iterable[Known]:
    """The newest first, with their money; five questions, however many."""
    found = list(receipts.order_by("-created_at", "-pk")[:MOST])
    charges = _by_receipt(Charge.objects.filter(receipt__in=found))
    taken = TillPayment.objects.standing().filter(receipt__in=found).select_related("till")
    places = Placement.objects.current().filter(receipt__in=found).select_related("line")
    taken, places = _by_receipt(taken), _by_receipt(places)
    waiting = list(waiting_and_named(found).select_related("line", "application"))
    for one in found:
        mine = [tuple(rows.get(one.pk, ())) for rows in (charges, taken, places)]
        mine[-1] += tuple(row for row in waiting if _names(row, one))
        yield Known(one, *mine)


def _names(row: Placement, receipt: Receipt) -> bool:
    """Whether waiting money is for this paper: its line says so, and it is nobody else's."""
    of_another = row.application and row.application.person_id != receipt.person_id
    return not of_another and receipt.reference in reference.find_in(row.line.purpose)


def _by_receipt(rows) -> dict[int, list]:
    found = {}
    for row in rows:
        found.setdefault(row.receipt_id, []).append(row)
    return found
