"""Receipts that are not to be paid any more: the page says why, and nothing can be paid with it."""

import re
from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from common import clock
from patents.services import enter_inn
from payments.errors import MoneyWaits
from payments.models import (
    Charge,
    Place,
    Placement,
    QueueReason,
    Receipt,
    ReceiptStatus,
    Requisites,
)
from payments.services.online.charges import record_taken, start_charge
from payments.services.papers.receipts import form_receipt
from tests.factories import LineFactory, PlacementFactory, StaffFactory
from tests.payments.knowingly import read_before

TODAY = date(2026, 2, 10)
LIST, PAY, CERTIFICATE = (reverse(f"payments:{name}") for name in ("list", "pay", "certificate"))

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]


@pytest.fixture
def mine(client, application):
    PlacementFactory(application=application)
    client.force_login(application.person.user)
    return client


@pytest.fixture
def receipt(application):
    return form_receipt(application=application, months=2, on=TODAY)


def annulled(receipt):
    patent = receipt.application.patent
    patent.annulled_on, patent.annulled_source = TODAY, "desk"
    patent.annulled_received_at = datetime(2026, 2, 10, tzinfo=UTC)
    patent.save()


def refused(receipt):
    application = receipt.application
    Receipt.objects.update(patent=None)
    application.patent.delete()
    application.status, application.refused_on = "refused", TODAY
    application.save()


def year_over(receipt):
    receipt.application.patent.issued_on = date(2025, 1, 15)
    receipt.application.patent.save()


def ten_more_months(receipt):
    PlacementFactory(application=receipt.application, months=10)


def eleven_more_months(receipt):
    PlacementFactory(application=receipt.application, months=11)


def old_price(receipt):
    """Formed in the year before: its price held through 31 December."""
    Receipt.objects.update(
        monthly="8900.00",
        amount="17800.00",
        snapshot=receipt.snapshot | {"price_until": "2025-12-31"},
    )
    receipt.refresh_from_db()


def inn_corrected(receipt):
    enter_inn(person=receipt.person, value="500100732259", on=TODAY)


def requisites_corrected(receipt):
    """Staff wrote another KPP from today on: so it was on 5 December 2025 (domain facts 3.1)."""
    Requisites.objects.filter(valid_until__isnull=True).update(kpp="770801001")


def taken(receipt):
    noon = datetime(2026, 2, 10, 9, tzinfo=UTC)
    record_taken(receipt=receipt, provider_id="taken", captured_at=noon)


def posted(receipt):
    line = LineFactory(amount=receipt.amount, posted_on=date(2026, 2, 9))
    PlacementFactory(
        line=line,
        application=receipt.application,
        receipt=receipt,
        months=2,
        paid_on=date(2026, 2, 5),
    )
    receipt.status, receipt.posted_on = ReceiptStatus.POSTED, line.posted_on
    receipt.save()


def late_in_queue(receipt, **more):
    owner = {"application": receipt.application, "receipt": receipt} | more
    return PlacementFactory(
        queued=True,
        queue_reason=QueueReason.LATE,
        line__amount=receipt.amount,
        paid_on=date(2026, 2, 9),
        **owner,
    )


def named_in_queue(receipt):
    """By hand, in Cyrillic letters and with a dash: nobody knows yet whose money it is."""
    purpose = f"налог ммс-{receipt.reference[:4]}-{receipt.reference[4:]} иванов".upper()
    return PlacementFactory(queued=True, line__purpose=purpose)


CLOSED = {
    annulled: "This patent is annulled.",
    refused: "This application was refused.",
    year_over: "The year of this patent is over.",
    ten_more_months: "Do not pay this receipt: only 1 month of the year is unpaid.",
    eleven_more_months: "All twelve months of this patent are paid.",
    old_price: "The price has changed: a month now costs 10 000 ₽. Make a new receipt.",
    inn_corrected: "The INN was corrected after this receipt was made.",
    requisites_corrected: "The money for the patent now goes by other bank details.",
    taken: "Do not pay a second time.",
    posted: "The Treasury received this money on",
    late_in_queue: "It waits for a decision of the centre.",
    named_in_queue: "It waits for a decision of the centre.",
}
each_end = pytest.mark.parametrize(
    ("end", "sentence"), CLOSED.items(), ids=[end.__name__ for end in CLOSED]
)


