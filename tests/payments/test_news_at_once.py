"""One payment, heard of by the webhook, the return page, the sweep and a second click at once."""

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from payments import tasks
from payments.errors import AlreadyPaid
from payments.models import Charge, ChargeStatus
from payments.services.online import charge_answers
from payments.services.online.charge_sweep import sweep_charges
from payments.services.online.charges import start_charge
from tests.at_once import at_once, meeting
from tests.payments.charge_ages import age, effects

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("february")]


@pytest.fixture
def paid(receipt, acquirer):
    """Taken on its page two minutes ago; nobody has told us."""
    charge = start_charge(receipt=receipt)
    age(charge, minutes=2)
    acquirer.pay(charge.provider_id)
    return charge


@pytest.fixture
def ways(paid, monkeypatch):
    """The four ways by which the news comes, each as a job of its own thread."""
    monkeypatch.setattr(tasks.refresh_charge, "delay", tasks.refresh_charge.run)
    payer = Client()
    payer.force_login(paid.receipt.person.user)

    def webhook():
        told = {"event": "payment.succeeded", "object": {"id": paid.provider_id}}
        hook = reverse("payments:hook")
        return Client().post(hook, told, "application/json").status_code

    def return_page():
        return payer.get(reverse("payments:back", args=[paid.receipt.reference])).status_code

    def second_click():
        with pytest.raises(AlreadyPaid):
            start_charge(receipt=paid.receipt)

    return {
        "webhook": webhook,
        "return page": return_page,
        "sweep": sweep_charges,
        "second click": second_click,
    }


def test_whoever_hears_of_it_first_the_person_is_told_once(paid, ways, acquirer):
    answers = at_once(*ways.values(), *ways.values())

    assert {answers[0], answers[4]} == {200}
    assert {answers[1], answers[5]} == {302}
    assert effects() == (1, 1)
    assert Charge.objects.get().status == ChargeStatus.SUCCEEDED
    assert len(acquirer.payments) == 1


@pytest.mark.parametrize("way", ["webhook", "return page", "sweep", "second click"])
def test_each_way_brings_the_news_alone(paid, ways, way):
    """Else the test above would count fewer than four kinds of threads."""
    ways[way]()

    paid.refresh_from_db()
    assert paid.status == ChargeStatus.SUCCEEDED
    assert effects() == (1, 1)


def test_without_the_lock_each_way_tells_the_person_anew(paid, ways, monkeypatch):
    """The twin: all four look before any of them writes."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **how: rows)
    meeting(monkeypatch, charge_answers, "mark_second", len(ways))

    at_once(*ways.values())

    _messages, said = effects()
    assert said == len(ways)
