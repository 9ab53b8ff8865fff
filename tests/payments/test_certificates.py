"""Signed certificates of money on its way: the paper, its code, its owner."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from common import signing
from common.clock import MOSCOW
from payments import certificate_pdf, codes, on_the_way
from payments.codes import Kind, SeenBy, Transit
from payments.errors import TooManyCodes
from payments.models import SignedCode
from payments.services.claims.claims import confirm
from payments.services.online import codes as making
from payments.services.online.codes import CODES_A_DAY, certify, revoke
from tests.at_once import at_once, meeting, no_row_is_locked
from tests.factories import (
    ApplicationFactory,
    ChargeFactory,
    LineFactory,
    PersonFactory,
    PlacementFactory,
    ReceiptFactory,
    StaffFactory,
    TillPaymentFactory,
    statements_through,
)
from tests.payments.certificate_world import IN_TIME, charge, claim, covered, day

PAGE = reverse("payments:certificate")

__all__ = ["charge", "claim", "covered", "day"]


@pytest.fixture
def mine(client, covered):
    client.force_login(covered.person.user)
    return client


def only(person):
    [payment] = on_the_way.of_person(person)
    return payment


def made(person) -> SignedCode:
    return certify(only(person))


def text_of(row: SignedCode) -> str:
    with override("ru"):
        pages = PdfReader(BytesIO(certificate_pdf.render(row))).pages
    assert len(pages) == 1
    return " ".join(pages[0].extract_text().replace("\xa0", " ").split())


# --- the code


@given(
    st.builds(
        Transit,
        serial=st.binary(min_size=5, max_size=5),
        kind=st.sampled_from(sorted(codes.PAYMENTS)),
        made_on=st.dates(date(2020, 9, 12), date(2199, 1, 1)),
        life_days=st.integers(1, 255),
        paid_on=st.just(date(2020, 9, 1)),
        amount=st.decimals("0.01", "40000000", places=2),
        seen_by=st.sampled_from(SeenBy),
        months=st.integers(1, 12),
        tail=st.integers(0, 999),
    ),
    st.integers(0, 255),
)
def test_what_is_packed_is_read(said, way):
    said = replace(said, paid_on=said.made_on - timedelta(days=way))

    assert codes.unpack(codes.pack(said)) == said


def test_a_code_of_an_unknown_kind_is_foreign():
    with pytest.raises(signing.ForeignCode):
        codes.unpack(signing.sign(signing.Signed(9, bytes(15))))


def test_the_code_by_voice_has_nine_letters_and_finds_a_wrong_one():
    letters = codes.voice(b"\x00\x01\x02\x03\x04")

    assert len(letters) == 9
    assert codes.is_voice(letters)
    assert not codes.is_voice(letters[:-2] + letters[-1] + letters[-2])
    assert codes.voice_shown("K7M2QXW4C") == "K7M-2QX-W4C"


@pytest.mark.parametrize("text", ["https://x.org/VERIFY/ab cd-ef/", "ABCD EF", "abcdef", "/ABCDEF"])
def test_a_code_is_found_in_what_was_copied(text):
    assert codes.typed(text) == "ABCDEF"


def test_figures_that_base32_lacks_are_read_as_letters():
    assert codes.typed("018") == "OIB"


# --- making


@pytest.mark.django_db
def test_a_certificate_says_what_is_known_of_a_charge(charge):
    said = codes.unpack(made(charge.receipt.person).code)

    assert (said.paid_on, said.made_on) == (IN_TIME, date(2026, 2, 17))
    assert (said.amount, said.months) == (Decimal("10000.00"), 1)
    assert (said.seen_by, said.kind, said.tail) == (SeenBy.ACQUIRER, Kind.OF_PATENT, 174)


@pytest.mark.django_db
def test_before_the_patent_the_code_has_the_end_of_the_application():
    application = ApplicationFactory(number="1381162", ready=True)
    ChargeFactory(receipt=ReceiptFactory(application=application))
    said = codes.unpack(made(application.person).code)

    assert (said.kind, said.tail) == (Kind.OF_APPLICATION, 162)


@pytest.mark.django_db
def test_asked_again_on_the_same_day_it_is_the_same_code(charge):
    first = made(charge.receipt.person)

    assert made(charge.receipt.person) == first
    assert SignedCode.objects.count() == 1


@pytest.mark.django_db
def test_on_another_day_it_is_another_code(charge, day):
    first = made(charge.receipt.person)
    day.move_to(datetime(2026, 2, 18, 12, tzinfo=MOSCOW))

    assert made(charge.receipt.person) != first


@pytest.mark.django_db
def test_once_the_cheque_is_checked_the_certificate_of_the_day_is_another(covered, claim):
    before = made(covered.person)
    confirm(claim=claim, paid_on=IN_TIME, actor=StaffFactory())
    after = made(covered.person)

    assert codes.unpack(before.code).seen_by == SeenBy.SHOWN_CHEQUE
    assert codes.unpack(after.code).seen_by == SeenBy.CHECKED_CHEQUE


@pytest.mark.django_db
def test_a_withdrawn_code_is_not_given_out_again(charge):
    first = made(charge.receipt.person)
    revoke(first)

    assert made(charge.receipt.person).serial != first.serial


@pytest.mark.django_db
def test_after_a_key_was_taken_out_its_codes_are_made_anew(mine, charge, settings):
    first = made(charge.receipt.person)
    settings.SIGNING_KEYS = [signing.new_key(2)[0]]

    assert codes.voice_shown(first.serial) not in page(mine)
    gone = mine.get(reverse("payments:certificate_pdf", args=[first.serial]))
    assert gone.status_code == 404
    assert made(charge.receipt.person) != first


@pytest.mark.django_db
def test_nobody_makes_codes_without_end(charge):
    for _number in range(CODES_A_DAY):
        revoke(made(charge.receipt.person))

    with pytest.raises(TooManyCodes):
        made(charge.receipt.person)


@pytest.mark.django_db
def test_a_code_is_about_exactly_one_payment(charge, claim):
    row = certify(on_the_way.of_charge(charge))
    row.claim = claim

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.django_db
def test_posted_and_canceled_money_is_not_on_its_way(charge):
    PlacementFactory(application=charge.receipt.application, charge=charge, line=LineFactory())
    ChargeFactory(
        receipt=ReceiptFactory(application=charge.receipt.application),
        status="canceled",
        captured_at=None,
    )

    assert on_the_way.of_person(charge.receipt.person) == []


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_code(charge):
    person = charge.receipt.person

    at_once(lambda: made(person), lambda: made(person))

    assert SignedCode.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_twin_without_the_lock_two_clicks_make_two_codes(charge, monkeypatch):
    person = charge.receipt.person
    no_row_is_locked(monkeypatch)
    meeting(monkeypatch, making, "_new", 2)

    at_once(lambda: made(person), lambda: made(person))

    assert SignedCode.objects.count() == 2


# --- the paper


@pytest.mark.django_db
def test_the_paper_says_all_of_it(charge):
    row = made(charge.receipt.person)
    said = text_of(row)

    assert "Справка: платёж в пути" in said
    assert "Каримов Тимур Рустамович" in said
    assert "77 № 26•••••174" in said
    assert "2600418174" not in said
    assert "10 000 ₽" in said
    assert "14.02.2026" in said
    assert "день 3 из 7, данные Казначейства до 16.02.2026" in said
    assert "до 21.02.2026 включительно" in said
    assert charge.receipt.reference[:4] in said
    assert codes.voice_shown(row.serial) in said
    assert "по 03.03.2026 включительно" in said
    assert row.code in said.replace(" ", "")


@pytest.mark.django_db
def test_the_paper_has_a_title_and_a_language(charge):
    reader = PdfReader(BytesIO(certificate_pdf.render(made(charge.receipt.person))))

    assert reader.metadata.title.startswith("Справка: платёж в пути")
    assert reader.trailer["/Root"]["/Lang"] == "ru-RU"


@pytest.mark.django_db
def test_an_unchecked_cheque_is_called_what_it_is(covered, claim):
    said = text_of(made(covered.person))

    assert "Справка: человек показал чек" in said
    assert "Центр его ещё не проверил" in said
    assert "платёж в пути" not in said.lower()
    assert "Сбербанк" in said


@pytest.mark.django_db
def test_the_cash_desk_is_named_on_the_paper_and_on_the_page(mine, covered):
    taken = TillPaymentFactory(receipt=ReceiptFactory(application=covered))

    shown = mine.get(PAGE, headers={"accept-language": "en"}).content.decode()
    assert "Paid at the cash desk of the centre on" in shown
    assert "в кассе центра" in text_of(certify(on_the_way.of_till(taken)))


@pytest.mark.django_db
def test_after_seven_days_the_paper_says_that_the_money_is_looked_for(charge, day):
    day.move_to(datetime(2026, 2, 22, 12, tzinfo=MOSCOW))
    statements_through(date(2026, 2, 21))

    said = text_of(made(charge.receipt.person))

    assert "центр ищет деньги" in said
    assert "запишет платёж до" not in said


@pytest.mark.django_db
def test_while_statements_are_silent_it_stays_the_seventh_day(charge, day):
    day.move_to(datetime(2026, 2, 25, 12, tzinfo=MOSCOW))

    assert "день 7 из 7, данные Казначейства до 16.02.2026" in text_of(made(charge.receipt.person))


@pytest.mark.django_db
def test_the_paper_is_the_same_to_the_byte_whatever_changed_since(charge, day):
    row = made(charge.receipt.person)
    before = certificate_pdf.render(row)
    PlacementFactory(application=charge.receipt.application, charge=charge, line=LineFactory())
    charge.receipt.person.last_name = "Другой"
    charge.receipt.person.save()
    day.move_to(datetime(2026, 2, 20, 12, tzinfo=MOSCOW))

    assert certificate_pdf.render(SignedCode.objects.get(pk=row.pk)) == before


@pytest.mark.django_db
def test_a_phone_reads_the_code_from_the_printed_paper(charge, settings):
    settings.PORTAL_URL = "https://cabinet.migration-centre.mos.ru"
    row = made(charge.receipt.person)
    picture = pypdfium2.PdfDocument(certificate_pdf.render(row))[0].render(scale=2).to_pil()
    [read] = zxingcpp.read_barcodes(picture)

    assert read.text == f"HTTPS://CABINET.MIGRATION-CENTRE.MOS.RU/VERIFY/{row.code}"
    assert len(read.text) <= 178


@pytest.mark.django_db
def test_a_long_name_stays_on_the_page(charge):
    row = made(charge.receipt.person)
    row.snapshot["name"] = "Абдурахмонзода-Саидмурадов Мухаммадабдурахмон Бахтиёрович оглы " * 3

    assert "оглы" in text_of(row)


# --- the pages of its owner


def page(client) -> str:
    return client.get(PAGE).content.decode().replace("\xa0", " ")


def test_one_button_makes_the_paper(mine, charge):
    answer = mine.post(PAGE, {"payment": f"charge-{charge.pk}"}, follow=True)

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content == certificate_pdf.render(SignedCode.objects.get())


def test_the_page_lists_own_codes_and_withdraws_them(mine, charge):
    row = made(charge.receipt.person)
    assert codes.voice_shown(row.serial) in page(mine)

    mine.post(reverse("payments:certificate_revoke", args=[row.serial]))

    assert codes.voice_shown(row.serial) not in page(mine)
    address = reverse("payments:certificate_pdf", args=[row.serial])
    assert mine.get(address).status_code == 404


@pytest.mark.parametrize("typed", ["", "charge-0", "claim-x", "nonsense"])
def test_a_payment_that_is_not_on_its_way_makes_no_code(mine, charge, typed):
    answer = mine.post(PAGE, {"payment": typed})

    assert answer.headers["Location"] == PAGE
    assert SignedCode.objects.count() == 0


def test_a_stranger_neither_makes_reads_nor_withdraws(client, charge):
    row = made(charge.receipt.person)
    client.force_login(PersonFactory().user)

    client.post(PAGE, {"payment": f"charge-{charge.pk}"})
    taken = client.get(reverse("payments:certificate_pdf", args=[row.serial]))
    withdrawn = client.post(reverse("payments:certificate_revoke", args=[row.serial]))

    assert (taken.status_code, withdrawn.status_code) == (404, 404)
    assert SignedCode.objects.get().revoked_at is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_questions_whatever_its_length(
    mine, covered, count, django_assert_num_queries
):
    for months in range(1, count + 1):
        receipt = ReceiptFactory(application=covered, months=months)
        certify(on_the_way.of_charge(ChargeFactory(receipt=receipt)))
    mine.get(PAGE)

    with django_assert_num_queries(8):
        said = page(mine)

    assert len(re.findall('name="payment"', said)) == count
