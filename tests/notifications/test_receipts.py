import logging

import pytest
from django.test import Client
from django.urls import reverse

from notifications import services, views
from notifications.models import EarlyReceipt, Message
from notifications.services import receipts
from notifications.wire import Wire

SECRET = "quiet-secret"


@pytest.fixture
def sent(queued, aero):
    message = queued()
    services.deliver(message.pk)
    return message


def state(message):
    message.refresh_from_db()
    return message.status


@pytest.mark.parametrize(
    ("code", "status"),
    [("1", "delivered"), ("2", "failed"), ("6", "failed"), ("0", "sent"), ("3", "sent")],
)
def test_receipt_moves_the_message(sent, code, status):
    services.receive_receipt("smsaero", "1001", code)

    assert state(sent) == status


def test_receipt_of_another_operator_with_the_same_number_is_not_ours(sent):
    services.receive_receipt("smsru", "1001", "103")

    assert state(sent) == "sent"


def test_same_receipt_twice_changes_nothing(sent):
    services.receive_receipt("smsaero", "1001", "1")
    first = Message.objects.get().delivered_at
    services.receive_receipt("smsaero", "1001", "1")

    sent.refresh_from_db()
    assert sent.delivered_at == first


@pytest.mark.parametrize("codes", ["12", "13", "10"])
def test_old_receipt_does_not_move_a_delivered_message_back(sent, codes):
    for code in codes:
        services.receive_receipt("smsaero", "1001", code)

    assert state(sent) == "delivered"


def test_late_receipt_still_tells_the_truth_of_an_unknown_one(sent):
    Message.objects.update(status="unknown")

    services.receive_receipt("smsaero", "1001", "1")

    assert state(sent) == "delivered"


def test_code_that_nobody_knows_is_a_failure_and_an_alarm(sent, caplog):
    services.receive_receipt("smsaero", "1001", "77")

    assert state(sent) == "failed"
    assert sent.reason == receipts.BAD_RECEIPT
    assert [r.levelno for r in caplog.records if r.name.startswith("notifications")] == [
        logging.ERROR
    ]


@pytest.mark.parametrize(("code", "status"), [("1", "delivered"), ("2", "failed")])
def test_receipt_that_overtakes_our_own_commit_is_not_lost(queued, aero, code, status, monkeypatch):
    message = queued()

    def quick_operator(wire, requests):
        services.receive_receipt("smsaero", "55", code)
        return [(200, b'{"success": true, "data": {"id": 55}}')]

    monkeypatch.setattr(Wire, "post_all", quick_operator)
    services.deliver(message.pk)

    assert state(message) == status
    assert not EarlyReceipt.objects.exists()


def test_receipt_that_comes_between_our_two_looks_is_not_lost(sent, monkeypatch):
    """It saw no row, we saw no receipt: the second look of the one who wrote last finds it."""
    Message.objects.update(provider_reference="")
    real = EarlyReceipt.objects.get_or_create

    def commit_meanwhile(**receipt):
        Message.objects.update(provider_reference="1001")
        return real(**receipt)

    monkeypatch.setattr(EarlyReceipt.objects, "get_or_create", commit_meanwhile)
    services.receive_receipt("smsaero", "1001", "1")

    assert state(sent) == "delivered"


# --- the hook


@pytest.fixture
def hook(settings):
    settings.SMS_HOOK_SECRET = SECRET

    def post(provider="smsaero", secret=SECRET, **kwargs):
        address = reverse("notifications:sms_receipt", args=[provider, secret])
        return Client(enforce_csrf_checks=True).post(address, **kwargs)

    return post


def test_aero_tells_by_a_form_without_login_and_csrf(sent, hook):
    answer = hook(data={"id": "1001", "status": "1"})

    assert (answer.status_code, answer.content) == (200, b"100")
    assert state(sent) == "delivered"


def test_aero_tells_by_json(sent, hook):
    answer = hook(data={"id": 1001, "status": 1}, content_type="application/json")

    assert answer.status_code == 200
    assert state(sent) == "delivered"


@pytest.mark.parametrize("field", ["data[]", "data[0]"])
def test_sms_ru_tells_by_lines(sent, hook, field):
    Message.objects.update(provider="smsru", provider_reference="000000-000001")

    answer = hook("smsru", data={field: "sms_status\n000000-000001\n103\n1771059600"})

    assert (answer.status_code, answer.content) == (200, b"100")
    assert state(sent) == "delivered"


def test_sms_ru_tells_of_many_at_once_and_of_other_things(sent, hook):
    Message.objects.update(provider="smsru", provider_reference="b")
    entries = ["sms_status\na\n103", "callcheck_status\nb\n401", "sms_status\nb\n103"]

    assert hook("smsru", data={"data[]": entries}).status_code == 200
    assert state(sent) == "delivered"


def test_callback_of_thousands_of_entries_is_no_receipt(sent, hook):
    entries = ["sms_status\na\n103"] * 1001

    assert hook("smsru", data={"data[]": entries}).status_code == 400


def test_number_that_nobody_knows_is_answered_kindly(db, hook):
    assert hook(data={"id": "404", "status": "1"}).status_code == 200


@pytest.mark.parametrize(("provider", "secret"), [("smsaero", "guess"), ("smsnobody", SECRET)])
def test_stranger_gets_404(sent, hook, provider, secret):
    assert hook(provider, secret, data={"id": "1001", "status": "1"}).status_code == 404
    assert state(sent) == "sent"


def test_portal_without_a_secret_listens_to_nobody(sent, hook, settings):
    settings.SMS_HOOK_SECRET = ""

    assert hook(secret="x", data={"id": "1001", "status": "1"}).status_code == 404


@pytest.mark.parametrize(
    "request_",
    [
        {"data": {}},
        {"data": {"id": "1001"}},
        {"data": {"id": "1" * 61, "status": "1"}},
        {"data": "{", "content_type": "application/json"},
        {"data": "[]", "content_type": "application/json"},
        {"data": {"id": "1\x001", "status": "1"}},
        {"data": "[" * 50_000, "content_type": "application/json"},
        {"data": {"id": "1" * 66_000, "status": "1"}, "content_type": "application/json"},
    ],
)
def test_garbage_is_answered_with_400(sent, hook, request_):
    assert hook(**request_).status_code == 400
    assert state(sent) == "sent"


def test_hook_is_for_post_only(rf):
    assert views.sms_receipt(rf.get("/"), "smsaero", SECRET).status_code == 405
