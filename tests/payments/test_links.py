"""Paying for someone else: what the payer sees, whose tax it is, when a link is dead."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from common.clock import MOSCOW
from payments.errors import LinkDead, LinkTooLate, MonthsBeyondCap, TooManyLinks
from payments.link_states import LinkState
from payments.models import Charge, PayLink, Receipt
from payments.offers import offer_for
from payments.services.online import links
from payments.services.online.links import LINKS_A_DAY, look_at, make_link, pay_by_link, revoke_link
from payments.services.papers.receipts import form_receipt
from payments.views import links as views
from tests.at_once import at_once, meeting, no_row_is_locked, outcome
from tests.factories import (
    ApplicationFactory,
    ChargeFactory,
    PersonFactory,
    ReceiptFactory,
)
from tests.payments.link_world import ENGLISH, address, covered, day, link

PAGE = reverse("payments:links")
DEAD = "This link does not work"

__all__ = ["covered", "day", "link"]


@pytest.fixture
def mine(client, covered):
    client.force_login(covered.person.user)
    return client


def seen(client, link) -> str:
    answer = client.get(address(link), headers=ENGLISH)
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def pay(client, link, name="Иванов Иван"):
    return client.post(address(link), {"payer_name": name}, headers=ENGLISH)


def finished(acquirer) -> Charge:
    """The acquirer has taken the money of the one charge."""
    charge = Charge.objects.get()
    acquirer.pay(charge.provider_id, "2026-02-10T09:05:00.000Z")
    return charge


# --- what a payer sees


@pytest.mark.django_db
def test_the_page_shows_initials_months_sum_and_payee(client, link):
    page = seen(client, link)

    assert "К. Т. Р." in page
    assert "<dt>Months</dt> <dd> 1 </dd>" in page
    assert "10 000 ₽" in page
    assert "Казначейство России (ФНС России)" in page
    assert "in up to 7 days" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "secret", ["Каримов", "Тимур", "775100004210", "2600418174", "FA1234567", "14.02", "Feb"]
)
def test_the_page_shows_nothing_more(client, link, secret):
    page = seen(client, link)

    assert secret not in page
    assert link.application.number not in page


@pytest.mark.django_db
def test_nothing_personal_stands_in_the_address_and_nobody_indexes_it(client, link):
    answer = client.get(address(link))

    assert len(link.token) == 32
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]


# --- paying


@pytest.mark.django_db
def test_the_payer_is_kept_and_the_tax_stays_the_persons(client, link, acquirer):
    answer = pay(client, link, "  ООО «Ромашка»  ")
    charge, paid_by = Charge.objects.get(), PayLink.objects.get()

    assert answer.status_code == 303
    assert answer.headers["Location"] == charge.confirmation_url
    assert charge.payers == ["ООО «Ромашка»"]
    assert paid_by.receipt == charge.receipt
    assert charge.receipt.person == link.application.person
    assert charge.receipt.snapshot["payer"]["inn"] == "775100004210"


@pytest.mark.django_db
def test_the_payer_comes_back_to_the_same_public_page(client, link, acquirer):
    pay(client, link)

    [order] = acquirer.bodies
    assert order["confirmation"]["return_url"] == f"http://testserver{address(link)}"


@pytest.mark.django_db
def test_two_clicks_lead_to_one_payment(client, link, acquirer):
    first, second = pay(client, link), pay(client, link)

    assert first.headers["Location"] == second.headers["Location"]
    assert Charge.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["", "   ", "123", "…", "А" * 161])
def test_without_a_name_nothing_is_started(client, link, name):
    answer = pay(client, link, name)

    assert answer.status_code == 200
    assert not Charge.objects.exists()


@pytest.mark.django_db
def test_the_persons_own_paper_of_the_day_is_another_one(client, link, covered, acquirer):
    own = form_receipt(application=covered, months=1, on=date(2026, 2, 10))
    pay(client, link)

    assert PayLink.objects.get().receipt != own
    assert form_receipt(application=covered, months=1, on=date(2026, 2, 10)) == own


@pytest.mark.django_db
def test_once_paid_the_payer_is_thanked_and_the_link_takes_nothing_more(client, link, acquirer):
    pay(client, link)
    finished(acquirer)
    page = seen(client, link)
    again = pay(client, link)

    assert "The payment is received." in page
    assert "10 000" not in page
    assert again.status_code == 200
    assert Charge.objects.count() == 1


@pytest.mark.django_db
def test_the_person_reads_who_paid(mine, client, link, acquirer):
    pay(client, link, "Иванов Иван")
    finished(acquirer)
    seen(client, link)

    assert "Иванов Иван" in mine.get(PAGE).content.decode()
    receipt = Receipt.objects.get()
    paper = mine.get(reverse("payments:receipt", args=[receipt.reference])).content.decode()
    assert "Иванов Иван" in paper


@pytest.mark.django_db
def test_while_the_acquirer_is_away_the_payer_keeps_the_page(client, link, settings):
    settings.YOOKASSA_URL = "http://127.0.0.1:9/v3"
    answer = pay(client, link)

    assert answer.status_code == 200
    assert "does not answer now" in answer.content.decode()


# --- when a link is dead


def test_dead_links_cannot_be_told_apart(client, link, covered, day):
    def main(token) -> tuple:
        answer = client.get(reverse("payments:pay_link", args=[token]), headers=ENGLISH)
        page = answer.content.decode()
        return answer.status_code, page[page.index("<main") : page.index("</main>")]

    unknown = main("x" * 32)
    assert unknown[0] == 404
    assert DEAD in unknown[1]
    revoke_link(link)
    assert main(link.token) == unknown
    other = make_link(offer=offer_for(covered.person), months=1)
    day.move_to(datetime(2026, 2, 15, 0, 1, tzinfo=MOSCOW))
    assert main(other.token) == unknown


def test_a_link_of_an_annulled_patent_is_dead(link, covered):
    patent = covered.patent
    patent.annulled_on, patent.annulled_source = date(2026, 2, 9), "desk"
    patent.annulled_received_at = datetime(2026, 2, 9, tzinfo=MOSCOW)
    patent.save()

    with pytest.raises(LinkDead):
        look_at(link.token)


def test_a_link_whose_month_was_paid_otherwise_takes_nothing(client, link, covered):
    ChargeFactory(
        receipt=ReceiptFactory(application=covered),
        captured_at=datetime(2026, 2, 10, 11, tzinfo=MOSCOW),
    )

    assert look_at(link.token).state == LinkState.NOT_NEEDED
    assert "There is nothing to pay by this link now." in seen(client, link)
    with pytest.raises(LinkDead):
        pay_by_link(link=link, payer_name="Иванов")


def test_a_link_lives_no_longer_than_the_payment_is_in_time(link):
    assert link.good_through == date(2026, 2, 14)


def test_before_the_patent_it_lives_for_a_week(worker):
    ApplicationFactory(person=worker, ready=True)

    assert make_link(offer=offer_for(worker), months=1).good_through == date(2026, 2, 17)


def test_nobody_is_asked_to_pay_too_late(covered, day):
    day.move_to(datetime(2026, 2, 15, 12, tzinfo=MOSCOW))

    with pytest.raises(LinkTooLate):
        make_link(offer=offer_for(covered.person), months=1)


@pytest.mark.parametrize("months", [0, -1, 12, 13])
def test_no_more_months_than_the_year_has(covered, months):
    with pytest.raises(MonthsBeyondCap):
        make_link(offer=offer_for(covered.person), months=months)


def test_nobody_makes_links_without_end(covered):
    for _number in range(LINKS_A_DAY):
        make_link(offer=offer_for(covered.person), months=1)

    with pytest.raises(TooManyLinks):
        make_link(offer=offer_for(covered.person), months=1)


def test_who_tries_many_addresses_must_wait(client, link, monkeypatch):
    monkeypatch.setattr(views, "LOOKS", 3)
    for number in range(3):
        client.get(reverse("payments:pay_link", args=[f"{number}" * 32]))

    assert client.get(address(link)).status_code == 429
    assert client.get(address(link), REMOTE_ADDR="198.51.100.7").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_payers_at_once_start_one_payment(link, acquirer):
    def one(name):
        return lambda: pay_by_link(link=PayLink.objects.get(), payer_name=name).pk

    first, second = at_once(one("Иванов"), one("Петров"))

    assert first == second
    assert Charge.objects.count() == Receipt.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_twin_without_the_locks_two_payers_get_two_papers(link, acquirer, monkeypatch):
    no_row_is_locked(monkeypatch)
    meeting(monkeypatch, links, "form_receipt", 2)

    def one(name):
        return outcome(lambda: pay_by_link(link=PayLink.objects.get(), payer_name=name))

    at_once(one("Иванов"), one("Петров"))

    assert Receipt.objects.count() == 2


# --- the owner's page


def test_the_owner_makes_lists_and_withdraws_links(mine, covered):
    mine.post(PAGE, {"months": "1"})
    link = PayLink.objects.get()
    assert f"http://testserver{address(link)}" in mine.get(PAGE).content.decode()

    mine.post(reverse("payments:link_revoke", args=[link.pk]))

    assert link.token not in mine.get(PAGE).content.decode()
    with pytest.raises(LinkDead):
        look_at(link.token)


def test_a_stranger_neither_sees_nor_withdraws(client, link):
    stranger = ApplicationFactory().person
    client.force_login(stranger.user)

    assert link.token not in client.get(PAGE).content.decode()
    assert client.post(reverse("payments:link_revoke", args=[link.pk])).status_code == 404
    assert PayLink.objects.get().revoked_at is None


@pytest.mark.parametrize("months", ["0", "-1", "13", "три", ""])
def test_a_wrong_number_of_months_makes_no_link(mine, months):
    mine.post(PAGE, {"months": months})

    assert not PayLink.objects.exists()


@pytest.mark.django_db
def test_without_an_inn_the_page_says_why(client):
    person = PersonFactory()
    ApplicationFactory(person=person, ready=True)
    client.force_login(person.user)

    assert "INN" in client.get(PAGE, headers=ENGLISH).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_questions_whatever_its_length(
    mine, covered, count, django_assert_max_num_queries
):
    for _number in range(count):
        make_link(offer=offer_for(covered.person), months=1)
    mine.get(PAGE)

    with django_assert_max_num_queries(16):
        assert mine.get(PAGE).content.decode().count("Отозвать ссылку") == count
