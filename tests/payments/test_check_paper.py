"""Staff check a paper: ours, a stranger's, or ours with something changed in it."""

from datetime import date, datetime
from io import BytesIO
from random import Random

import pytest
import segno
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from common.clock import MOSCOW
from journal.models import Look
from payments import fiscal_code, printing, reference
from payments.checking import check
from payments.models import Claim
from payments.services.papers.receipts import form_receipt
from tests.factories import (
    ApplicationFactory,
    ChargeFactory,
    PlacementFactory,
    StaffFactory,
    TillPaymentFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
TODAY = date(2026, 2, 10)
CODE = "t=20260214T1203&s=10000.00&fn=9999078900004792&i=4217&fp=3522207165&n=1"


@pytest.fixture
def paper(application):
    return form_receipt(application=application, months=1, on=TODAY)


def text_of(paper) -> str:
    return printing.qr_payload(paper).decode("cp1251")


def changed(paper, key, value) -> str:
    """The code with one field another."""
    head, *pairs = text_of(paper).split("|")
    return "|".join([head, *(f"{key}={value}" if p.startswith(f"{key}=") else p for p in pairs)])


# --- a receipt's code


def test_money_that_was_given_back_pays_nothing(paper):
    charge = ChargeFactory(receipt=paper, status="refunded")

    [known] = check(text_of(paper)).known

    assert not known.is_paid
    assert known.given_back == charge


@pytest.mark.parametrize("way", [text_of, printing.qr_payload])
def test_our_own_code_is_ours_and_unchanged(paper, way):
    [known] = check(way(paper)).known

    assert known.receipt == paper
    assert known.differences == ()
    assert not known.is_paid


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("Sum", "100000"),
        ("PersonalAcc", "40817810900000000161"),
        ("PayerINN", "770000000100"),
        ("PayeeINN", "7799123455"),
        ("LastName", "НАЗАРОВ"),
        ("Name", "ООО «Ромашка»"),
        ("BIC", "044525991"),
    ],
)
def test_a_changed_field_is_named_with_both_values(paper, key, value):
    [known] = check(changed(paper, key, value)).known

    [one] = known.differences
    assert (one.key, one.theirs) == (key, value)
    assert one.ours != value


def test_a_field_left_out_or_added_is_a_change(paper):
    left_out = text_of(paper).replace("|UIN=0", "")
    added = text_of(paper) + "|Phone=9161234567"

    assert [one.key for one in check(left_out).known[0].differences] == ["UIN"]
    assert [one.key for one in check(added).known[0].differences] == ["Phone"]


@pytest.mark.parametrize("encoding", ["latin-1", "cp866"])
def test_a_scanner_with_another_idea_of_letters_changes_nothing(paper, encoding):
    garbled = printing.qr_payload(paper).decode(encoding)

    assert check(garbled).known[0].differences == ()


def test_a_strangers_receipt_is_not_ours(paper):
    stranger = changed(paper, "Purpose", "Оплата по договору 17")

    answer = check(stranger)

    assert answer.is_code
    assert not answer.found
    assert answer.fields["Purpose"] == "Оплата по договору 17"


def test_a_number_nobody_gave_is_not_ours(paper):
    number = reference.new(Random(4))

    assert not check(text_of(paper).replace(paper.reference, number)).found


def test_where_the_money_is_is_said_with_its_line(paper, application):
    charge = ChargeFactory(receipt=paper)
    place = PlacementFactory(application=application, receipt=paper, charge=charge)

    [known] = check(paper.reference).known

    assert (known.charge, known.posted) == (charge, place)
    assert known.posted.line.posted_on == date(2026, 1, 13)


def test_money_that_waits_for_staff_is_named(paper, application):
    place = PlacementFactory(
        queued=True, queue_reason="late", application=application, receipt=paper
    )

    [known] = check(paper.reference).known

    assert known.waiting == (place,)
    assert known.posted is None


def named(paper) -> dict:
    return {"queued": True, "line__purpose": f"НДФЛ, квитанция MMC-{paper.reference}"}


def test_money_that_names_the_paper_and_fits_nothing_is_found_by_its_line(paper, application):
    place = PlacementFactory(**named(paper), queue_reason="amount", application=application)

    [known] = check(paper.reference).known

    assert known.waiting == (place,)
    assert not known.is_paid


def test_another_persons_money_that_names_the_paper_is_not_shown(paper):
    PlacementFactory(**named(paper), application=ApplicationFactory())

    [known] = check(paper.reference).known

    assert known.waiting == ()


def test_the_page_says_that_the_money_came(client, paper, application):
    enter(client, "accountant")
    PlacementFactory(**named(paper), queue_reason="amount", application=application)

    said = {"text": paper.reference}
    page = client.post(reverse("admin:check_paper"), said, headers={"accept-language": "en"})

    assert "Ours, the money came and waits for a decision" in page.content.decode()


# --- numbers


@pytest.mark.parametrize("how", ["{}", "MMC-{}", " {} ", "mmc {}"])
def test_a_number_is_found_however_it_is_typed(paper, how):
    assert check(how.format(paper.reference)).known[0].receipt == paper
    assert check(how.format(reference.display(paper.reference))).known[0].receipt == paper


def test_an_inn_and_an_application_find_all_receipts(paper, application):
    other = form_receipt(application=application, months=2, on=TODAY)

    for typed in ("775100004210", "7751 0000 4210", application.number):
        assert {known.receipt for known in check(typed).known} == {paper, other}


