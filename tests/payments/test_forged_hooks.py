"""Forged notifications: from foreign addresses, with forged headers, with altered bodies.

Counted is what they achieve: an address that is let in, or a state that follows a lie.
"""

import json
from datetime import date
from decimal import Decimal
from ipaddress import ip_address, ip_network
from random import Random

import pytest
from django.test import RequestFactory
from django.urls import reverse

from payments import gateway
from payments.models import Charge, ChargeStatus
from payments.services.online.charge_answers import hear
from payments.services.online.charges import refresh_by_provider_id, start_charge
from payments.services.papers.receipts import form_receipt
from payments.tasks import refresh_charge
from payments.views.hook import yookassa_hook

HOOK = reverse("payments:hook")
NETWORKS = [
    *("185.71.76.0/27", "185.71.77.0/27", "77.75.153.0/25", "77.75.154.128/25"),
    *("77.75.156.11/32", "77.75.156.35/32", "2a02:5180::/32"),
]
INSIDE = "185.71.76.1"
HEADERS = [
    *("HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_CLIENT_IP"),
    *("HTTP_X_CLIENT_IP", "HTTP_TRUE_CLIENT_IP", "HTTP_CF_CONNECTING_IP", "HTTP_VIA"),
]
MUTATIONS = 10_000

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]


@pytest.fixture
def charge(application, acquirer, settings):
    settings.YOOKASSA_HOOK_NETWORKS = NETWORKS
    paper = form_receipt(application=application, months=1, on=date(2026, 2, 10))
    return start_charge(receipt=paper)


@pytest.fixture
def hinted(monkeypatch):
    found = []
    monkeypatch.setattr(refresh_charge, "delay", found.append)
    return found


def truth(charge: Charge) -> dict:
    return {
        "type": "notification",
        "event": "payment.succeeded",
        "object": {
            "id": charge.provider_id,
            "status": "succeeded",
            "paid": True,
            "amount": {"value": "10000.00", "currency": "RUB"},
            "metadata": {"receipt": charge.receipt.reference},
        },
    }


def foreign(chance: Random) -> str:
    """An address just outside the networks, or anywhere, or none at all."""
    network = ip_network(chance.choice(NETWORKS))
    edge = chance.choice([network.network_address - 1, network.broadcast_address + 1])
    anywhere = ip_address(chance.getrandbits(32))
    found = chance.choice([str(edge), str(anywhere), "", "unix:", "127.0.0.1", f"{INSIDE} ", "0x1"])
    return "8.8.8.8" if _is_inside(found) else found


def _is_inside(text: str) -> bool:
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return any(address in ip_network(network) for network in NETWORKS)


def altered(body: dict, chance: Random) -> bytes:
    """A notification that lies: of another state, sum, person or payment, or is no notification."""
    lie = json.loads(json.dumps(body))
    about = lie["object"]
    for _time in range(chance.randint(1, 3)):
        what = chance.choice(["event", "amount", "receipt", "id", "type", "paid", "extra"])
        if what == "event":
            events = ["payment.canceled", "payment.succeeded", "refund.succeeded", "payout.x", ""]
            lie["event"] = chance.choice([*events, 7, None, {}])
        elif what == "amount":
            about["amount"] = {"value": str(chance.randrange(10**6)), "currency": "USD"}
        elif what == "receipt":
            about["metadata"] = {"receipt": f"{chance.getrandbits(40):08X}"[:8]}
        elif what == "id":
            about["id"] = chance.choice([f"{about['id']}0", "", None, 1, "\x00", "x" * 100, []])
        elif what == "paid":
            about |= {"status": "succeeded", "paid": True, "captured_at": "2026-02-01T00:00:00Z"}
        else:
            lie[what] = chance.choice([None, [], "notification", {"a": 1}])
    text = json.dumps(lie).encode()
    cut = chance.random()
    return text[: chance.randrange(len(text))] if cut < 0.2 else text


def attempts(charge: Charge, count: int) -> int:
    """How many of so many forgeries achieved anything."""
    chance, request, accepted = Random(count), RequestFactory(), 0
    for number in range(count):
        address = foreign(chance) if number % 2 else INSIDE
        body = altered(truth(charge), chance)
        if address != INSIDE and chance.random() < 0.5:
            body = json.dumps(truth(charge)).encode()
        forged = {chance.choice(HEADERS): INSIDE for _header in range(chance.randint(0, 3))}
        answer = yookassa_hook(
            request.post(HOOK, body, content_type="application/json", REMOTE_ADDR=address, **forged)
        )
        accepted += answer.status_code == 200 and address != INSIDE
    return accepted


def untouched(charge: Charge, hinted: list) -> bool:
    """After every hint that got through was followed: the acquirer still says that nobody paid."""
    for hint in set(hinted):
        refresh_by_provider_id(hint)
    charge.refresh_from_db()
    return charge.status == ChargeStatus.PENDING


def test_no_forged_notification_achieves_anything(charge, hinted):
    assert attempts(charge, 400) == 0
    assert untouched(charge, hinted)


@pytest.mark.long
def test_none_of_ten_thousand_forged_notifications_achieves_anything(charge, hinted):
    assert attempts(charge, MUTATIONS) == 0
    assert untouched(charge, hinted)


def test_a_door_that_believes_a_header_lets_forgeries_in(charge, hinted, monkeypatch):
    """The twin: what the guard is good for."""
    monkeypatch.setattr(
        "payments.views.hook.hooks.is_from_acquirer",
        lambda request: _is_inside(request.META.get("HTTP_X_FORWARDED_FOR", "")),
    )

    assert attempts(charge, 400) > 0


def test_a_hook_that_believes_the_body_pays_what_nobody_paid(charge):
    """The twin: what asking the acquirer is good for."""
    about = truth(charge)["object"]
    believed = gateway.Payment(
        id=about["id"],
        status=about["status"],
        paid=about["paid"],
        amount=Decimal(about["amount"]["value"]),
        currency=about["amount"]["currency"],
        captured_at=None,
        confirmation_url="",
        metadata=about["metadata"],
    )

    assert refresh_by_provider_id(charge.provider_id).status == ChargeStatus.PENDING
    assert hear(charge.pk, believed).status == ChargeStatus.SUCCEEDED
