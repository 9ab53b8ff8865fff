"""What the owner of a link and the staff see of it, and who may pay its paper."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts import timeline as words
from journal.models import Look
from patents.services import enter_inn
from payments import timeline
from payments.errors import LinkDead, PaperOfALink
from payments.link_states import LinkState
from payments.models import Charge, PayLink, Receipt, Till
from payments.offers import offer_for
from payments.room import payable
from payments.services.online.charges import refresh_charge, start_charge
from payments.services.online.links import look_at, make_link, pay_by_link, revoke_link
from payments.services.papers.receipts import form_receipt
from payments.services.tills import tills
from tests.factories import MONTHLY, StaffFactory
from tests.payments.link_world import ENGLISH, TODAY, covered, day, link, opened, paid

__all__ = ["covered", "day", "link", "opened"]

pytestmark = pytest.mark.django_db


# --- the paper of a link


@pytest.fixture
def paper(opened) -> Receipt:
    return opened.receipt


def test_the_links_paper_is_not_among_those_to_pay(paper, acquirer):
    acquirer.cancel(Charge.objects.get().provider_id)
    refresh_charge(charge=Charge.objects.get())

    assert payable(paper.person, TODAY, MONTHLY) == []


def test_nobody_but_its_payer_pays_the_links_paper(paper, opened):
    till = Till.objects.create(name="Касса 1")

    with pytest.raises(PaperOfALink):
        start_charge(receipt=paper)
    with pytest.raises(PaperOfALink):
        tills.take(
            receipt=paper, till=till, cheque_number="1", amount=paper.amount, actor=StaffFactory()
        )


def test_its_page_says_so_and_makes_another_with_one_click(client, paper):
    client.force_login(paper.person.user)

    page = client.get(
        reverse("payments:receipt", args=[paper.reference]), headers=ENGLISH
    ).content.decode()

    assert "This receipt was made for a link" in page
    assert f'action="{reverse("payments:receipt_new")}"' in page
    assert "Somebody else paid for you" not in page
    assert client.get(reverse("payments:receipt_pdf", args=[paper.reference])).status_code == 302


def test_after_the_owner_corrected_the_inn_the_link_pays_with_a_new_paper(link, acquirer, covered):
    first = pay_by_link(link=link, payer_name="Иванов")
    acquirer.cancel(first.provider_id)
    refresh_charge(charge=first)
    enter_inn(person=covered.person, value="500100732259", on=TODAY)

    second = pay_by_link(link=PayLink.objects.get(), payer_name="Иванов")

    assert second.receipt_id != first.receipt_id
    assert second.receipt.snapshot["payer"]["inn"] == "500100732259"


# --- withdrawing while somebody pays


def test_a_withdrawn_link_with_an_open_page_says_until_when_to_wait(client, link, opened):
    client.force_login(link.application.person.user)

    page = client.post(
        reverse("payments:link_revoke", args=[link.pk]), follow=True, headers=ENGLISH
    ).content.decode()

    assert "can pay until 13:00. Wait until then before you pay yourself." in page
    assert "The payment is open: Иванов Иван." in page


def test_a_withdrawn_link_without_a_page_is_simply_withdrawn(client, link):
    client.force_login(link.application.person.user)

    page = client.post(
        reverse("payments:link_revoke", args=[link.pk]), follow=True, headers=ENGLISH
    ).content.decode()

    assert "Nobody can pay by it any more." in page
    with pytest.raises(LinkDead):
        look_at(link.token)


def test_the_acquirer_is_asked_when_a_link_is_withdrawn(link, opened, acquirer):
    paid(acquirer, opened)

    assert revoke_link(link) is None
    assert look_at(link.token).state == LinkState.PAID


# --- who paid


def test_every_name_of_one_page_is_kept_and_none_replaced(link, opened):
    again = pay_by_link(link=PayLink.objects.get(), payer_name="Петров Пётр")
    pay_by_link(link=PayLink.objects.get(), payer_name="Иванов Иван")

    assert again.pk == opened.pk
    assert Charge.objects.get().payers == ["Иванов Иван", "Петров Пётр"]


def test_a_page_that_was_left_keeps_its_name_and_the_next_one_its_own(link, opened, acquirer):
    acquirer.cancel(opened.provider_id)
    refresh_charge(charge=opened)
    pay_by_link(link=PayLink.objects.get(), payer_name="Петров")

    assert [one.payers for one in Charge.objects.order_by("pk")] == [["Иванов Иван"], ["Петров"]]


def test_the_person_reads_in_the_history_who_paid_by_the_link(link, opened, acquirer):
    paid(acquirer, opened)
    refresh_charge(charge=opened)

    entry = link.application.person.timeline.get(kind=timeline.TAKEN_BY_LINK)
    said = words.words(entry)
    assert "Иванов Иван" in said
    assert "10\xa0000\xa0₽" in said
    assert not link.application.person.timeline.filter(kind=timeline.TAKEN).exists()


def test_money_of_ones_own_is_told_as_before(covered, acquirer):
    charge = start_charge(receipt=form_receipt(application=covered, months=1, on=TODAY))
    paid(acquirer, charge)
    refresh_charge(charge=charge)

    assert covered.person.timeline.filter(kind=timeline.TAKEN).exists()


# --- the staff's list


@pytest.fixture
def clerk(client):
    user = StaffFactory(is_superuser=False)
    user.groups.set(Group.objects.filter(name="operator"))
    client.force_login(user)
    return user


def test_staff_see_links_without_their_addresses_and_the_look_is_kept(client, clerk, link, opened):
    pages = [
        reverse("admin:payments_paylink_changelist"),
        reverse("admin:payments_paylink_change", args=[link.pk]),
    ]

    shown = [client.get(page).content.decode() for page in pages]

    assert all(link.token not in page for page in shown)
    assert all("Каримов" in page for page in shown)
    assert "Иванов Иван" in shown[1]
    looks = Look.objects.filter(person_id=link.application.person_id, actor_id=clerk.pk)
    assert looks.count() == 2


@pytest.mark.parametrize(("state", "count"), [("paid", 1), ("alive", 1), ("over", 1), ("", 3)])
def test_the_list_is_narrowed_by_state(
    client, clerk, link, opened, acquirer, covered, state, count
):
    paid(acquirer, opened)
    refresh_charge(charge=opened)
    for _number in range(2):
        last = make_link(offer=offer_for(covered.person), months=1)
    PayLink.objects.filter(pk=last.pk).update(revoked_at=datetime(2026, 2, 10, tzinfo=UTC))

    page = client.get(
        reverse("admin:payments_paylink_changelist"), {"state": state} if state else {}
    )

    assert page.context["cl"].result_count == count


def test_staff_change_no_link(client, clerk, link):
    page = reverse("admin:payments_paylink_change", args=[link.pk])

    assert client.post(page, {"months": "12"}).status_code == 403
    assert PayLink.objects.get().months == 1
