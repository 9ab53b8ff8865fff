"""The person's page of cheques, the certificate, and the desk's card."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from journal.models import Look
from payments.claim_forms import RoublesField
from payments.models import Claim, ClaimStatus
from payments.services.claims.claims import confirm, show_cheque
from tests.factories import (
    MONTHLY,
    ApplicationFactory,
    ChargeFactory,
    PlacementFactory,
    ReceiptFactory,
    StaffFactory,
    statements_through,
)
from tests.payments.test_cheques import photo

PAGE, CERTIFICATE = reverse("payments:claims"), reverse("payments:certificate")
LIST = reverse("admin:payments_claim_changelist")
IN_TIME = date(2026, 2, 14)
TYPED = {"paid_on": "2026-02-14", "amount": "10 000,00 ₽", "bank": "Сбербанк"}
ENGLISH = {"accept-language": "en"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _february_20(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel("2026-02-20 09:00:00+00:00", tick=True):
        yield


@pytest.fixture
def covered(application):
    PlacementFactory(application=application)
    statements_through(date(2026, 2, 18))
    return application


@pytest.fixture
def mine(client, covered):
    client.force_login(covered.person.user)
    return client


@pytest.fixture
def claim(covered):
    return show_cheque(application=covered, amount=MONTHLY, paid_on=IN_TIME)


@pytest.fixture
def claim_with_photo(mine):
    mine.post(PAGE, TYPED | {"cheque": SimpleUploadedFile("c.jpg", photo())})
    return Claim.objects.get()


def page(client, address: str) -> str:
    answer = client.get(address, headers=ENGLISH)
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


def as_staff(client, group: str):
    user = StaffFactory(is_superuser=False)
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    return client


# --- showing


def test_a_shown_cheque_stands_on_the_page_with_its_state(mine, covered):
    answer = mine.post(PAGE, TYPED)

    assert (answer.status_code, answer.url) == (302, PAGE)
    claim = Claim.objects.get()
    assert (claim.application, claim.amount, claim.paid_on) == (covered, MONTHLY, IN_TIME)
    shown = page(mine, PAGE)
    assert 'data-claim="open"' in shown
    assert "Cheque of February 14, 2026" in shown or "Cheque of February 14, 2026" in shown


def test_the_home_page_says_that_the_payment_is_on_its_way(mine):
    mine.post(PAGE, TYPED)

    assert 'data-state="in-transit"' in page(mine, reverse("cabinet:home"))


def test_a_second_click_shows_nothing_twice(mine):
    mine.post(PAGE, TYPED)
    mine.post(PAGE, TYPED)

    assert Claim.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"paid_on": ""},
        {"paid_on": "вчера"},
        {"paid_on": "2026-02-21"},
        {"amount": ""},
        {"amount": "десять"},
        {"amount": "10000,001"},
        {"amount": "NaN"},
        {"amount": "1e4000"},
        {"amount": "-10000"},
        {"cheque": SimpleUploadedFile("c.jpg", b"<script>alert(1)</script>")},
        {"cheque": SimpleUploadedFile("c.jpg", b"")},
        {"bank": "x" * 121},
    ],
    ids=str,
)
def test_what_cannot_be_is_explained_above_the_form(mine, wrong):
    answer = mine.post(PAGE, TYPED | wrong)

    assert answer.status_code == 200
    assert 'class="errors" role="alert"' in answer.content.decode()
    assert not Claim.objects.exists()


def test_an_empty_form_is_explained_too(mine):
    assert 'role="alert"' in mine.post(PAGE, {}).content.decode()


def test_the_reason_of_staff_is_read_on_the_page(mine, claim):
    Claim.objects.filter(pk=claim.pk).update(
        status="rejected",
        reason="Чек другого человека",
        decided_by=StaffFactory(),
        decided_at=claim.created_at,
    )

    assert "Чек другого человека" in page(mine, PAGE)


def test_staff_and_strangers_find_no_page(client):
    client.force_login(StaffFactory())

    assert client.get(PAGE).status_code == 404


def test_a_stranger_sees_neither_the_cheque_nor_its_picture(mine, claim_with_photo):
    stranger = ApplicationFactory().person.user
    mine.force_login(stranger)

    assert 'data-claim="' not in page(mine, PAGE)
    picture = reverse("payments:cheque", args=[claim_with_photo.pk])
    assert mine.get(picture).status_code == 404


def test_the_owner_gets_the_picture_as_a_file_that_no_page_can_run(mine, claim_with_photo):
    answer = mine.get(reverse("payments:cheque", args=[claim_with_photo.pk]))

    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8\xff")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"].startswith("private, no-store")


def test_a_claim_without_a_picture_has_none_to_hand_out(mine, claim):
    assert mine.get(reverse("payments:cheque", args=[claim.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_questions_whatever_its_length(
    mine, covered, count, django_assert_num_queries
):
    for day in range(count):
        show_cheque(application=covered, amount=MONTHLY, paid_on=date(2026, 2, 11 + day))

    with django_assert_num_queries(4):  # session, user, claims, unread news
        assert page(mine, PAGE).count('data-claim="') == count


# --- the certificate


def test_the_certificate_says_that_a_cheque_is_not_checked_yet(mine, claim):
    said = page(mine, CERTIFICATE)

    assert "10 000 ₽" in said
    assert "The centre has not checked it yet." in said
    assert claim.application.patent.number in said


def test_the_certificate_names_the_confirmed_day_and_the_expected_one(mine, claim):
    confirm(claim=claim, paid_on=date(2026, 2, 13), actor=StaffFactory())

    said = page(mine, CERTIFICATE)

    assert "13, 2026" in said
    assert "20, 2026" in said
    assert "not checked" not in said


def test_after_seven_days_the_certificate_promises_no_day_that_is_over(mine, covered, claim):
    confirm(claim=claim, paid_on=IN_TIME, actor=StaffFactory())
    ChargeFactory(receipt=ReceiptFactory(application=covered, months=2))

    with time_machine.travel("2026-02-20 21:30:00+00:00", tick=True):
        mine.force_login(covered.person.user)
        assert page(mine, CERTIFICATE).count("should receive it by") == 2
    with time_machine.travel("2026-02-21 21:30:00+00:00", tick=True):
        mine.force_login(covered.person.user)
        said = page(mine, CERTIFICATE)

    assert "should receive it by" not in said
    assert said.count("We are looking for the money") == 2


def test_the_certificate_names_cards_and_cheques_together(mine, covered, claim):
    receipt = ReceiptFactory(application=covered, months=2)
    ChargeFactory(receipt=receipt)

    said = page(mine, CERTIFICATE)

    assert "20 000 ₽" in said
    assert "10 000 ₽" in said


def test_without_money_on_its_way_the_certificate_says_so(mine):
    assert "No payment is on its way now." in page(mine, CERTIFICATE)


# --- paying


def test_who_pays_reads_that_a_cheque_is_shown_and_not_that_we_have_its_money(mine, claim):
    said = page(mine, reverse("payments:pay"))

    assert "You showed a cheque for 10 000 ₽." in said
    assert "We have already received" not in said


# --- the desk


@pytest.mark.parametrize("group", ["accountant", "supervisor"])
def test_staff_who_match_money_decide_about_cheques(client, claim, group):
    client = as_staff(client, group)

    client.post(reverse("admin:payments_claim_confirm", args=[claim.pk]), {"paid_on": "2026-02-13"})

    claim.refresh_from_db()
    assert (claim.status, claim.proven_on) == (ClaimStatus.CONFIRMED, date(2026, 2, 13))


def test_staff_reject_with_a_reason(client, claim):
    client = as_staff(client, "accountant")
    address = reverse("admin:payments_claim_reject", args=[claim.pk])
    client.post(address, {"reason": ""})
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.OPEN

    client.post(address, {"reason": "Чек другого человека"})

    claim.refresh_from_db()
    assert (claim.status, claim.reason) == (ClaimStatus.REJECTED, "Чек другого человека")


@pytest.mark.parametrize("name", ["change", "cheque", "confirm", "reject"])
@pytest.mark.parametrize("group", ["operator", "reviewer"])
def test_others_neither_see_nor_decide(client, claim, group, name):
    client = as_staff(client, group)

    answer = client.post(
        reverse(f"admin:payments_claim_{name}", args=[claim.pk]),
        {"paid_on": "2026-02-13", "reason": "нет"},
    )

    assert answer.status_code == 403
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.OPEN


@pytest.mark.parametrize("name", ["confirm", "reject"])
def test_who_may_only_look_decides_nothing(client, claim, name):
    user = StaffFactory(is_superuser=False)
    user.user_permissions.add(Permission.objects.get(codename="view_claim"))
    client.force_login(user)

    card = client.get(reverse("admin:payments_claim_change", args=[claim.pk])).content.decode()
    answer = client.post(
        reverse(f"admin:payments_claim_{name}", args=[claim.pk]),
        {"paid_on": "2026-02-13", "reason": "нет"},
    )

    assert "/confirm/" not in card
    assert "/reject/" not in card
    assert answer.status_code == 403
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.OPEN


def test_the_card_shows_what_else_is_known_and_remembers_who_looked(client, claim, covered):
    client = as_staff(client, "accountant")

    card = client.get(reverse("admin:payments_claim_change", args=[claim.pk])).content.decode()

    assert "по правилам" in card
    assert Look.objects.filter(person_id=covered.person_id, page="claim").count() == 1


def test_staff_download_the_picture_and_are_written_down(mine, claim_with_photo):
    client = as_staff(mine, "accountant")

    answer = client.get(reverse("admin:payments_claim_cheque", args=[claim_with_photo.pk]))

    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8\xff")
    assert Look.objects.filter(page="claim").count() == 1


def test_a_decided_cheque_has_no_buttons(client, claim):
    client = as_staff(client, "accountant")
    confirm(claim=claim, paid_on=IN_TIME, actor=StaffFactory())

    card = client.get(reverse("admin:payments_claim_change", args=[claim.pk])).content.decode()

    assert "/confirm/" not in card
    assert "/reject/" in card


def test_a_second_decision_is_answered_kindly(client, claim):
    client = as_staff(client, "accountant")
    address = reverse("admin:payments_claim_confirm", args=[claim.pk])
    client.post(address, {"paid_on": "2026-02-13"})

    answer = client.post(address, {"paid_on": "2026-02-14"})

    assert answer.status_code == 200
    claim.refresh_from_db()
    assert claim.proven_on == date(2026, 2, 13)


def test_claims_of_thirty_days_stand_in_the_supervisors_list(client, claim, covered):
    client = as_staff(client, "supervisor")
    person = covered.person.last_name.encode()
    assert client.get(LIST, {"age": "overdue"}).content.count(person) == 0

    with time_machine.travel("2026-03-22 09:00:00+00:00", tick=True):
        client = as_staff(client, "supervisor")
        assert client.get(LIST, {"age": "overdue"}).content.count(person) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_staff_asks_the_same_questions_whatever_its_length(
    client, covered, count, django_assert_max_num_queries
):
    client = as_staff(client, "accountant")
    for day in range(count):
        show_cheque(application=covered, amount=MONTHLY, paid_on=date(2026, 2, 11 + day))

    with django_assert_max_num_queries(10):
        assert client.get(LIST).status_code == 200


@pytest.mark.parametrize(
    ("typed", "read"),
    [("10.000", "10000"), ("1.010.000,50", "1010000.50"), ("10.00", "10"), ("10,000", None)],
)
def test_a_sum_is_read_as_the_page_of_the_reader_writes_it(typed, read):
    field = RoublesField()
    if read is None:
        with pytest.raises(ValidationError):
            field.clean(typed)
    else:
        assert field.clean(typed) == Decimal(read)
