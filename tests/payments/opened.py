"""The opening position in tests: brought in, or refused with its reasons."""

import pytest
from django.utils import translation

from accounts.models import LoginName
from payments.models import Account, Opening, OpeningMonths
from payments.opening.faults import OpeningRefused
from payments.services.audit import audit
from payments.services.importing.openings import import_opening
from payments.services.importing.statements import import_statement
from tests.payments.statement_files import whole


def bring(content: bytes):
    return import_opening(content=content, name="opening.xlsx")


def reasons(content: bytes) -> list[str]:
    with translation.override("en"), pytest.raises(OpeningRefused) as refused:
        bring(content)
    assert nothing_is_there()
    with translation.override("en"):
        return [str(fault) for fault in refused.value.faults]


def nothing_is_there() -> bool:
    models = (Opening, OpeningMonths, LoginName, Account)
    return not any(model.objects.exists() for model in models)


def statement_of(*orders, first, last=None):
    return import_statement(content=whole(*orders, first=first, last=last), name="day.txt")


def changed(row: dict, **cells) -> list[dict]:
    return [row | cells]


def check_ledger_is_quiet() -> bool:
    return audit().faults == []
