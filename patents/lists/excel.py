"""What Excel does to numbers of papers: undone where only one answer is possible, else refused."""

import re

SHORTENED = re.compile(r"[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+|[0-9]+[.,][0-9]+")
IDS = ["number", "passport", "migration_card", "centre_sim", "own_phone"]
TAJIK_PASSPORT = 9  # digits only, nine as far as is known; the preview shows what was mended
MIGRATION_CARD = 11  # four and seven digits


def shortened(cells: dict[str, str]) -> list[str]:
    """Columns whose number lies in the file as 1,38E+06: its digits are lost."""
    return [key for key in IDS if SHORTENED.fullmatch(cells[key])]


def with_zeros(cells: dict[str, str], country: str) -> dict[str, str]:
    """The zero in front that Excel ate, where the number's length is known and one is missing."""
    mended = dict(cells)
    if country == "TJK":
        mended["passport"] = _one_more(cells["passport"], TAJIK_PASSPORT)
    mended["migration_card"] = _one_more(cells["migration_card"], MIGRATION_CARD)
    return mended


def _one_more(text: str, length: int) -> str:
    return f"0{text}" if re.fullmatch(r"[1-9][0-9]*", text) and len(text) == length - 1 else text
