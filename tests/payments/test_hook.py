import json
from datetime import date

import pytest
from django.urls import reverse
from kombu.exceptions import OperationalError

from payments.models import Charge, ChargeStatus
from payments.services.online.charges import start_charge
from payments.services.papers.receipts import form_receipt
from payments.tasks import refresh_charge

HOOK = reverse("payments:hook")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]


@pytest.fixture
def charge(application, acquirer):
    receipt = form_receipt(application=application, months=1, on=date(2026, 2, 10))
    return start_charge(receipt=receipt)


@pytest.fixture
def hinted(monkeypatch):
    """The payments that the queue was given."""
    found = []
    monkeypatch.setattr(refresh_charge, "delay", found.append)
    return found


def told(event: str, **about) -> dict:
    return {"type": "notification", "event": event, "object": about}


def send(client, body, **extra):
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(HOOK, text, content_type="application/json", **extra)


def test_a_hint_is_answered_at_once_and_asked_about_later(client, charge, acquirer, hinted):
    acquirer.pay(charge.provider_id)

    answer = send(client, told("payment.succeeded", id=charge.provider_id))

    assert answer.status_code == 200
    assert hinted == [charge.provider_id]
    charge.refresh_from_db()
    assert charge.status == ChargeStatus.PENDING


def test_the_task_believes_the_acquirer_and_not_the_hint(client, charge, acquirer, hinted):
    send(client, told("payment.succeeded", id=charge.provider_id, paid=True))

    refresh_charge(*hinted)

    charge.refresh_from_db()
    assert charge.status == ChargeStatus.PENDING


def test_a_true_hint_ends_the_charge(client, charge, acquirer, hinted):
    acquirer.pay(charge.provider_id)
    send(client, told("payment.succeeded", id=charge.provider_id))

    refresh_charge(*hinted)

    charge.refresh_from_db()
    assert charge.status == ChargeStatus.SUCCEEDED


def test_an_unknown_payment_is_answered_and_forgotten(client, hinted, acquirer):
    assert send(client, told("payment.succeeded", id="unknown")).status_code == 200
    assert hinted == []
    assert acquirer.found == 0


def test_a_late_hint_about_a_finished_payment_is_not_asked_about(client, charge, hinted):
    Charge.objects.update(status=ChargeStatus.CANCELED)

    assert send(client, told("payment.canceled", id=charge.provider_id)).status_code == 200
    assert hinted == []


@pytest.mark.parametrize("address", ["8.8.8.8", "185.71.76.32", "2a02:5181::1", "", "unix:"])
def test_a_foreign_address_is_turned_away(client, charge, hinted, settings, address):
    settings.YOOKASSA_HOOK_NETWORKS = ["185.71.76.0/27", "2a02:5180::/32"]
    body = told("payment.succeeded", id=charge.provider_id)

    answer = send(client, body, REMOTE_ADDR=address, HTTP_X_FORWARDED_FOR="185.71.76.1")

    assert answer.status_code == 403
    assert hinted == []


@pytest.mark.parametrize("address", ["185.71.76.1", "2a02:5180::7"])
def test_the_acquirers_addresses_are_let_in(client, charge, hinted, settings, address):
    settings.YOOKASSA_HOOK_NETWORKS = ["185.71.76.0/27", "2a02:5180::/32"]
    body = told("payment.succeeded", id=charge.provider_id)

    assert send(client, body, REMOTE_ADDR=address).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        b"\xff\xfe",
        "[]",
        "null",
        "7",
        "{}",
        '{"event": "payment.succeeded"}',
        '{"event": 7, "object": {"id": "1"}}',
        '{"event": "payment.succeeded", "object": []}',
        '{"event": "payment.succeeded", "object": {"id": 7}}',
        '{"event": "payment.succeeded", "object": {"id": ""}}',
        '{"event": "payment.succeeded", "object": {"id": "\\u0000"}}',
        '{"event": "refund.succeeded", "object": {"id": "1"}}',
        "[" * 100_000,
    ],
)
def test_garbage_is_refused_without_a_fuss(client, hinted, body):
    assert send(client, body).status_code == 400
    assert hinted == []


def test_only_posts_are_heard(client):
    assert client.get(HOOK).status_code == 405


def test_without_a_broker_the_answer_is_still_yes(client, charge, monkeypatch):
    def away(payment_id):
        raise OperationalError

    monkeypatch.setattr(refresh_charge, "delay", away)

    assert send(client, told("payment.succeeded", id=charge.provider_id)).status_code == 200
