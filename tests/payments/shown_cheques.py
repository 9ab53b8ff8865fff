"""Cheques that a person shows, in tests."""

from datetime import date

from payments.facts import standing_of
from payments.models import Claim
from payments.services.claims.claims import show_cheque
from payments.services.importing.statements import import_statement
from tests.factories import MONTHLY
from tests.payments.statement_files import order, whole

IN_TIME = date(2026, 2, 14)
LATE = date(2026, 2, 16)


def show(application, *, paid_on=IN_TIME, amount=MONTHLY, **more) -> Claim:
    return show_cheque(application=application, amount=amount, paid_on=paid_on, **more)


def line(*, on: date, posted_on: date, number="1", **more):
    content = whole(order(number=number, on=on, posted_on=posted_on, **more), first=posted_on)
    return import_statement(content=content, name="file.txt")


def standing_on(application, day: date):
    return standing_of(application.person, day)
