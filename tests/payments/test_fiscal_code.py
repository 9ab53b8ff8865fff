"""The square code of a cheque: read from a photo, it needs not be typed."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from payments import fiscal_code
from payments.models import Claim
from tests.payments.shown_cheques import show

TEXT = "t=20260214T1432&s=10000.00&fn=9960440302334455&i=12345&fp=3141592653&n=1"
PAGE = reverse("payments:claims")


def photo_of(text: str, kind="PNG") -> SimpleUploadedFile:
    """A cheque on a table: the code in a corner of a larger picture."""
    code, sheet = BytesIO(), Image.new("L", (900, 1200), 235)
    segno.make(text, error="m").save(code, kind="png", scale=5, border=4)
    sheet.paste(Image.open(code).convert("L"), (420, 700))
    out = BytesIO()
    sheet.save(out, kind)
    return SimpleUploadedFile(f"cheque.{kind.lower()}", out.getvalue())


@pytest.fixture
def mine(client, covered, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(covered.person.user)
    return client


def test_a_code_says_when_and_how_much():
    code = fiscal_code.read(TEXT)

    assert (code.paid_on, code.amount) == (date(2026, 2, 14), Decimal("10000.00"))
    assert (code.storage, code.number, code.sign) == ("9960440302334455", "12345", "3141592653")


def test_one_cheque_is_always_written_one_way():
    other = "n=1&fp=3141592653&i=12345&fn=9960440302334455&s=10000&t=20260214T143205"

    assert fiscal_code.read(other).text == fiscal_code.read(TEXT).text
    assert fiscal_code.read(fiscal_code.read(TEXT).text).text == fiscal_code.read(TEXT).text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.org/?t=1",
        TEXT.replace("20260214", "20261314"),
        TEXT.replace("s=10000.00", "s=0.00"),
        TEXT.replace("s=10000.00", "s=-1"),
        TEXT.replace("s=10000.00", "s=NaN"),
        TEXT.replace("fn=9960440302334455", "fn=1"),
        TEXT.replace("&i=12345", ""),
        TEXT.replace("i=12345", "i=١٢٣"),
    ],
    ids=str,
)
def test_what_is_no_code_of_a_payment_says_nothing(text):
    assert fiscal_code.read(text) is None


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "PDF"])
def test_the_code_of_a_photo_is_read_and_the_file_stays_readable(kind):
    upload = photo_of(TEXT, kind)

    assert fiscal_code.find(upload) == fiscal_code.read(TEXT)
    assert upload.read(4)


def test_a_picture_without_a_code_and_no_picture_say_nothing():
    assert fiscal_code.find(photo_of("MMC")) is None
    assert fiscal_code.find(photo_of(TEXT.replace("n=1", "n=2"))) is None
    assert fiscal_code.find(SimpleUploadedFile("c.png", b"\x89PNG broken")) is None


def test_with_a_photo_of_the_code_nothing_has_to_be_typed(mine):
    mine.post(PAGE, {"cheque": photo_of(TEXT)})

    claim = Claim.objects.get()
    assert (claim.paid_on, claim.amount) == (date(2026, 2, 14), Decimal("10000.00"))
    assert claim.fiscal == fiscal_code.read(TEXT).text


def test_what_was_typed_stands_and_staff_see_both(mine, client, accountant):
    mine.post(PAGE, {"cheque": photo_of(TEXT), "paid_on": "2026-02-13", "amount": "10 000"})
    claim = Claim.objects.get()
    assert claim.paid_on == date(2026, 2, 13)

    client.force_login(accountant)
    card = client.get(
        reverse("admin:payments_claim_change", args=[claim.pk]),
        headers={"accept-language": "en"},
    ).content.decode()
    assert "Not the same as the person wrote" in card
    assert "9960440302334455" in card


def test_without_a_code_the_day_and_the_sum_are_asked_for(mine):
    shown = mine.post(PAGE, {"cheque": photo_of("MMC")}, headers={"accept-language": "en"})

    said = shown.content.decode()
    assert "Choose the day." in said
    assert "Write the sum." in said
    assert not Claim.objects.exists()


def test_staff_see_that_one_cheque_was_shown_twice(covered, client, accountant):
    first = show(covered, fiscal=fiscal_code.read(TEXT).text)
    second = show(covered, paid_on=date(2026, 2, 13), fiscal=fiscal_code.read(TEXT).text)
    client.force_login(accountant)

    card = client.get(reverse("admin:payments_claim_change", args=[second.pk])).content.decode()

    assert reverse("admin:payments_claim_change", args=[first.pk]) in card
