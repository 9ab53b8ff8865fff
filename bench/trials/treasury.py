"""The Treasury of one trial: an account of its own, and the files that tell of it."""

from datetime import timedelta
from decimal import Decimal

from bench.trials.notices import notice, package
from bench.trials.orders import BANK, Order
from common.clock import today
from common.formats import short_day
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement


class Treasury:
    """Tells of orders in pieces of a day, sometimes of a piece twice; each piece has its number."""

    def __init__(self, number: int):
        self.account = f"03100643{number:012d}"
        self.told = Decimal(0)
        self.files = 0
        open_account(number=self.account, counted_through=today() - timedelta(days=400))

    def tell(self, orders: list[Order], *, times: int = 1) -> None:
        content, name = self._piece(orders).encode("cp1251"), f"{self.account}-{self.files}.txt"
        self.told += sum((order.amount for order in orders), Decimal(0))
        for _time in range(times):
            import_statement(content=content, name=name)

    def notify(self, orders: list[Order], *, times: int = 1) -> None:
        """As `tell`, by ГИС ГМП: who brought the money is not said."""
        self.files += 1
        numbers = [f"{self.account[-12:]}{self.files:08d}{n:04d}" for n in range(len(orders))]
        pairs = zip(numbers, orders, strict=True)
        told = package(notice(self.account, number, order) for number, order in pairs)
        self.told += sum((order.amount for order in orders), Decimal(0))
        for _time in range(times):
            import_statement(content=told, name=f"{self.account}-{self.files}.xml")

    def _piece(self, orders: list[Order]) -> str:
        self.files += 1
        minutes, seconds = divmod(self.files, 60)
        day = short_day(today())
        head = [
            "1CClientBankExchange",
            *("ВерсияФормата=1.03", "Кодировка=Windows", "Отправитель=Казначейство"),
            *(f"ДатаСоздания={day}", f"ВремяСоздания=06:{minutes:02d}:{seconds:02d}"),
            *(f"НомерФайла={self.files}", f"ДатаНачала={day}", f"ДатаКонца={day}"),
            f"РасчСчет={self.account}",
        ]
        rows = (row for n, order in enumerate(orders) for row in self._document(order, n, day))
        return "\r\n".join([*head, *rows, "КонецФайла", ""])

    def _document(self, order: Order, n: int, day: str) -> list[str]:
        paid = {"Дата": day, "ДатаСписано": day} if order.payer == BANK else {"Дата": day}
        facts = {
            "Номер": f"{self.files}{n:02d}",
            **paid,
            "Сумма": f"{order.amount:.2f}",
            "ПлательщикСчет": order.payer,
            "ПлательщикИНН": order.inn,
            "Плательщик1": "Проба Платежа",
            "ПолучательСчет": self.account,
            "ДатаПоступило": day,
            "ПолучательИНН": "7727406020",
            "НазначениеПлатежа": order.purpose,
        }
        lines = [f"{key}={value}" for key, value in facts.items()]
        return ["СекцияДокумент=Платежное поручение", *lines, "КонецДокумента"]
