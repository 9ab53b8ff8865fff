"""A file of 1CClientBankExchange 1.03; pure."""

from collections.abc import Sequence
from datetime import date, datetime

from sandbox import money
from sandbox.treasury.documents import ACCOUNT, KIND, day

SENDER = "Казначейство (песочница)"
RECEIVER = "ГБУ «Миграционный центр»"


def content(
    *,
    number: str,
    formed: datetime,
    on: date,
    opening: int,
    lines: Sequence[tuple[int, str]],
) -> bytes:
    """The statement of one day or of a piece of it, in cp1251 with CRLF.

    `lines` are signed kopecks with the text of the document; `opening` is the balance before them.
    Letters that cp1251 lacks become «?», as real banks send them.
    """
    head = "\r\n".join([*_header(number, formed, on), *_account(on, opening, lines), ""])
    text = head + "".join(text for _kopecks, text in lines) + "КонецФайла\r\n"
    return text.encode("cp1251", errors="replace")


def _header(number: str, formed: datetime, on: date) -> list[str]:
    return [
        "1CClientBankExchange",
        "ВерсияФормата=1.03",
        "Кодировка=Windows",
        f"Отправитель={SENDER}",
        f"Получатель={RECEIVER}",
        f"ДатаСоздания={day(formed)}",
        f"ВремяСоздания={formed:%H:%M:%S}",
        f"НомерФайла={number}",
        f"ДатаНачала={day(on)}",
        f"ДатаКонца={day(on)}",
        f"РасчСчет={ACCOUNT}",
        f"Документ={KIND}",
    ]


def _account(on: date, opening: int, lines: Sequence[tuple[int, str]]) -> list[str]:
    received = sum(kopecks for kopecks, _text in lines if kopecks > 0)
    written_off = -sum(kopecks for kopecks, _text in lines if kopecks < 0)
    return [
        "СекцияРасчСчет",
        f"ДатаНачала={day(on)}",
        f"ДатаКонца={day(on)}",
        f"РасчСчет={ACCOUNT}",
        f"НачальныйОстаток={money.roubles(opening)}",
        f"ВсегоПоступило={money.roubles(received)}",
        f"ВсегоСписано={money.roubles(written_off)}",
        f"КонечныйОстаток={money.roubles(opening + received - written_off)}",
        "КонецРасчСчет",
    ]
