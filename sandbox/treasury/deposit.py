"""The register of a cash desk's deposit: a worker a line, `receipt;INN;name;sum`."""

import re

from sandbox import money
from sandbox.errors import Refused

LONGEST = 40_000
SHAPE = "Строка реестра пишется так: квитанция;ИНН;фамилия и имя;10000.00"


def read(text: str) -> list[dict[str, str]]:
    """Workers of the register; `Refused` with the line that cannot be read."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise Refused("Вставьте реестр из отчёта кассы.")
    return [_worker(number, line) for number, line in enumerate(lines, start=1)]


def _worker(number: int, line: str) -> dict[str, str]:
    parts = [part.strip() for part in line.split(";")]
    if len(parts) != 4 or not re.fullmatch(r"|[0-9]{10,12}", parts[1]):
        raise Refused(f"Строка {number} не читается. {SHAPE}")
    receipt, inn, payer, amount = parts
    return {
        "receipt": receipt[:40],
        "inn": inn,
        "payer": payer[:160],
        "sum": money.roubles(money.kopecks(amount)),
    }