@pytest.mark.parametrize("typed", ["", "7KQ4MX2P", "123456789012", "ST00012", "%", "\x00", "t=&s="])
def test_nothing_is_found_by_nothing(paper, typed):
    assert not check(typed).found


@pytest.mark.parametrize("count", [1, 4])
def test_many_receipts_cost_as_many_questions_as_one(
    application, count, django_assert_max_num_queries
):
    for months in range(1, count + 1):
        form_receipt(application=application, months=months, on=TODAY)

    with django_assert_max_num_queries(5):
        assert len(check(application.number).known) == count


# --- a cheque's code


def test_the_cheque_of_the_till_is_known_by_its_fiscal_sign(paper):
    taken = TillPaymentFactory(receipt=paper, fiscal_sign="9999078900004792-4217-3522207165")

    [known] = check(CODE).known

    assert (known.receipt, known.at_till) == (paper, taken)


def test_the_cheque_of_the_till_is_known_by_number_sum_and_day(paper):
    TillPaymentFactory(receipt=paper, cheque_number="4217")

    assert check(CODE).known[0].receipt == paper
    assert not check(CODE.replace("s=10000", "s=20000")).found
    assert not check(CODE.replace("20260214", "20260215")).found


def test_the_cheque_of_a_payment_by_card_is_known_by_its_minute_and_sum(paper):
    ChargeFactory(receipt=paper, captured_at=datetime(2026, 2, 14, 12, tzinfo=MOSCOW))

    assert check(CODE).known[0].receipt == paper
    assert not check(CODE.replace("T1203", "T1303")).found


def test_a_cheque_shown_before_is_found_by_its_number(application):
    claim = Claim.objects.create(
        application=application,
        months=1,
        amount=10000,
        paid_on=date(2026, 2, 14),
        document_number="4217",
    )

    assert check(CODE).claims == (claim,)


def test_a_strangers_cheque_is_not_ours(paper):
    answer = check(CODE)

    assert answer.is_code
    assert not answer.found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "t=20260214T1203",
        CODE.replace("20260214", "20261314"),
        CODE.replace("s=10000.00", "s=-1"),
        CODE.replace("s=10000.00", "s=NaN"),
        CODE.replace("fn=9999078900004792", "fn=abc"),
        CODE.replace("n=1", "n=7"),
    ],
)
def test_what_is_no_cheques_code_is_none(text):
    assert fiscal_code.read(text) is None


@pytest.mark.parametrize("text", [CODE, f"https://cheque.example/?{CODE}", f" {CODE}\r\n"])
def test_a_cheques_code_is_read_as_scanners_give_it(text):
    read = fiscal_code.read(text)

    assert (read.paid_on, read.amount, read.number) == (date(2026, 2, 14), 10000, "4217")


# --- the page


def enter(client, role):
    user = StaffFactory(username=role, is_superuser=False)
    user.groups.set(Group.objects.filter(name=role))
    client.force_login(user)


def ask(client, **said):
    return client.post(reverse("admin:check_paper"), said)


def test_the_page_answers_and_writes_the_look_down(client, paper):
    enter(client, "operator")

    page = ask(client, text=paper.reference)

    assert page.context["answers"][0].known[0].receipt == paper
    assert paper.person.last_name in page.content.decode()
    assert Look.objects.get(page="check paper").person_id == paper.person_id


def test_a_pdf_of_the_receipt_is_read(client, paper):
    enter(client, "operator")
    file = SimpleUploadedFile("receipt.pdf", printing.pdf(paper))

    page = ask(client, picture=file)

    assert page.context["answers"][0].known[0].differences == ()


def test_a_photo_with_a_changed_code_shows_the_field(client, paper):
    enter(client, "operator")
    target = BytesIO()
    segno.make_qr(changed(paper, "Sum", "5000").encode("cp1251")).save(target, "png", scale=6)

    page = ask(client, picture=SimpleUploadedFile("photo.png", target.getvalue()))

    [one] = page.context["answers"][0].known[0].differences
    assert (one.key, one.ours, one.theirs) == ("Sum", "1000000", "5000")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 broken", b"\x89PNG", b"GIF89a" + b"0" * 99])
def test_a_file_that_is_no_picture_is_a_sentence(client, content):
    enter(client, "operator")

    page = ask(client, picture=SimpleUploadedFile("x.png", content)).content.decode()

    assert "errornote" in page


def test_a_picture_without_a_code_is_a_sentence(client):
    from PIL import Image

    enter(client, "operator")
    target = BytesIO()
    Image.new("RGB", (60, 60), "white").save(target, "PNG")

    page = ask(client, picture=SimpleUploadedFile("x.png", target.getvalue()))

    assert "errornote" in page.content.decode()


def test_nothing_typed_is_a_sentence_and_a_stranger_is_not_found(client, paper):
    enter(client, "accountant")

    assert "errornote" in ask(client, text=" ").content.decode()
    assert not ask(client, text="ничего").context["answers"][0].found
    assert not Look.objects.exists()


@pytest.mark.parametrize("role", ["reviewer", "hotline"])
def test_others_check_nothing(client, paper, role):
    enter(client, role)

    assert ask(client, text=paper.reference).status_code == 403


def test_what_is_typed_never_goes_by_the_address(client, paper):
    enter(client, "operator")

    page = client.get(reverse("admin:check_paper"), {"text": paper.reference})

    assert page.context["answers"] == []
