"""`check --deploy` names what paying lacks in production."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from payments.deploy_checks import cheques_go_somewhere


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

    call_command("check", stderr=StringIO())
    with pytest.raises(SystemCheckError, match="YOOKASSA_CHEQUE_EMAIL"):
        call_command("check", deploy=True, stderr=StringIO())
