"""Lists of people as files, in tests."""

import io
import re
from datetime import timedelta

from openpyxl import Workbook

from accounts.passwords import ALPHABET
from common import clock
from patents.lists import tables

GOOD = {
    "number": "1381170",
    "accepted_on": f"{clock.today() - timedelta(days=1):%d.%m.%Y}",
    "last_name": "Каримов",
    "first_name": "Тимур",
    "birth_date": "17.05.1990",
    "citizenship": "UZB",
    "passport": "FA1234567",
    "centre_sim": "8 916 123-45-67",
}


PASSWORD = re.compile(rf"(?<![-\w])[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}(?![-\w])")


def a_csv(*rows, encoding="utf-8", delimiter=";", heads=None):
    heads = heads or list(GOOD)
    lines = [delimiter.join(heads)] + [delimiter.join(row.values()) for row in rows]
    return "\r\n".join(lines).encode(encoding)


def an_xlsx(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def someone(**changes):
    return GOOD | changes


def rows_of(*rows):
    return tables.read(a_csv(*rows), 100)
