"""Registers as staff describe them: once a sender, and from then on their files are money."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse
from django.utils import translation

from payments.models import Placement, Register, StatementLine
from payments.services.importing.statements import import_statement
from payments.statements.errors import NotAStatement
from tests.factories import (
    AccountFactory,
    ApplicationFactory,
    InnFactory,
    RegisterFactory,
    StaffFactory,
)
from tests.payments.statement_files import INN

pytestmark = pytest.mark.django_db
HEADS = "Дата зачисления;Дата операции;ФИО;ИНН;Сумма"
FILE = f"{HEADS}\r\n11.02.2026;05.02.2026;КАРИМОВ ТИМУР;{INN};10000\r\n".encode("cp1251")


def test_the_file_of_a_described_sender_is_posted():
    RegisterFactory(account__counted_through=date(2026, 1, 1))
    ApplicationFactory(person=InnFactory(value=INN).person)

    result = import_statement(content=FILE, name="register.csv")

    assert (result.lines, result.matched) == (1, 1)
    line = StatementLine.objects.get()
    assert (line.statement.sender, line.paid_on) == ("ПАО БАНК", date(2026, 2, 5))
    assert Placement.objects.matched().get().months == 1


@pytest.mark.parametrize("described", [False, True], ids=["nobody described it", "put out of use"])
def test_the_file_of_a_sender_nobody_reads_is_refused(described):
    if described:
        RegisterFactory(is_read=False)

    with pytest.raises(NotAStatement):
        import_statement(content=FILE, name="register.csv")

    assert not StatementLine.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": ""},
        {"posted_on": "", "paid_on": "", "document_date": ""},
        {"account": None, "account_column": ""},
    ],
    ids=["no sum", "no day", "no account"],
)
def test_the_database_keeps_no_description_that_could_read_nothing(wrong):
    with pytest.raises(IntegrityError):
        RegisterFactory(**wrong)


def test_a_description_without_a_day_is_answered_in_a_sentence():
    register = RegisterFactory.build(account=AccountFactory(), posted_on="", paid_on="")

    with translation.override("en"), pytest.raises(ValidationError, match="has a day"):
        register.full_clean()


def test_staff_describe_a_register_and_its_history_is_kept(client):
    client.force_login(StaffFactory())
    page = reverse("admin:payments_register_add")
    account = AccountFactory()

    answer = client.post(
        page,
        {"sender": "Терминал", "account": account.pk, "amount": "Коп", "posted_on": "День"}
        | {"in_kopecks": "on", "is_read": "on"},
    )

    assert answer.status_code == 302
    register = Register.objects.get()
    assert (register.sender, register.in_kopecks) == ("Терминал", True)
    assert register.events.count() == 1
