"""What a payer reads at every moment of a link, and what the owner reads of it."""

from datetime import datetime

import pytest
from django.urls import reverse

from common.clock import MOSCOW
from payments.link_states import LinkState
from payments.models import Charge
from payments.offers import offer_for
from payments.services.online.charges import refresh_charge, start_charge
from payments.services.online.links import look_at, make_link, pay_by_link, revoke_link
from payments.services.papers.receipts import form_receipt
from tests.factories import MONTHLY, PlacementFactory
from tests.payments.link_world import ENGLISH, TODAY, address, covered, day, link, opened, paid

PAGE, PAY = reverse("payments:links"), reverse("payments:pay")

pytestmark = pytest.mark.django_db


__all__ = ["covered", "day", "link", "opened"]


def seen(client, link, status: int = 200) -> str:
    answer = client.get(address(link), headers=ENGLISH)
    assert answer.status_code == status
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


# --- whoever has paid never reads that the link is dead


@pytest.mark.parametrize("end", ["midnight", "withdrawn"])
def test_whoever_paid_reads_so_after_the_links_end_too(client, link, opened, acquirer, day, end):
    paid(acquirer, opened)
    if end == "midnight":
        day.move_to(datetime(2026, 2, 15, 0, 1, tzinfo=MOSCOW))
    else:
        revoke_link(link)

    assert "The payment is received." in seen(client, link)


@pytest.mark.parametrize(("days", "status"), [(29, 200), (31, 404)])
def test_for_thirty_days(client, link, opened, acquirer, day, days, status):
    paid(acquirer, opened)
    refresh_charge(charge=opened)
    day.shift(days * 24 * 3600)

    seen(client, link, status)


def test_a_payer_still_at_the_page_at_midnight_is_told_to_wait(client, link, opened, day):
    day.move_to(datetime(2026, 2, 15, 0, 1, tzinfo=MOSCOW))

    page = seen(client, link)

    assert 'data-link="asked"' in page
    assert "Do not pay a second time" in page
    assert 'name="payer_name"' not in page


def test_while_the_acquirer_is_silent_nobody_reads_that_the_link_is_dead(
    client, link, opened, settings, day
):
    settings.YOOKASSA_URL = "http://127.0.0.1:9/v3"
    day.shift(7200)

    page = seen(client, link)

    assert "Its page should be closed by now." in page


def test_money_that_was_given_back_is_told_as_that(client, link, opened, acquirer):
    paid(acquirer, opened)
    refresh_charge(charge=opened)
    with_status(opened, "refunded")

    assert "The centre gave this money back." in seen(client, link)


def with_status(charge: Charge, status: str) -> None:
    """As the refund's service leaves it; the steps themselves are tested with refunds."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE payments_charge SET status = %s", [status])
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_a_page_that_closed_unpaid_lets_the_link_be_used_again(client, link, opened, acquirer):
    acquirer.cancel(opened.provider_id)

    assert 'name="payer_name"' in seen(client, link)
    assert pay_by_link(link=link, payer_name="Петров").pk != opened.pk


# --- the third answers


def test_an_open_page_of_the_link_says_until_when_and_leads_back_to_it(client, link, opened):
    page = seen(client, link)

    assert "It closes at 13:00." in page
    answer = client.post(address(link), {"payer_name": "Иванов Иван"})
    assert answer.headers["Location"] == opened.confirmation_url


def test_while_the_person_pays_otherwise_the_payer_is_told_until_when(client, link, covered):
    start_charge(receipt=form_receipt(application=covered, months=2, on=TODAY))

    page = seen(client, link)

    assert 'data-link="busy"' in page
    assert "closes by itself at 13:00" in page
    assert 'name="payer_name"' not in page
    assert "20 000" not in page


def test_a_page_opened_between_look_and_click_is_no_dead_link(client, link, covered, monkeypatch):
    from payments.views import links as views

    real = views.pay_by_link

    def after_another(**what):
        start_charge(receipt=form_receipt(application=covered, months=1, on=TODAY))
        return real(**what)

    monkeypatch.setattr(views, "pay_by_link", after_another)

    answer = client.post(address(link), {"payer_name": "Иванов"}, follow=True, headers=ENGLISH)

    assert 'data-link="busy"' in answer.content.decode()
    assert Charge.objects.count() == 1


def test_a_click_after_the_payment_reads_that_it_is_paid(client, link, opened, acquirer):
    paid(acquirer, opened)

    answer = client.post(address(link), {"payer_name": "Петров"}, headers=ENGLISH)

    assert "The payment is received." in answer.content.decode()
    assert Charge.objects.get().payers == ["Иванов Иван"]


def test_a_bank_that_refuses_says_so_in_words_for_a_payer(client, link, acquirer):
    with acquirer.answering(400):
        answer = client.post(address(link), {"payer_name": "Иванов"}, headers=ENGLISH)

    page = answer.content.decode()
    assert "The payment was not accepted. No money was taken." in page
    assert "receipt" not in page[page.index("<main") :]


def test_money_that_waits_for_staff_closes_the_link_kindly(client, link, opened, acquirer, covered):
    paid(acquirer, opened)
    charge = refresh_charge(charge=opened)
    PlacementFactory(queued=True, application=covered, charge=charge, line__amount=MONTHLY)
    other = make_link(offer=offer_for(covered.person), months=1)

    assert look_at(other.token).state == LinkState.NOT_NEEDED
