"""Every way to give money again leads past the page of what is already paid."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from payments.models import Charge, PayLink, Receipt
from payments.offers import offer_for
from payments.services.online.charges import record_taken, refresh_charge
from payments.services.online.links import make_link, pay_by_link, revoke_link, waiting_links
from payments.services.papers.receipts import form_receipt
from payments.stop import OpenPage, WaitingLink, stop_before
from tests.factories import PlacementFactory, StaffFactory
from tests.payments.knowingly import KNOWN, read_before
from tests.payments.test_stop import FIRST, at, issued

NEW, PAY = (reverse(f"payments:{name}") for name in ("receipt_new", "pay"))
FILES = ["receipt_pdf", "receipt_qr", "receipt_txt"]
TODAY = date(2026, 2, 10)


@dataclass(frozen=True)
class Entrance:
    """A way to pay: a form that is sent, or a page of a receipt that was made before."""

    name: str
    data: dict | None = None
    of_receipt: bool = False

    def knock(self, client, paper: Receipt):
        own = [paper.reference] if self.name.startswith("receipt") and self.of_receipt else []
        address = reverse(f"payments:{self.name}", args=own)
        if self.data is not None:
            return client.post(address, self.data, follow=True)
        query = {} if own else {"receipt": paper.reference}
        return client.get(address, query, follow=True)


@dataclass(frozen=True)
class AtTheWindow(Entrance):
    """The same by the hand of an operator, who reads it to the person."""

    def knock(self, client, paper: Receipt):
        clerk = StaffFactory(is_superuser=False)
        clerk.groups.set(Group.objects.filter(name="operator"))
        client.force_login(clerk)
        own = [paper.reference] if self.of_receipt else []
        address = reverse(f"admin:{self.name}", args=[paper.person_id, *own])
        send = client.get if self.data is None else client.post
        return send(address, self.data, follow=True)


BANK = {
    "a new receipt": Entrance("receipt_new", {"months": "1"}),
    "an older receipt": Entrance("receipt", of_receipt=True),
    "its PDF": Entrance("receipt_pdf", of_receipt=True),
    "its QR": Entrance("receipt_qr", of_receipt=True),
    "its text": Entrance("receipt_txt", of_receipt=True),
    "a link for a payer": Entrance("links", {"months": "1"}),
    "print at the window": AtTheWindow("assist_paper", of_receipt=True),
    "make at the window": AtTheWindow("assist", {"months": "1"}),
}
ONLINE = {
    "so many months online": Entrance("pay", {"months": "1"}),
    "an older receipt online": Entrance("pay"),
}
every_way = pytest.mark.parametrize("way", [*BANK.values(), *ONLINE.values()], ids=[*BANK, *ONLINE])


@pytest.fixture
def mine(client, application, february, acquirer):
    """The first month is posted and covers through 14 February; today is the 10th."""
    PlacementFactory(application=application)
    client.force_login(application.person.user)
    return client


@pytest.fixture
def older(application, mine):
    return form_receipt(application=application, months=1, on=TODAY)


@pytest.fixture
def on_its_way(application, older):
    other = form_receipt(application=application, months=1, on=TODAY, anew=True)
    noon = datetime(2026, 2, 10, 8, tzinfo=UTC)
    return record_taken(receipt=other, provider_id="before", captured_at=noon)


def is_stopped(answer) -> bool:
    is_page = answer["Content-Type"].startswith("text/html")
    return is_page and bool(KNOWN.search(answer.content.decode()))


@every_way
def test_every_way_to_pay_shows_what_is_on_its_way(mine, older, on_its_way, way):
    answer = way.knock(mine, older)

    assert is_stopped(answer)
    assert "10\xa0000\xa0₽" in answer.content.decode()
    assert Charge.objects.count() == 1


@every_way
def test_no_way_to_pay_is_held_up_without_other_money(mine, older, way):
    assert not is_stopped(way.knock(mine, older))


@every_way
def test_every_way_to_pay_says_what_it_means_after_the_last_day(
    mine, application, older, february, way
):
    february.move_to(datetime(2026, 2, 14, 21, tzinfo=UTC))
    mine.force_login(application.person.user)

    answer = way.knock(mine, older)

    assert is_stopped(answer)
    assert 'id="late"' in answer.content.decode()


@pytest.mark.parametrize("way", BANK.values(), ids=BANK)
def test_an_open_payment_page_is_read_before_paying_at_a_bank_or_by_a_link(mine, older, way):
    mine.post(PAY, {"months": "1"})
    at = f"{Charge.objects.get().closes_at:%M}"

    page = way.knock(mine, older)

    assert is_stopped(page)
    assert 'id="open-pages"' in page.content.decode()
    assert f":{at}" in page.content.decode()


@pytest.fixture
def link(application, mine):
    return make_link(offer=offer_for(application.person), months=1)


@every_way
def test_a_link_by_which_somebody_else_may_pay_is_read_before_every_way_to_pay(
    mine, older, link, way
):
    page = way.knock(mine, older)

    assert is_stopped(page)
    assert 'id="waiting-links"' in page.content.decode()


def opened(link):
    pay_by_link(link=link, payer_name="Иванов Иван")


def paid_otherwise(link):
    PlacementFactory(application=link.application)


def made_by_somebody_without_login(link):
    PayLink.objects.update(made_openly=True)


def over(link):
    PayLink.objects.update(good_through=date(2026, 2, 9))


@pytest.mark.parametrize(
    "end", [opened, revoke_link, paid_otherwise, made_by_somebody_without_login, over]
)
def test_a_link_that_nobody_can_pay_anew_holds_up_no_payment(link, end):
    end(link)

    assert waiting_links(link.application.person) == ()


def test_a_link_whose_payer_left_the_page_waits_again(link, acquirer):
    opened(link)
    charge = Charge.objects.get()
    acquirer.cancel(charge.provider_id)
    refresh_charge(charge=charge)

    [waits] = waiting_links(link.application.person)
    assert (waits.months, waits.good_through) == (1, link.good_through)


def test_another_link_is_another_thing_to_read():
    now, one = at(TODAY, issued(FIRST)), WaitingLink(1, 1, TODAY)

    alone, both = (
        stop_before(now, 1, links=links) for links in [(one,), (one, replace(one, link_id=2))]
    )

    assert alone.fingerprint != both.fingerprint


def test_once_read_the_receipt_and_its_files_are_given(mine, older, on_its_way):
    page = read_before(mine, older)

    assert page.redirect_chain == [(reverse("payments:receipt", args=[older.reference]), 302)]
    assert not is_stopped(page)
    for name in FILES:
        assert mine.get(reverse(f"payments:{name}", args=[older.reference])).status_code == 200


def test_once_read_the_older_receipt_is_paid_online_without_reading_it_twice(
    mine, older, on_its_way
):
    page = read_before(mine, older, "pay").content.decode()
    known = KNOWN.search(page)[1]

    answer = mine.post(PAY, {"receipt": older.reference, "known": known, "method": "bank_card"})

    assert answer.status_code == 303


def test_whoever_reads_and_goes_on_pays_nothing_by_that_alone(mine, older, on_its_way):
    read_before(mine, older, "pay")

    assert Charge.objects.count() == 1


def test_a_receipt_made_after_reading_is_shown_at_once(mine, older, on_its_way):
    known = KNOWN.search(mine.post(NEW, {"months": "2"}).content.decode())[1]

    answer = mine.post(NEW, {"months": "2", "known": known}, follow=True)

    assert not is_stopped(answer)
    assert "slip" in answer.content.decode()


def test_what_was_read_is_shown_again_once_it_has_changed(mine, older, on_its_way):
    read_before(mine, older)
    more = form_receipt(application=older.application, months=1, on=TODAY, anew=True)
    noon = datetime(2026, 2, 10, 8, 30, tzinfo=UTC)
    record_taken(receipt=more, provider_id="more", captured_at=noon)

    assert is_stopped(mine.get(reverse("payments:receipt", args=[older.reference])))


def test_a_made_up_word_opens_no_receipt(mine, older, on_its_way):
    address = reverse("payments:receipt", args=[older.reference])
    mine.post(address, {"looked_at": "1", "known": "yes"})

    assert is_stopped(mine.get(address))


def test_a_receipt_that_is_not_to_be_paid_says_so_at_once(mine, on_its_way):
    paid = on_its_way.receipt

    assert not is_stopped(mine.get(reverse("payments:receipt", args=[paid.reference])))
    assert not is_stopped(mine.get(PAY, {"receipt": paid.reference}))


def test_a_page_paid_a_moment_ago_is_heard_of_before_the_receipt_is_shown(mine, older, acquirer):
    mine.post(PAY, {"months": "2"})
    acquirer.pay(acquirer.only["id"], captured_at="2026-02-10T08:59:00.000Z")

    page = mine.get(reverse("payments:receipt", args=[older.reference])).content.decode()

    assert KNOWN.search(page)
    assert 'id="open-pages"' not in page
    assert "20\xa0000\xa0₽" in page


def test_a_page_whose_time_is_up_says_that_the_bank_is_silent(mine, older, february, settings):
    mine.post(PAY, {"months": "1"})
    settings.YOOKASSA_URL = "http://127.0.0.1:9/v3"
    february.shift(3700)
    mine.force_login(older.person.user)

    page = mine.get(
        reverse("payments:receipt", args=[older.reference]), headers={"accept-language": "en"}
    )

    assert "has not told us yet how it ended" in page.content.decode()


def test_a_page_that_closed_is_other_than_a_page_that_is_open():
    noon = datetime(2026, 2, 10, 9, tzinfo=UTC)
    page = OpenPage(1, "ABCDEFGH", Decimal("10000"), noon, noon, is_over=False, by_link=False)
    now = at(TODAY, issued(FIRST))

    still_open = stop_before(now, 1, pages=(page,))
    over = stop_before(now, 1, pages=(replace(page, is_over=True),))

    assert still_open.fingerprint != over.fingerprint