def address(receipt, name="receipt"):
    return reverse(f"payments:{name}", args=[receipt.reference])


def text_of(client, url):
    return client.get(url, headers={"accept-language": "en"}).content.decode().replace("\xa0", " ")


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


def test_an_open_receipt_offers_card_paper_and_code(mine, receipt):
    page = text_of(mine, address(receipt))

    assert f"{PAY}?receipt=" in page
    assert address(receipt, "receipt_pdf") in page
    assert address(receipt, "receipt_qr") in page
    assert address(receipt) in text_of(mine, LIST)


@each_end
def test_the_page_says_why_and_offers_no_way_to_pay(mine, receipt, end, sentence):
    end(receipt)

    page = text_of(mine, address(receipt))

    assert sentence in page
    assert f"{PAY}?receipt=" not in page
    assert address(receipt, "receipt_pdf") not in page
    assert address(receipt, "receipt_qr") not in page


@each_end
@pytest.mark.parametrize("name", ["receipt_pdf", "receipt_qr"])
def test_no_payable_paper_comes_by_its_address(mine, receipt, end, sentence, name):
    end(receipt)

    answer = mine.get(address(receipt, name))

    assert answer.status_code == 302
    assert answer.url == address(receipt)


@each_end
def test_the_page_for_the_card_has_no_button(mine, receipt, end, sentence):
    end(receipt)

    page = text_of(mine, f"{PAY}?receipt={receipt.reference}")

    assert sentence in page
    assert 'name="receipt"' not in page
    assert 'name="method"' not in page


@each_end
def test_lists_do_not_offer_it(mine, receipt, end, sentence):
    end(receipt)

    assert "Receipts that are not paid yet" not in text_of(mine, LIST)


@each_end
def test_at_the_window_it_is_not_printed_either(client, receipt, end, sentence):
    PlacementFactory(application=receipt.application)
    end(receipt)
    clerk = StaffFactory(is_superuser=False)
    clerk.groups.set(Group.objects.filter(name="operator"))
    client.force_login(clerk)
    given = [receipt.person_id, receipt.reference]

    answer = client.get(reverse("admin:assist_paper", args=given))

    assert answer.status_code == 302
    assert answer.url == reverse("admin:assist_receipt", args=given)


@each_end
def test_the_window_sees_why_and_no_button_to_print(client, receipt, end, sentence):
    PlacementFactory(application=receipt.application)
    end(receipt)
    clerk = StaffFactory(is_superuser=False)
    clerk.groups.set(Group.objects.filter(name="operator"))
    client.force_login(clerk)
    given = [receipt.person_id, receipt.reference]

    page = client.get(reverse("admin:assist_receipt", args=given)).content.decode()

    assert reverse("admin:assist_paper", args=given) not in page


def test_an_old_price_says_its_last_day_and_offers_a_new_receipt(mine, receipt):
    old_price(receipt)

    page = text_of(mine, address(receipt))

    assert "could be paid through December 31, 2025." in page
    assert "Did you pay it by that day? Then the old price counts. Do not pay again." in page
    assert reverse("payments:receipt_new") in page


def test_on_the_last_day_of_its_price_the_receipt_is_still_open(mine, application, february):
    february.move_to(datetime(2026, 12, 31, 20, 59, tzinfo=UTC))
    paper = form_receipt(application=application, months=1, on=date(2026, 12, 1))
    mine.force_login(application.person.user)
    read_before(mine, paper)

    assert mine.get(address(paper, "receipt_pdf"))["Content-Type"] == "application/pdf"
    february.move_to(datetime(2026, 12, 31, 21, 0, tzinfo=UTC))
    mine.force_login(application.person.user)
    assert mine.get(address(paper, "receipt_pdf")).status_code == 302


