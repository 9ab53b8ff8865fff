"""The signed status: what the person shows, what a checker reads, with and without a network."""

import re
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
import segno
import zxingcpp
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from common import signing
from payments import codes, on_the_way, status_pdf
from payments.codes import Status, Word
from payments.errors import NoPatentToShow, TooManyCodes
from payments.models import SignedCode
from payments.services.online import status_codes as making
from payments.services.online.codes import CODES_A_DAY, certify, revoke
from payments.services.online.status_codes import LIFE_DAYS, certify_status
from payments.standing import ThirdParty
from tests.at_once import at_once, meeting, no_row_is_locked
from tests.factories import (
    ApplicationFactory,
    ChargeFactory,
    PersonFactory,
    ReceiptFactory,
    statements_through,
)
from tests.payments.certificate_world import charge, claim, covered, day

PAGE = reverse("payments:status_code")
ENGLISH = {"accept-language": "en"}

__all__ = ["charge", "claim", "covered", "day"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def valid(day, covered):
    """Six days before the last covered day."""
    day.move_to("2026-02-08 09:00:00+00:00")
    return covered.person


def said(client, code) -> str:
    page = client.get(f"/verify/{code}/", headers=ENGLISH).content.decode()
    return " ".join(page.replace("\xa0", " ").split())


# --- what a code says


def test_the_code_says_the_word_and_the_last_day_paid_for(valid):
    row = certify_status(valid)
    told = codes.unpack(row.code)

    assert (told.word, told.through) == (Word.VALID, date(2026, 2, 14))
    assert (told.made_on, told.good_through) == (date(2026, 2, 8), date(2026, 2, 15))
    assert f"{told.tail:03}" == row.application.patent.number[-3:]
    assert row.serial == codes.voice(told.serial)


def test_each_word_for_third_parties_has_its_code(valid, day, covered):
    words = [codes.unpack(certify_status(valid).code).word]
    day.move_to("2026-02-17 09:00:00+00:00")
    words.append(codes.unpack(certify_status(valid).code).word)
    ChargeFactory(receipt=ReceiptFactory(application=covered))
    words.append(codes.unpack(certify_status(valid).code).word)
    covered.patent.annulled_on = date(2026, 2, 16)
    covered.patent.annulled_source = "desk"
    covered.patent.annulled_received_at = covered.patent.created_at
    covered.patent.save()
    words.append(codes.unpack(certify_status(valid).code).word)

    assert words == [Word.VALID, Word.CHECKED, Word.IN_TRANSIT, Word.ENDED]


def test_without_an_issued_patent_there_is_nothing_to_show():
    with pytest.raises(NoPatentToShow):
        certify_status(ApplicationFactory().person)
    with pytest.raises(NoPatentToShow):
        certify_status(PersonFactory())


@pytest.mark.parametrize("word", Word)
@pytest.mark.parametrize("through", [None, date(2026, 2, 14), date(2140, 1, 1)])
def test_packing_loses_nothing(word, through):
    told = Status(b"\x00\xff\x01\x02\x03", date(2026, 2, 8), LIFE_DAYS, word, through, 999)

    assert codes.unpack(codes.pack_status(told)) == told


def test_the_address_fits_a_qr_of_version_seven(valid, settings):
    settings.PORTAL_URL = "https://" + "m" * 32
    picture = segno.make_qr(signing.address(certify_status(valid).code), error="m")

    assert picture.version <= 7


def test_the_verifier_of_the_docs_reads_it_without_a_network(valid):
    row = certify_status(valid)
    text = (Path(settings.BASE_DIR) / "docs/signed-codes.md").read_text()
    [source] = re.findall(r"```python\n(.*?)```", text, re.S)
    space = {}
    exec(source, space)
    kind, made, last, tail, rest = space["verify"](row.code, signing.public_keys())

    assert (kind, made, last) == (3, date(2026, 2, 8), date(2026, 2, 15))
    assert tail == row.application.patent.number[-3:]
    assert rest[0] == Word.VALID
    assert date(2020, 1, 1) + timedelta(int.from_bytes(rest[1:3], "big")) == date(2026, 2, 14)


# --- making it


def test_asked_again_on_a_day_it_is_the_same_code_and_another_once_something_changed(valid, day):
    first = certify_status(valid)
    again = certify_status(valid)
    day.move_to("2026-02-09 09:00:00+00:00")

    assert again == first
    assert certify_status(valid) != first


def test_a_withdrawn_code_is_not_given_again(valid):
    first = certify_status(valid)
    revoke(first)

    assert certify_status(valid) != first


def test_a_day_has_a_limit(valid):
    for _time in range(CODES_A_DAY):
        revoke(certify_status(valid))

    with pytest.raises(TooManyCodes):
        certify_status(valid)


def test_a_code_is_about_one_payment_at_most(charge, claim):
    row = certify(on_the_way.of_charge(charge))
    with pytest.raises(IntegrityError), transaction.atomic():
        SignedCode.objects.filter(pk=row.pk).update(claim=claim)


@pytest.mark.django_db(transaction=True)
def test_made_twice_at_once_it_is_one(valid):
    made = at_once(lambda: certify_status(valid).pk, lambda: certify_status(valid).pk)

    assert len(set(made)) == SignedCode.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_twin_without_the_lock_makes_two(valid, monkeypatch):
    no_row_is_locked(monkeypatch)
    meeting(monkeypatch, making, "_new", 2)

    at_once(lambda: certify_status(valid).pk, lambda: certify_status(valid).pk)

    assert SignedCode.objects.count() == 2


# --- what a checker reads


def test_a_checker_reads_how_the_patent_stands_and_no_name(client, valid):
    page = said(client, certify_status(valid).code)

    assert "The patent is valid." in page
    assert "The tax is paid in time. The person may work." in page
    assert valid.last_name not in page
    assert "When the code was made" not in page


def test_today_wins_over_what_the_code_said(client, valid, day):
    row = certify_status(valid)
    day.move_to("2026-02-15 09:00:00+00:00")
    page = said(client, row.code)

    assert "The payment is being checked." in page
    assert "It does not mean that the person did not pay." in page
    assert page.index("The payment is being checked.") < page.index("The patent is valid.")


def test_a_lapsed_patent_is_told_by_what_the_statements_show(client, valid, day):
    day.move_to("2026-02-22 09:00:00+00:00")
    statements_through(date(2026, 2, 21))
    page = said(client, certify_status(valid).code)

    assert "had not reached the Treasury by" in page
    assert "Did the person pay in time? A cheque helps" in page


def test_of_a_newer_case_of_its_owner_the_code_says_that_this_patent_is_over(client, valid, day):
    day.move_to("2027-01-12 09:00:00+00:00")
    statements_through(date(2027, 1, 11))
    row = certify_status(valid)
    day.move_to("2027-01-16 09:00:00+00:00")
    ApplicationFactory(person=valid, accepted_on=date(2027, 1, 15))

    assert "The patent is not valid." in said(client, row.code)


@pytest.mark.parametrize("spoil", ["revoked", "over"])
def test_withdrawn_and_expired_are_one_sentence(client, valid, day, spoil):
    row = certify_status(valid)
    if spoil == "revoked":
        revoke(row)
    else:
        day.move_to("2026-02-16 09:00:00+00:00")

    assert "The code is not in force any more" in said(client, row.code)


def test_forged_cut_and_unknown_codes_are_told_as_those_of_payments(client, valid):
    row = certify_status(valid)
    lost = codes.pack_status(replace(codes.unpack(row.code), serial=b"12345"))
    other = signing.sign(signing.Signed(9, b"x" * signing.BODY_BYTES))
    forged = row.code[:-3] + ("AAA" if row.code[-3:] != "AAA" else "BBB")

    assert "The code is not whole" in said(client, row.code[:60])
    for code in (lost, other, forged):
        assert "This is not a code of the centre" in said(client, code)


# --- the page of its owner


@pytest.fixture
def mine(client, valid):
    client.force_login(valid.user)
    return client


def test_the_page_makes_the_code_shows_it_and_says_what_it_is_for(mine, valid):
    before = mine.get(PAGE, headers=ENGLISH).content.decode()
    mine.post(PAGE)
    row = SignedCode.objects.get()
    page = mine.get(PAGE, headers=ENGLISH).content.decode()

    assert "Make the code" in before
    assert codes.voice_shown(row.serial) in page
    assert reverse("payments:verify_qr", args=[row.code]) in page
    assert "For a policeman" in page
    assert "For an employer" in page


def test_whoever_has_no_patent_yet_reads_when(client):
    client.force_login(ApplicationFactory().person.user)
    page = client.post(PAGE, headers=ENGLISH, follow=True).content.decode()

    assert "There is no patent yet." in page
    assert "A code can be made when you have a patent." in page
    assert "Make the code" not in page


def test_its_owner_withdraws_it_and_a_stranger_finds_nothing(mine, valid, client):
    mine.post(PAGE)
    row = SignedCode.objects.get()
    withdraw = reverse("payments:status_code_revoke", args=[row.serial])
    card = reverse("payments:status_code_pdf", args=[row.serial, "wallet"])
    assert mine.get(card).status_code == 200
    assert mine.post(withdraw).status_code == 302
    assert mine.get(card).status_code == 404

    client.force_login(PersonFactory().user)
    assert client.post(withdraw).status_code == 404
    row.refresh_from_db()
    assert row.revoked_at


def test_papers_of_payments_and_of_the_status_do_not_mix(mine, valid, charge, day):
    day.move_to("2026-02-17 09:00:00+00:00")
    mine.force_login(valid.user)
    mine.post(PAGE)
    status, paid = SignedCode.objects.get(), certify(on_the_way.of_charge(charge))
    as_payment = reverse("payments:certificate_pdf", args=[status.serial])
    as_status = reverse("payments:status_code_pdf", args=[paid.serial, "a6"])

    assert (mine.get(as_payment).status_code, mine.get(as_status).status_code) == (404, 404)
    assert status.serial not in mine.get(reverse("payments:certificate")).content.decode()


# --- on paper


@pytest.mark.parametrize(("size", "width", "height"), [("wallet", 85.6, 53.98), ("a6", 105, 148)])
def test_a_paper_has_its_size_its_words_and_a_qr_that_reads(mine, valid, size, width, height):
    mine.post(PAGE)
    row = SignedCode.objects.get()
    answer = mine.get(reverse("payments:status_code_pdf", args=[row.serial, size]))
    content = answer.getvalue()
    [page] = PdfReader(BytesIO(content)).pages
    picture = pypdfium2.PdfDocument(content)[0].render(scale=6).to_pil()
    text = " ".join(page.extract_text().split())

    assert [round(float(side) / 72 * 25.4, 1) for side in page.mediabox[2:]] == [
        round(width, 1),
        round(height, 1),
    ]
    assert "Патент действует" in text
    assert "14.02.2026" in text
    assert valid.last_name not in text
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [signing.address(row.code)]


def test_the_same_code_gives_the_same_bytes(valid):
    row = certify_status(valid)

    assert status_pdf.render(row, status_pdf.WALLET) == status_pdf.render(row, status_pdf.WALLET)


@pytest.mark.parametrize("word", Word)
@pytest.mark.parametrize("card", [status_pdf.WALLET, status_pdf.SHEET])
def test_the_longest_words_stay_on_the_card_beside_the_qr(valid, word, card):
    content = status_pdf.render(worded(certify_status(valid), word), card)
    [page] = PdfReader(BytesIO(content)).pages
    lowest = min(baselines(page))

    assert lowest > (0 if card.beside else card.qr_side - card.margin / 2)


def worded(row: SignedCode, word: Word) -> SignedCode:
    row.code = codes.pack_status(replace(codes.unpack(row.code), word=word))
    return row


def baselines(page) -> list[float]:
    found = []
    page.extract_text(visitor_text=lambda text, _cm, tm, *_f: text.strip() and found.append(tm[5]))
    return found


def test_each_third_party_word_has_a_code_or_none_by_intent():
    assert set(ThirdParty) - set(making.WORDS) == {ThirdParty.NO_PATENT}
