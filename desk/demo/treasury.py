"""The Treasury's word for the demo people: whole-day statements up to yesterday."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q

from common.formats import short_day
from payments.models import Account, Place, Placement, QueueReason, Receipt, StatementLine
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement

ACCOUNT = "03100643000000018500"
OPENING_DAYS = 420
PAYER_ACCOUNT = "40817810900000000161"
END = "КонецФайла"


@dataclass(frozen=True)
class DemoLine:
    """Money that reached the Treasury: for a receipt, paid on a day before."""

    receipt: Receipt
    paid_on: date
    less: Decimal = Decimal(0)  # than the receipt says: this money makes no month and is over
    payer_account: str = PAYER_ACCOUNT
    posted_on: date | None = None  # yesterday

    @property
    def amount(self) -> Decimal:
        return self.receipt.amount - self.less


def report(lines: list[DemoLine], today: date) -> None:
    """Let the statements be complete through yesterday, with these lines in yesterday's, or in
    those of their own days."""
    account = _account(today)
    yesterday = today - timedelta(days=1)
    days = [line.posted_on or yesterday for line in lines]
    first = min(account.complete_through + timedelta(days=1), yesterday, *days)
    if lines or account.complete_through < yesterday:
        orders = _seen(account, first, yesterday)
        orders += [_order(line, day) for line, day in zip(lines, days, strict=True)]
        name = f"demo-{today:%Y-%m-%d}-{len(lines)}.txt"
        text = _statement(orders, first, yesterday)
        import_statement(content=text.encode("cp1251"), name=name)


def _account(today: date) -> Account:
    account = Account.objects.filter(number=ACCOUNT).first()
    opening = today - timedelta(days=OPENING_DAYS)
    return account or open_account(number=ACCOUNT, counted_through=opening)


def _seen(account: Account, first: date, last: date) -> list[dict[str, str]]:
    """What other files showed of these days: a whole day leaves nothing out."""
    repeats = Placement.objects.current().filter(
        Q(place=Place.SET_ASIDE) | Q(queue_reason=QueueReason.REPEAT)
    )
    seen = StatementLine.objects.filter(account=account, posted_on__range=(first, last))
    return [line.raw for line in seen.exclude(placements__in=repeats).order_by("pk")]


def _statement(orders: list[dict[str, str]], first: date, last: date) -> str:
    total = sum((Decimal(order["Сумма"]) for order in orders), Decimal(0))
    head = [
        "1CClientBankExchange",
        "ВерсияФормата=1.03",
        "Кодировка=Windows",
        "Отправитель=Казначейство (демо)",
        f"ДатаСоздания={short_day(last + timedelta(days=1))}",
        "ВремяСоздания=00:10:00",
        f"ДатаНачала={short_day(first)}",
        f"ДатаКонца={short_day(last)}",
        f"РасчСчет={ACCOUNT}",
        "СекцияРасчСчет",
        f"ДатаНачала={short_day(first)}",
        f"ДатаКонца={short_day(last)}",
        f"РасчСчет={ACCOUNT}",
        "НачальныйОстаток=0.00",
        f"ВсегоПоступило={total:.2f}",
        "ВсегоСписано=0.00",
        f"КонечныйОстаток={total:.2f}",
        "КонецРасчСчет",
    ]
    return "\r\n".join([*head, *(row for order in orders for row in _section(order)), END, ""])


def _section(order: dict[str, str]) -> list[str]:
    facts = [f"{key}={value}" for key, value in order.items()]
    return ["СекцияДокумент=Платежное поручение", *facts, "КонецДокумента"]


def _order(line: DemoLine, posted_on: date) -> dict[str, str]:
    receipt, snapshot = line.receipt, line.receipt.snapshot
    payer = snapshot["payer"]
    return {
        "Номер": str(receipt.pk),
        "Дата": short_day(line.paid_on),
        "Сумма": f"{line.amount:.2f}",
        "ПлательщикСчет": line.payer_account,
        "ДатаСписано": short_day(line.paid_on),
        "ПлательщикИНН": payer["inn"],
        "Плательщик1": f"{payer['last_name']} {payer['first_name']}",
        "ПолучательСчет": ACCOUNT,
        "ДатаПоступило": short_day(posted_on),
        "ПолучательИНН": snapshot["inn"],
        "ПолучательКПП": snapshot["kpp"],
        "Получатель1": snapshot["payee"],
        "Код": "0",
        "СтатусСоставителя": snapshot["drawer_status"],
        "ПоказательКБК": snapshot["kbk"],
        "ОКАТО": snapshot["oktmo"],
        "ПоказательОснования": "0",
        "ПоказательПериода": "0",
        "ПоказательНомера": "0",
        "ПоказательДаты": "0",
        "НазначениеПлатежа": snapshot["purpose"],
    }