@pytest.mark.parametrize(
    ("end", "goes"),
    [
        (refused, "it goes to a new application, or you get it back. Ask the centre."),
        (annulled, "or you may get it back. Keep the cheque and ask the centre."),
        (year_over, "or you may get it back. Keep the cheque and ask the centre."),
    ],
)
def test_the_page_of_an_end_says_what_to_do_and_what_becomes_of_the_money(mine, receipt, end, goes):
    end(receipt)

    page = text_of(mine, address(receipt))

    assert "Do not pay for it" in page
    assert "Did you already pay?" in page
    assert goes in page


@pytest.mark.parametrize("end", [annulled, year_over])
def test_whose_patent_ended_reads_that_a_new_one_is_needed(mine, receipt, end):
    end(receipt)

    assert "you need a new patent." in text_of(mine, address(receipt))


@pytest.mark.parametrize("end", [late_in_queue, named_in_queue])
def test_money_that_waits_is_not_taken_again_by_card(receipt, acquirer, end):
    end(receipt)

    with pytest.raises(MoneyWaits):
        start_charge(receipt=receipt)
    assert not Charge.objects.exists()


def test_money_of_another_person_does_not_close_a_receipt(mine, receipt):
    other = PlacementFactory().application
    row = named_in_queue(receipt)
    row.application = other
    row.save()

    assert list(Receipt.objects.unpaid()) == [receipt]


def test_money_that_has_left_the_queue_leaves_the_receipt_open(mine, receipt):
    row = late_in_queue(receipt)
    Placement.objects.filter(pk=row.pk).update(closed_at=clock.now())
    given_back = {"place": Place.RETURNED, "application": row.application, "months": 0}
    PlacementFactory(line=row.line, **given_back)

    assert list(Receipt.objects.unpaid()) == [receipt]
    assert f"{PAY}?receipt=" in text_of(mine, address(receipt))


def test_a_posted_receipt_prints_as_paid_with_its_three_dates(mine, receipt):
    posted(receipt)

    page = text_of(mine, address(receipt))

    assert "Paid</span>" in page
    assert 'class="three"' in page
    for day in ("14", "5", "9"):
        assert re.search(rf"<dd>{day} [Ff]eb</dd>", page), day
    assert 'class="two noprint"' not in page


def test_the_certificate_names_money_that_the_treasury_received(mine):
    page = text_of(mine, CERTIFICATE)

    assert "Paid on January 10, 2026. The Treasury received it on January 13, 2026." in page


# --- before the patent is issued


@pytest.fixture
def waiting(application):
    application.patent.delete()
    application.status = "ready"
    application.save()
    return application


def payments_of(client, application):
    client.force_login(application.person.user)
    page = text_of(client, LIST)
    section = page.partition('id="to-pay-title"')[2]
    return section.partition("</section>")[0]


def test_whose_first_month_is_paid_has_nothing_to_pay_now(client, waiting):
    assert "Pay online" in payments_of(client, waiting)

    PlacementFactory(application=waiting)
    section = payments_of(client, waiting)

    assert "There is nothing to pay now." in section
    assert "Pay ahead" in section
    assert "Pay online" not in section


def test_with_twelve_months_paid_nothing_is_offered_ahead(client, waiting):
    PlacementFactory(application=waiting, months=12)

    assert "Pay ahead" not in payments_of(client, waiting)


def test_whose_money_waits_is_not_asked_for_the_first_month_again(client, waiting):
    PlacementFactory(
        queued=True,
        queue_reason=QueueReason.DAY_UNKNOWN,
        application=waiting,
    )

    assert "Pay online" not in payments_of(client, waiting)


def test_after_a_refusal_nothing_is_to_be_paid(client, waiting):
    waiting.status, waiting.refused_on = "refused", TODAY
    waiting.save()

    assert payments_of(client, waiting) == ""
