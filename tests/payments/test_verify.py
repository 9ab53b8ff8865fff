"""The page of a signed code: what it tells a checker, and what it tells nobody."""

import re
from datetime import date, datetime

import pytest
import zxingcpp
from django.contrib import admin
from django.test import override_settings
from django.urls import reverse
from PIL import Image

from accounts.models import RateCounter
from common import signing
from common.clock import MOSCOW
from journal.models import Look
from payments import codes, on_the_way
from payments.models import SignedCode
from payments.services.claims.claims import confirm, reject
from payments.services.online.codes import certify, revoke
from payments.services.online.refunds import ask_refund
from payments.views import verify
from tests.factories import (
    ChargeFactory,
    LineFactory,
    PlacementFactory,
    ReceiptFactory,
    RefundFactory,
    StaffFactory,
    TillPaymentFactory,
    statements_through,
)
from tests.payments.certificate_world import IN_TIME, charge, claim, covered, day

ENTER = reverse("payments:verify_enter")
ENGLISH = {"accept-language": "en"}
NEITHER = "This is not a code of the centre"
OVER = "The code is not in force any more"
WHY_OVER = "Its days are over, or it was withdrawn."
CUT = "The code is not whole"

__all__ = ["charge", "claim", "covered", "day"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(charge):
    return certify(on_the_way.of_charge(charge))


def asked(client, code):
    return client.get(f"/verify/{code}/", headers=ENGLISH)


def said(client, code) -> str:
    return " ".join(asked(client, code).content.decode().replace("\xa0", " ").split())


def sentence(client, code) -> tuple:
    """The bad news without what changes from page to page."""
    answer = asked(client, code)
    page = answer.content.decode()
    return answer.status_code, page[page.index("<main") : page.index("</main")]


# --- a genuine code


def test_a_genuine_code_says_what_is_paid_and_how_it_stands_today(client, row):
    page = said(client, row.code)

    assert "The code is genuine" in page
    assert "The payment is on its way: day 3 of 7." in page
    assert 'data-state="in-transit"' in page
    assert "The patent is valid. The payment is on its way." in page
    assert "77 № 26•••••174" in page
    assert "10 000 ₽" in page
    assert "12:03" in page
    assert codes.voice_shown(row.serial) in page


@pytest.mark.parametrize("secret", ["Каримов", "Тимур", "FA1234567", "775100004210", "2600418174"])
def test_it_shows_no_name_no_passport_and_no_whole_number(client, row, secret):
    assert secret not in said(client, row.code)
    assert row.application.number not in said(client, row.code)


@pytest.mark.parametrize("address", ["/verify/{}/", "/VERIFY/{}", "/VERIFY/{}/"])
def test_the_address_of_the_qr_is_the_same_page_without_a_redirect(client, row, address):
    answer = client.get(address.format(row.code), headers=ENGLISH)

    assert answer.status_code == 200
    assert "The code is genuine" in answer.content.decode()


@pytest.mark.parametrize("change", [str.lower, lambda code: code[:50] + " " + code[50:]])
def test_small_letters_and_gaps_are_no_reason_to_doubt(client, row, change):
    assert "The code is genuine" in said(client, change(row.code))


def test_search_engines_and_caches_keep_nothing(client, row):
    answer = asked(client, row.code)

    assert "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"]


def test_once_posted_it_says_since_when(client, row, charge):
    line = LineFactory(posted_on=date(2026, 2, 17))
    PlacementFactory(application=charge.receipt.application, charge=charge, line=line)
    page = said(client, row.code)

    assert "The Treasury has received the payment." in page
    assert 'data-state="posted"' in page
    assert "day 3 of 7" not in page


def test_after_seven_days_it_says_that_the_money_is_looked_for(client, row, day):
    day.move_to(datetime(2026, 2, 22, 12, tzinfo=MOSCOW))
    statements_through(date(2026, 2, 21))

    assert "The centre is looking for the money." in said(client, row.code)


def test_while_statements_are_silent_nobody_is_said_to_be_late(client, row, day):
    day.move_to(datetime(2026, 2, 25, 12, tzinfo=MOSCOW))
    page = said(client, row.code)

    assert "day 7 of 7" in page
    assert "February 16, 2026" in page or "February 16, 2026" in page


