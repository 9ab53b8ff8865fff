"""The Treasury's word for the demo people: whole-day statements up to yesterday."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from payments.services.completeness import open_account
from payments.services.statements import import_statement

from common.formats import short_day
from payments.models import Account, Receipt

ACCOUNT = "03100643000000018500"
OPENING_DAYS = 420
PAYER_ACCOUNT = "40817810900000000161"


@dataclass(frozen=True)
class DemoLine:
    """Money that reached the Treasury: for a receipt, paid on a day before."""

    receipt: Receipt
    paid_on: date


def report(lines: list[DemoLine], today: date) -> None:
    """Let the statements be complete through yesterday, with these lines in yesterday's."""
    account = _account(today)
    yesterday = today - timedelta(days=1)
    first = min(account.complete_through + timedelta(days=1), yesterday)
    if lines or account.complete_through < yesterday:
        name = f"demo-{today:%Y-%m-%d}-{len(lines)}.txt"
        import_statement(content=_statement(lines, first, yesterday).encode("cp1251"), name=name)


def _account(today: date) -> Account:
    account = Account.objects.filter(number=ACCOUNT).first()
    opening = today - timedelta(days=OPENING_DAYS)
    return account or open_account(number=ACCOUNT, counted_through=opening)


def _statement(lines: list[DemoLine], first: date, last: date) -> str:
    total = sum((line.receipt.amount for line in lines), Decimal(0))
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
    orders = [text for line in lines for text in _order(line, last)]
    return "\r\n".join([*head, *orders, "КонецФайла", ""])


def _order(line: DemoLine, posted_on: date) -> list[str]:
    receipt, snapshot = line.receipt, line.receipt.snapshot
    payer = snapshot["payer"]
    return [
        "СекцияДокумент=Платежное поручение",
        f"Номер={receipt.pk}",
        f"Дата={short_day(line.paid_on)}",
        f"Сумма={receipt.amount:.2f}",
        f"ПлательщикСчет={PAYER_ACCOUNT}",
        f"ДатаСписано={short_day(line.paid_on)}",
        f"ПлательщикИНН={payer['inn']}",
        f"Плательщик1={payer['last_name']} {payer['first_name']}",
        f"ПолучательСчет={ACCOUNT}",
        f"ДатаПоступило={short_day(posted_on)}",
        f"ПолучательИНН={snapshot['inn']}",
        f"ПолучательКПП={snapshot['kpp']}",
        f"Получатель1={snapshot['payee']}",
        "Код=0",
        f"СтатусСоставителя={snapshot['drawer_status']}",
        f"ПоказательКБК={snapshot['kbk']}",
        f"ОКАТО={snapshot['oktmo']}",
        "ПоказательОснования=0",
        "ПоказательПериода=0",
        "ПоказательНомера=0",
        "ПоказательДаты=0",
        f"НазначениеПлатежа={snapshot['purpose']}",
        "КонецДокумента",
    ]
