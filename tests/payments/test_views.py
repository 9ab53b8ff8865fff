import io
import re
from datetime import UTC, date, datetime

import pypdfium2
import pytest
import zxingcpp
from django.urls import reverse

from accounts.models import Person
from payments import gost, room
from payments.models import Charge, ChargeStatus, Receipt
from payments.services.online.charges import record_taken
from payments.services.papers.receipts import form_receipt
from tests.factories import (
    AccountFactory,
    ApplicationFactory,
    InnFactory,
    PersonFactory,
    StaffFactory,
)
from tests.payments.knowingly import knowingly, read_before

TODAY = date(2026, 2, 10)
NEW, PAY, LIST = (reverse(f"payments:{name}") for name in ("receipt_new", "pay", "list"))

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]


@pytest.fixture
def mine(client, application):
    client.force_login(application.person.user)
    return client


@pytest.fixture
def receipt(application):
    return form_receipt(application=application, months=1, on=TODAY)


def covered(application, months: int) -> None:
    """Months paid in time by card before the issue, so that the patent is covered."""
    paper = form_receipt(application=application, months=months, on=date(2026, 1, 10))
    noon = datetime(2026, 1, 10, 9, tzinfo=UTC)
    record_taken(receipt=paper, provider_id=f"before-{paper.pk}", captured_at=noon)


# --- the receipt's form


def test_each_choice_shows_its_price_and_last_day_without_a_script(mine, application):
    covered(application, 1)

    page = mine.get(NEW).content.decode().replace("\xa0", " ")

    assert len(re.findall(r'type="radio" name="months"', page)) == 11
    assert "110 000 ₽" in page
    assert "14 марта 2026" in page


def test_a_chosen_number_of_months_becomes_a_receipt(mine):
    answer = knowingly(mine, NEW, {"months": "3"})

    receipt = Receipt.objects.get()
    assert receipt.months == 3
    assert answer.url == reverse("payments:receipt", args=[receipt.reference])


@pytest.mark.parametrize(
    "months", ["", "0", "13", "-1", "abc", "три", "1.5", "\x00", "99999999999999999"]
)
def test_a_wrong_number_of_months_is_explained_and_makes_nothing(mine, months):
    answer = knowingly(mine, NEW, {"months": months})

    assert answer.status_code == 200
    assert 'href="#id_months_0"' in answer.content.decode()
    assert not Receipt.objects.exists()


def test_an_empty_form_says_what_to_do(mine):
    assert 'role="alert"' in mine.post(NEW).content.decode()


@pytest.mark.parametrize("url", [NEW, PAY])
def test_without_an_inn_the_page_says_why_there_is_nothing_to_choose(mine, application, url):
    application.person.inns.all().delete()

    page = mine.get(url).content.decode()

    assert 'name="months"' not in page
    assert "ИНН" in page or "INN" in page


@pytest.mark.parametrize("url", [NEW, PAY])
def test_with_twelve_months_on_their_way_there_is_nothing_to_pay(mine, application, url):
    covered(application, 12)

    assert 'name="months"' not in mine.get(url).content.decode()


def test_an_unknown_tariff_date_is_a_sentence(mine, application, february):
    covered(application, 11)
    february.move_to(datetime(2027, 1, 2, 9, tzinfo=UTC))
    mine.force_login(application.person.user)

    answer = mine.get(NEW)

    assert answer.status_code == 200
    assert 'name="months"' not in answer.content.decode()


def test_who_has_no_application_is_told_so(client):
    person = PersonFactory()
    client.force_login(person.user)

    assert client.get(NEW).status_code == 200


@pytest.mark.parametrize("url", [NEW, PAY])
def test_after_the_last_day_the_page_says_so_before_paying(mine, application, february, url):
    covered(application, 1)
    assert 'id="late"' not in mine.get(url).content.decode()

    february.move_to(datetime(2026, 2, 14, 21, tzinfo=UTC))
    mine.force_login(application.person.user)

    page = mine.get(url).content.decode()
    assert 'id="late"' in page
    assert "14 марта" not in page.replace("\xa0", " ")


# --- the receipt


def test_the_page_has_both_halves_and_every_field(mine, receipt):
    read_before(mine, receipt)
    page = mine.get(reverse("payments:receipt", args=[receipt.reference])).content.decode()

    for text in ("03100643000000018500", "18210102040011000110", "775100004210", "017003983"):
        assert page.count(text) >= 2


def test_a_number_is_found_however_it_was_typed(mine, receipt):
    typed = f"{receipt.reference[:4]}-{receipt.reference[4:]}".lower()

    assert mine.get(reverse("payments:receipt", args=[typed])).status_code == 200