def test_a_cheque_that_nobody_checked_vouches_for_nothing(client, claim):
    page = said(client, certify(on_the_way.of_claim(claim)).code)

    assert "A cheque was shown. The centre has not checked it yet." in page
    assert 'data-state="unseen"' in page
    assert "The payment is being checked." in page
    assert "The person has paid" not in page


def test_a_cheque_checked_since_is_on_its_way_on_the_old_paper_too(client, claim):
    row = certify(on_the_way.of_claim(claim))
    confirm(claim=claim, paid_on=IN_TIME, actor=StaffFactory())

    assert "The payment is on its way: day 3 of 7." in said(client, row.code)


def test_a_cheque_that_was_turned_down_does_not_count(client, claim):
    row = certify(on_the_way.of_claim(claim))
    reject(claim=claim, reason="нечитаемый", actor=StaffFactory())
    page = said(client, row.code)

    assert "This payment does not count any more." in page
    assert "нечитаемый" not in page


def test_money_that_was_given_back_does_not_count(client, row, charge):
    asked = ask_refund(charge=charge, actor=StaffFactory(), reason="заплатил дважды")
    ended = datetime(2026, 2, 17, 12, tzinfo=MOSCOW)
    RefundFactory(charge=charge, approval=asked, status="succeeded", ended_at=ended)
    charge.status = "refunded"
    charge.save()

    assert "This payment does not count any more." in said(client, row.code)


def test_money_of_the_cash_desk_is_on_its_way_until_it_is_posted(client, covered):
    taken = TillPaymentFactory(receipt=ReceiptFactory(application=covered))
    row = certify(on_the_way.of_till(taken))
    assert "at the cash desk of the centre" in said(client, row.code)
    assert "The payment is on its way: day 3 of 7." in said(client, row.code)
    line = LineFactory(posted_on=date(2026, 2, 17))
    PlacementFactory(application=covered, till_payment=taken, line=line)

    assert "The Treasury has received the payment." in said(client, row.code)


def test_before_the_patent_nothing_is_said_of_one(client, covered):
    covered.patent.delete()
    covered.status = "ready"
    covered.save()
    charge = ChargeFactory(receipt=ReceiptFactory(application=covered))
    page = said(client, certify(on_the_way.of_charge(charge)).code)

    assert "The patent today" not in page
    assert "Application" in page


def test_the_page_has_the_same_code_to_scan_once_more(client, row, tmp_path):
    picture = client.get(reverse("payments:verify_qr", args=[row.code]))

    assert picture["Content-Type"] == "image/svg+xml"
    assert read_svg(picture.content) == f"HTTP://TESTSERVER/VERIFY/{row.code}"


def read_svg(svg: bytes) -> str:
    """Our own picture of lines, drawn again: a module is four points."""
    side = int(re.search(rb'width="(\d+)"', svg)[1]) // 4
    image = Image.new("L", (side, side), 255)
    x = y = 0.0
    for step, dx, dy in re.findall(rb"([Mmh])(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?", svg.split(b"d=")[1]):
        if step == b"h":
            for at in range(int(x), int(x + float(dx))):
                image.putpixel((at, int(y)), 0)
            x += float(dx)
        else:
            x, y = (x + float(dx), y + float(dy)) if step == b"m" else (float(dx), float(dy))
    big = image.resize((side * 8, side * 8), Image.Resampling.NEAREST)
    return zxingcpp.read_barcodes(big)[0].text


# --- what is none


def forged(row) -> str:
    return row.code[:20] + ("B" if row.code[20] == "A" else "A") + row.code[21:]


def of_another_portal(row) -> str:
    said = codes.unpack(row.code)
    with override_settings(SIGNING_KEYS=[signing.new_key(1)[0]]):
        return codes.pack(said)


def of_an_unknown_key(row) -> str:
    with override_settings(SIGNING_KEYS=[signing.new_key(200)[0]]):
        return signing.sign(signing.Signed(1, bytes(15)))


def never_given_out(row) -> str:
    return signing.sign(signing.Signed(1, bytes(15)))


def of_an_unknown_kind(row) -> str:
    return signing.sign(signing.Signed(77, bytes(15)))


def too_long(row) -> str:
    return row.code + "A"


def figures(row) -> str:
    return "9" * 130


