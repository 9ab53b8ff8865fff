"""Asks the acquirer about whatever a webhook, a return page or a crash left open."""

import logging
from datetime import timedelta

from common import clock
from payments import gateway
from payments.errors import GatewayRefused, GatewayUnavailable
from payments.models import Charge, ChargeStatus
from payments.services.online.charge_answers import end, hear, refresh_charge, remember
from payments.services.online.charges import introduce

logger = logging.getLogger(__name__)

SWEEP_AFTER = timedelta(minutes=1)  # younger charges are in the hands of their payers
SWEEP_AT_ONCE = 100
KEY_LIFE = timedelta(hours=23)  # the acquirer forgets an idempotence key after a day
FORGOTTEN_AFTER = timedelta(days=2)
CLOCKS_DIFFER = timedelta(minutes=5)
NEVER_KNOWN = "the acquirer never heard of it"
NOT_FOUND = "the acquirer does not know it any more"


def sweep_charges() -> int:
    """Ask about every open charge that is over a minute old; returns how many were asked about.

    In random order, so that a long queue has no tail that is never reached.
    """
    old = Charge.objects.open().filter(created_at__lt=clock.now() - SWEEP_AFTER).order_by("?")
    asked = 0
    for charge in old.select_related("receipt")[:SWEEP_AT_ONCE]:
        try:
            _ask_again(charge)
        except GatewayUnavailable:
            logger.warning("the acquirer is away, charge %s waits", charge.pk)
            break
        asked += 1
    return asked


def _ask_again(charge: Charge) -> None:
    age = clock.now() - charge.created_at
    try:
        if charge.provider_id:
            refresh_charge(charge=charge)
        elif age < KEY_LIFE:
            introduce(charge)
        else:
            _look_for(charge)
    except GatewayRefused:
        logger.warning("the acquirer refuses to speak of charge %s", charge.pk)
        if charge.provider_id and age > FORGOTTEN_AFTER:
            end(charge.pk, NOT_FOUND, only_from=ChargeStatus.PENDING)


def _look_for(charge: Charge) -> None:
    """Its key is too old to be repeated: among the payments of its time it is there, or never was.

    Nobody saw its page, but the owner of a phone number may have answered the operator's SMS.
    """
    key, made = str(charge.idempotence_key), charge.created_at
    around = gateway.current().made_between(made - CLOCKS_DIFFER, made + KEY_LIFE + CLOCKS_DIFFER)
    found = next((one for one in around if one.metadata.get("charge") == key), None)
    if found is None:
        end(charge.pk, NEVER_KNOWN, only_from=ChargeStatus.NEW)
        return
    remember(charge.pk, found)
    hear(charge.pk, found)