def test_the_qr_of_the_pdf_is_exactly_the_receipt(mine, receipt):
    read_before(mine, receipt)
    answer = mine.get(reverse("payments:receipt_pdf", args=[receipt.reference]))

    assert answer["Content-Type"] == "application/pdf"
    assert (
        answer["Content-Disposition"] == f'attachment; filename="receipt-{receipt.reference}.pdf"'
    )
    assert "no-store" in answer["Cache-Control"]
    image = pypdfium2.PdfDocument(io.BytesIO(answer.content))[0].render(scale=4).to_pil()
    [code] = zxingcpp.read_barcodes(image)
    fields = gost.parse(code.bytes)
    assert fields["Sum"] == "1000000"
    assert fields["PayerINN"] == "775100004210"
    assert fields["Purpose"] == receipt.snapshot["purpose"]
    assert fields["KPP"] == "770701001"
    assert fields["LastName"] == "Каримов"


def test_the_pictures_of_the_page_and_the_pdf_say_the_same(mine, receipt):
    read_before(mine, receipt)
    answer = mine.get(reverse("payments:receipt_qr", args=[receipt.reference]))

    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<svg")


def test_the_price_and_the_names_of_a_receipt_do_not_change_with_the_person(mine, receipt):
    Person.objects.update(last_name="Другой")

    page = read_before(mine, receipt).content.decode()

    assert "Каримов Тимур Рустамович" in page


STRANGERS_PAGES = ["receipt", "receipt_pdf", "receipt_qr", "back"]


@pytest.mark.parametrize("name", STRANGERS_PAGES)
def test_a_strangers_receipt_is_not_there(client, receipt, name):
    stranger = PersonFactory()
    InnFactory(person=stranger, value="773370857141")
    ApplicationFactory(person=stranger)
    client.force_login(stranger.user)

    assert client.get(reverse(f"payments:{name}", args=[receipt.reference])).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_strangers_receipt_cannot_be_paid(client, receipt, acquirer, method):
    client.force_login(PersonFactory().user)

    assert getattr(client, method)(PAY, {"receipt": receipt.reference}).status_code == 404
    assert not Charge.objects.exists()


@pytest.mark.parametrize("name", STRANGERS_PAGES)
def test_nobody_sees_a_receipt_without_signing_in(client, receipt, name):
    answer = client.get(reverse(f"payments:{name}", args=[receipt.reference]))

    assert answer.status_code == 302
    assert answer.url.startswith("/login/")


@pytest.mark.parametrize("reference", ["AAAAAAAA", "x", "1" * 200])
def test_an_impossible_number_is_not_there(mine, reference):
    assert mine.get(reverse("payments:receipt", args=[reference])).status_code == 404
    assert mine.get(PAY, {"receipt": f"{reference}\x00"}).status_code == 404


def test_staff_have_no_payments_of_their_own(client):
    client.force_login(StaffFactory())

    assert {client.get(url).status_code for url in (NEW, PAY, LIST)} == {404}


@pytest.mark.parametrize("url", [NEW, PAY, LIST])
def test_nothing_of_a_person_stays_in_the_browser(mine, url):
    assert "no-store" in mine.get(url)["Cache-Control"]


# --- paying by card


def test_paying_leads_to_the_acquirers_page(mine, receipt, acquirer):
    answer = knowingly(mine, PAY, {"receipt": receipt.reference})

    assert answer.status_code == 303
    assert answer.url == Charge.objects.get().confirmation_url


def test_months_chosen_here_become_a_receipt_on_the_way(mine, acquirer):
    answer = knowingly(mine, PAY, {"months": "2"})

    assert answer.status_code == 303
    assert Receipt.objects.get().months == 2


def test_a_double_click_pays_once(mine, acquirer):
    first = knowingly(mine, PAY, {"months": "2"})
    again = knowingly(mine, PAY, {"months": "2"})

    assert first.url == again.url
    assert len(acquirer.payments) == 1


def test_looking_at_the_payment_starts_nothing(mine, receipt, acquirer):
    mine.get(PAY)
    mine.get(PAY, {"receipt": receipt.reference})

    assert not Charge.objects.exists()
    assert acquirer.bodies == []


def test_before_paying_one_knows_who_gets_the_money(mine):
    page = mine.get(PAY).content.decode()

    assert "Казначейство России (ФНС России)" in page


def test_the_browser_may_follow_the_form_to_the_acquirer_only(mine, settings):
    policy = mine.get(PAY)["Content-Security-Policy"]

    form_action = next(part for part in policy.split(";") if "form-action" in part)
    assert form_action.split()[1:] == ["'self'", *settings.YOOKASSA_PAGE_ORIGINS]