def cyrillic(row) -> str:
    return "Ж" * 130


FOREIGN = [
    *(forged, of_another_portal, of_an_unknown_key, never_given_out, of_an_unknown_kind),
    *(too_long, figures, cyrillic),
]


@pytest.mark.parametrize("made", FOREIGN)
def test_forged_foreign_and_unknown_codes_cannot_be_told_apart(client, row, made):
    assert sentence(client, made(row)) == sentence(client, forged(row))
    assert NEITHER in said(client, made(row))


@pytest.mark.parametrize("length", [1, 9, 64, 129])
def test_a_cut_code_is_asked_for_again(client, row, length):
    assert CUT in said(client, row.code[:length])


def test_a_code_that_is_over_and_a_withdrawn_one_cannot_be_told_apart(client, row, day):
    day.move_to(datetime(2026, 3, 4, 0, 1, tzinfo=MOSCOW))
    over = sentence(client, row.code)
    day.move_to(datetime(2026, 2, 17, 12, tzinfo=MOSCOW))
    revoke(row)

    assert sentence(client, row.code) == over
    assert OVER in over[1]
    assert WHY_OVER in over[1]


def test_a_code_works_through_its_last_day(client, row, day):
    day.move_to(datetime(2026, 3, 3, 23, 59, tzinfo=MOSCOW))

    assert asked(client, row.code).status_code == 200


def test_bad_codes_have_no_picture(client, row):
    revoke(row)

    assert client.get(reverse("payments:verify_qr", args=[row.code])).status_code == 404


# --- typed by hand


def typed(client, text: str):
    return client.post(ENTER, {"code": text}, headers=ENGLISH)


@pytest.mark.parametrize(
    "spelling", ["{}", "http://testserver/verify/{}/", "HTTP://TESTSERVER/VERIFY/{}"]
)
def test_a_typed_code_or_address_leads_to_its_page(client, row, spelling):
    answer = typed(client, spelling.format(row.code))

    assert answer.headers["Location"] == reverse("payments:verify", args=[row.code])


def test_an_address_of_another_site_is_named(client, row):
    page = typed(client, f"https://testserver.example.org/verify/{row.code}").content.decode()

    assert "This is an address of another site." in page


@pytest.mark.parametrize("spell", [codes.voice_shown, str, str.lower])
def test_the_nine_letters_are_for_the_telephone(client, row, spell):
    assert "for the telephone" in typed(client, spell(row.serial)).content.decode()


def test_an_empty_form_says_what_to_write(client):
    assert "Write the code that stands under the QR." in typed(client, " ").content.decode()


def test_the_page_shows_the_public_keys_and_no_private_one(client, settings):
    settings.SIGNING_KEYS = ["7:private:" + "ab" * 32]
    page = client.get(ENTER).content.decode()

    assert signing.public_keys()[7].hex() in page
    assert "ab" * 32 not in page


# --- limits and traces


def test_too_many_checks_from_one_address_must_wait(client, row, monkeypatch):
    monkeypatch.setattr(verify, "LOOKS", 3)
    for _time in range(3):
        assert asked(client, row.code).status_code == 200

    answer = asked(client, row.code)

    assert answer.status_code == 429
    assert "Too many checks at once" in answer.content.decode()
    elsewhere = client.get(f"/verify/{row.code}/", REMOTE_ADDR="198.51.100.7")
    assert elsewhere.status_code == 200


def test_nothing_is_kept_of_who_looked(client, row):
    asked(client, row.code)

    assert not Look.objects.exists()
    [counter] = RateCounter.objects.filter(kind="verify")
    assert "127.0.0.1" not in counter.key


def test_it_asks_little(client, row, django_assert_max_num_queries):
    asked(client, row.code)

    with django_assert_max_num_queries(9):
        asked(client, row.code)


def test_staff_find_a_code_that_is_said_by_telephone(row, rf):
    certify(on_the_way.of_till(TillPaymentFactory(receipt=ReceiptFactory())))
    desk, everything = admin.site.get_model_admin(SignedCode), SignedCode.objects.all()
    spoken = codes.voice_shown(row.serial).lower()

    found, _distinct = desk.get_search_results(rf.get("/"), everything, spoken)

    assert list(found) == [row]
