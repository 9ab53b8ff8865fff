"""What a production must have before it takes money; `check --deploy` names it."""

from django.conf import settings
from django.core import checks
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

NOWHERE = ("localhost", "localhost.localdomain")


def cheques_go_somewhere(app_configs=None, **kwargs) -> list[checks.CheckMessage]:
    """The law asks for a cheque of every payment: without a phone it goes to this address."""
    address = settings.YOOKASSA_CHEQUE_EMAIL
    try:
        validate_email(address)
    except ValidationError:
        return [_no_address()]
    return [_no_address()] if address.rpartition("@")[2] in NOWHERE else []


def _no_address() -> checks.Error:
    said = "YOOKASSA_CHEQUE_EMAIL is not an address: cheques of people without a phone are lost."
    return checks.Error(
        said, hint="An address that the centre's accountants read", id="payments.E001"
    )