def test_when_the_acquirer_is_away_the_person_is_told_on_the_receipt(mine, receipt, settings):
    settings.YOOKASSA_URL = "http://127.0.0.1:9/v3"

    answer = knowingly(mine, PAY, {"receipt": receipt.reference}, follow=True)

    assert answer.redirect_chain[-1][0] == reverse("payments:receipt", args=[receipt.reference])
    assert 'class="note"' in answer.content.decode()


def test_a_paid_receipt_is_kindly_refused(mine, receipt, acquirer):
    knowingly(mine, PAY, {"receipt": receipt.reference})
    acquirer.pay(acquirer.only["id"])

    answer = knowingly(mine, PAY, {"receipt": receipt.reference})

    assert answer.url == reverse("payments:receipt", args=[receipt.reference])
    assert len(acquirer.payments) == 1


# --- coming back


@pytest.mark.parametrize(
    ("say", "status"),
    [("pay", ChargeStatus.SUCCEEDED), ("cancel", ChargeStatus.CANCELED), (None, "pending")],
)
def test_coming_back_asks_the_acquirer_and_leads_home(mine, receipt, acquirer, say, status):
    knowingly(mine, PAY, {"receipt": receipt.reference})
    if say:
        getattr(acquirer, say)(acquirer.only["id"])

    answer = mine.get(reverse("payments:back", args=[receipt.reference]))

    assert answer.url == reverse("cabinet:home")
    assert Charge.objects.get().status == status


def test_coming_back_while_the_acquirer_is_away_is_no_error(mine, receipt, acquirer, settings):
    knowingly(mine, PAY, {"receipt": receipt.reference})
    settings.YOOKASSA_URL = "http://127.0.0.1:9/v3"

    answer = mine.get(reverse("payments:back", args=[receipt.reference]))

    assert answer.status_code == 302


def test_coming_back_without_having_paid_is_not_there(mine, receipt):
    assert mine.get(reverse("payments:back", args=[receipt.reference])).status_code == 404


# --- the list


def test_money_on_its_way_is_awaited_by_a_day_to_come(mine, application, february):
    covered(application, 1)
    february.move_to(datetime(2026, 1, 16, 9, tzinfo=UTC))
    mine.force_login(application.person.user)

    page = mine.get(LIST).content.decode().replace("\xa0", " ")

    assert "17 янв" in page
    assert "ищем" not in page


def test_a_payment_shows_its_three_dates_and_no_past_day_is_awaited(mine, application):
    AccountFactory(complete_through=date(2026, 2, 8))
    covered(application, 1)

    page = mine.get(LIST).content.decode().replace("\xa0", " ")

    assert 'data-state="in-transit"' in page or 'data-state="tracing"' in page
    assert "10 янв" in page
    assert "15 янв" in page
    assert "17 янв" not in page
    assert "ищем" in page


def test_receipts_that_nobody_paid_can_be_found(mine, receipt):
    url = reverse("payments:receipt", args=[receipt.reference])

    assert url in mine.get(LIST).content.decode()


def test_the_certificate_names_what_is_on_its_way(mine, application):
    covered(application, 1)

    page = mine.get(reverse("payments:certificate")).content.decode().replace("\xa0", " ")

    assert "10 января 2026" in page


def test_the_page_about_cheques_opens(mine):
    assert mine.get(reverse("payments:claims")).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_questions_whatever_its_length(
    mine, application, django_assert_num_queries, count
):
    for months in range(1, count + 1):
        covered(application, 1)
        form_receipt(application=application, months=months, on=TODAY)

    mine.get(LIST)
    with django_assert_num_queries(16):
        mine.get(LIST)


@pytest.mark.parametrize("name", ["payments:receipt", "payments:pay", "admin:assist_receipt"])
def test_a_page_decides_once_whether_its_receipt_is_to_be_paid(
    request, mine, receipt, name, monkeypatch
):
    asked, real = [], room.require_payable
    monkeypatch.setattr(room, "require_payable", lambda *paper: asked.append(paper) or real(*paper))
    at_window = name.startswith("admin:")
    own = [receipt.person_id, receipt.reference] if at_window else [receipt.reference]
    query = {"receipt": receipt.reference} if name == "payments:pay" else None
    browser = request.getfixturevalue("operator") if at_window else mine

    assert browser.get(reverse(name, args=[] if query else own), query).status_code == 200

    assert len(asked) == 1


@pytest.mark.parametrize("name", ["receipt", "receipt_pdf", "receipt_qr"])
def test_a_receipts_pages_ask_little(mine, receipt, django_assert_max_num_queries, name):
    read_before(mine, receipt)
    with django_assert_max_num_queries(32):
        mine.get(reverse(f"payments:{name}", args=[receipt.reference]))
