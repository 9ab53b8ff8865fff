"""What a production must have before it takes money; `check --deploy` names it."""

import re

from django.conf import settings
from django.core import checks
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

NOWHERE = ("localhost", "localhost.localdomain")
PAYER = re.compile(r"[0-9]{20}|[0-9]{12}|[0-9]{10}")  # an account, or the INN of a person or a firm


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


def gathered_orders_are_known(app_configs=None, **kwargs) -> list[checks.CheckMessage]:
    """The date of an order that gathers many workers is nobody's day of payment: without this list
    it is read as the day on which each of them paid, and money that came in time seems late."""
    if settings.ACQUIRER_PAYERS and _are_payers(settings.ACQUIRER_PAYERS):
        return []
    said = (
        "ACQUIRER_PAYERS is empty, or has what is no account and no INN: people seem to pay late."
    )
    hint = "Accounts (20 digits) and INNs (10 or 12) of the acquirer and of the centre, by commas"
    return [checks.Error(said, hint=hint, id="payments.E002")]


def tills_are_known(app_configs=None, **kwargs) -> list[checks.CheckMessage]:
    """Who brings the money of the tills; empty is allowed, for a centre without a cash desk."""
    tills = settings.TILL_PAYERS
    if _are_payers(tills) and set(tills) <= set(settings.ACQUIRER_PAYERS):
        return []
    said = "TILL_PAYERS has what is no account and no INN, or what ACQUIRER_PAYERS does not have."
    hint = "Those of ACQUIRER_PAYERS that bring the money of the centre's tills, by commas"
    return [checks.Error(said, hint=hint, id="payments.E003")]


def _are_payers(said: list[str]) -> bool:
    return all(PAYER.fullmatch(one) for one in said)


ALL = (cheques_go_somewhere, gathered_orders_are_known, tills_are_known)
