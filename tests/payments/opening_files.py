"""Opening files for tests: one person with one patent, and what a test changes about it."""

from common.sheets import workbook_of

ACCOUNT = "03100643000000018500"
INN = "775100004210"
PERSON = {
    "person": "17",
    "last_name": "Каримов",
    "first_name": "Тимур",
    "birth_date": "17.05.1990",
    "citizenship": "UZB",
    "passport": "FA1234567",
    "centre_sim": "8 916 123-45-67",
    "inn": INN,
    "inn_since": "20.01.2026",
}
APPLICATION = {
    "number": "2381161",
    "person": "17",
    "status": "выдан",
    "accepted_on": "12.01.2026",
    "ready_on": "14.01.2026",
    "first_paid_on": "13.01.2026",
    "months": "3",
    "amount": "30 000,00",
}
PATENT = {
    "number": "2381161",
    "series": "77",
    "patent_number": "2600418174",
    "issued_on": "15.01.2026",
}
COUNTED = {"account": ACCOUNT, "counted_through": "09.04.2026"}


def opening(*, people=None, applications=None, patents=None, accounts=None, totals=None) -> bytes:
    """A file whose totals agree unless one of them is named."""
    sheets = {
        "people": [PERSON] if people is None else people,
        "applications": [APPLICATION] if applications is None else applications,
        "patents": [PATENT] if patents is None else patents,
        "accounts": [COUNTED] if accounts is None else accounts,
    }
    sheets["totals"] = [_totals(sheets) | (totals or {})]
    samples = {"people": PERSON, "applications": APPLICATION, "patents": PATENT} | {
        "accounts": COUNTED,
        "totals": {},
    }
    return workbook_of({name: _table(rows, samples[name]) for name, rows in sheets.items()})


def _totals(sheets: dict) -> dict:
    rows = sheets["applications"]
    return {
        "people": len(sheets["people"]),
        "applications": len(rows),
        "patents": len(sheets["patents"]),
        "months": sum(_number(row.get("months")) for row in rows),
        "amount": sum(_number(row.get("amount")) for row in rows),
    }


def _number(text) -> int:
    plain = str(text or 0).replace(" ", "").split(",")[0]
    return int(plain) if plain.isdigit() else 0


def _table(rows: list[dict], sample: dict) -> tuple:
    heads = list(dict.fromkeys(key for row in (sample, *rows) for key in row))
    return heads, [[row.get(head, "") for head in heads] for row in rows]
