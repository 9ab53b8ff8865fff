"""`check --deploy` names what paying lacks in production."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from payments.deploy_checks import (
    cheques_go_somewhere,
    gathered_orders_are_known,
    tills_are_known,
)

ACCOUNT, TILL = "40701810300000000992", "40601810200000000993"
FIRM, PERSON = "7799123455", "500100732259"


@pytest.mark.parametrize(
    "address", ["", "cheques", "cheques@localhost", "cheques@localhost.localdomain", "a b@x.ru"]
)
def test_an_address_that_goes_nowhere_is_an_error(settings, address):
    settings.YOOKASSA_CHEQUE_EMAIL = address

    assert [error.id for error in cheques_go_somewhere()] == ["payments.E001"]


def test_an_address_is_enough(settings):
    settings.YOOKASSA_CHEQUE_EMAIL = "cheques@example.org"

    assert cheques_go_somewhere() == []


def test_it_is_asked_before_a_deployment_and_not_at_every_start(settings):
    settings.YOOKASSA_CHEQUE_EMAIL = "cheques@localhost.localdomain"
    settings.ACQUIRER_PAYERS, settings.TILL_PAYERS = [], [TILL]

    call_command("check", stderr=StringIO())
    with pytest.raises(SystemCheckError) as found:
        call_command("check", deploy=True, stderr=StringIO())

    for name in ("YOOKASSA_CHEQUE_EMAIL", "payments.E002", "payments.E003"):
        assert name in str(found.value)


@pytest.mark.parametrize(
    "payers", [[], [""], ["YooMoney"], [ACCOUNT[:-1]], [ACCOUNT, f" {FIRM}"], [f"{ACCOUNT};{FIRM}"]]
)
def test_without_those_whose_orders_gather_workers_there_is_an_error(settings, payers):
    settings.ACQUIRER_PAYERS = payers

    assert [error.id for error in gathered_orders_are_known()] == ["payments.E002"]


@pytest.mark.parametrize("payers", [[ACCOUNT], [FIRM], [PERSON], [ACCOUNT, FIRM, TILL]])
def test_accounts_and_inns_are_enough(settings, payers):
    settings.ACQUIRER_PAYERS = payers

    assert gathered_orders_are_known() == []


@pytest.mark.parametrize("payers", [["касса"], [TILL[:-1]], [TILL, ""], [FIRM]])
def test_tills_that_are_no_payers_or_gather_nobody_are_an_error(settings, payers):
    settings.ACQUIRER_PAYERS, settings.TILL_PAYERS = [ACCOUNT, TILL], payers

    assert [error.id for error in tills_are_known()] == ["payments.E003"]


@pytest.mark.parametrize("payers", [[], [TILL]])
def test_a_centre_may_have_no_till(settings, payers):
    settings.ACQUIRER_PAYERS, settings.TILL_PAYERS = [ACCOUNT, TILL], payers

    assert tills_are_known() == []
