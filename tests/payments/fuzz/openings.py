"""The opening file as a target: what its sheets say, without the packing that Excel puts around.

A mutated archive is a broken archive; sheets, rows and cells divided by signs of ASCII are not.
"""

from datetime import date
from decimal import Decimal

from common.errors import Refusal
from payments.opening.book import Book, of_lines
from payments.opening.columns import SHEETS
from payments.opening.faults import Faults
from payments.opening.position import Position, position
from tests.payments import opening_files as files

SHEET, ROW, CELL = "\x1c", "\x1e", "\x1f"
COUNTRIES = {"uzb": "UZB", "узбекистан": "UZB", "tjk": "TJK"}


def one_opening(content: bytes) -> bool:
    """Facts that agree with each other, or a reason in words for every fault; True when taken."""
    faults = Faults()
    try:
        found = position(_book(content), COUNTRIES, faults)
    except Refusal as refused:
        if not str(refused):
            raise AssertionError("a refusal without a sentence") from refused
        return False
    if faults:
        assert all(map(str, faults.in_order()))
        return False
    _must_be_sane(found)
    return True


def packed(sheets: dict[str, list[dict[str, str]]]) -> bytes:
    """Rows by the keys of their columns."""
    return SHEET.join(_sheet(sheets[sheet.key]) for sheet in SHEETS).encode()


def _sheet(rows: list[dict[str, str]]) -> str:
    heads = list(rows[0])
    return ROW.join(CELL.join(cells) for cells in [heads, *(row.values() for row in rows)])


def _book(content: bytes) -> Book:
    parts = content.decode("utf-8", errors="replace").split(SHEET)
    parts += [""] * (len(SHEETS) - len(parts))
    return of_lines({sheet.key: _lines(part) for sheet, part in zip(SHEETS, parts, strict=False)})


def _lines(part: str) -> list[list[str]]:
    """As tables have them: texts without spaces around, every row as wide as the widest."""
    rows = [[cell.strip() for cell in row.split(CELL)] for row in part.split(ROW)]
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def _must_be_sane(found: Position) -> None:
    [totals] = found.totals
    people = {row["person"] for row in found.people}
    numbers = {row["number"] for row in found.applications}
    assert (totals["people"], totals["applications"]) == (len(people), len(numbers))
    assert len(numbers) == len(found.applications)
    assert {row["person"] for row in found.applications} <= people
    assert {row["number"] for row in found.patents} <= numbers
    for row in found.applications:
        assert isinstance(row["accepted_on"], date)
        assert 0 <= row["months"] <= 12
        assert isinstance(row["amount"], Decimal)
        assert 0 <= row["amount"] <= 10**8
        assert row["amount"] == round(row["amount"], 2)


def _years_ago(row: dict[str, str]) -> dict[str, str]:
    """On whatever day the fuzzer runs, these days have come."""
    return {key: str(text).replace(".2026", ".2021") for key, text in row.items()}


WAITING = files.APPLICATION | {
    "number": "2381162",
    "person": "18",
    "status": "готов",
    "first_paid_on": "",
    "months": "",
    "amount": "",
}
OTHER = files.PERSON | {"person": "18", "passport": "FA7654321", "inn": "", "inn_since": ""}
TOTALS = {"people": "2", "applications": "2", "patents": "1", "months": "3", "amount": "30000,00"}
SHEETS_OF_TWO = {
    "people": [files.PERSON, OTHER | {"centre_sim": "8 916 123-45-68"}],
    "applications": [files.APPLICATION, WAITING],
    "patents": [files.PATENT],
    "accounts": [files.COUNTED],
    "totals": [TOTALS],
}
OPENINGS = [packed({key: list(map(_years_ago, rows)) for key, rows in SHEETS_OF_TWO.items()})]
