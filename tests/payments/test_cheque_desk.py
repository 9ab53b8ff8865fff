"""Staff show a cheque for whoever brought it to the window; the letter to the tax office."""

from datetime import date
from io import BytesIO

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from pypdf import PdfReader

from journal.models import Look
from payments import fiscal_code, letter, timeline
from payments.models import Claim
from tests.factories import PersonFactory, StaffFactory
from tests.payments.shown_cheques import show
from tests.payments.test_fiscal_code import TEXT

TYPED = {"paid_on": "2026-02-14", "amount": "10 000", "bank": "Почта Банк"}


def address(person) -> str:
    return reverse("admin:assist_cheque", args=[person.pk])


@pytest.fixture
def operator(client, db):
    user = StaffFactory(username="operator", is_superuser=False)
    user.groups.set(Group.objects.filter(name="operator"))
    client.force_login(user)
    return user


def test_an_operator_shows_a_cheque_and_the_person_reads_who_helped(client, operator, covered):
    assert client.get(address(covered.person)).status_code == 200

    done = client.post(address(covered.person), TYPED)

    assert done.url == address(covered.person)
    claim = Claim.objects.get()
    assert (claim.application, claim.paid_on) == (covered, date(2026, 2, 14))
    entry = covered.person.timeline.get(kind=timeline.CHEQUE_SHOWN)
    assert entry.actor == operator
    assert {look.page for look in Look.objects.all()} == {"assist cheque"}


def test_the_page_says_what_was_shown_before(client, operator, covered):
    claim = show(covered)

    page = client.get(address(covered.person), headers={"accept-language": "en"})

    assert f"No. {claim.pk}" in page.content.decode()


def test_what_cannot_be_is_said_in_the_form(client, operator, covered):
    page = client.post(address(covered.person), TYPED | {"paid_on": "2026-02-21"})

    assert page.status_code == 200
    assert not Claim.objects.exists()


def test_whoever_has_no_application_gets_a_sentence(client, operator, february_20):
    page = client.post(address(PersonFactory()), TYPED)

    assert page.status_code == 200
    assert "errornote" in page.content.decode()


@pytest.mark.parametrize("role", ["reviewer", "auditor", "hotline"])
def test_who_only_looks_shows_nothing(client, covered, role):
    user = StaffFactory(is_superuser=False)
    user.groups.set(Group.objects.filter(name=role))
    client.force_login(user)

    assert client.post(address(covered.person), TYPED).status_code == 403
    assert not Claim.objects.exists()


# --- the letter


def words(content: bytes) -> str:
    return " ".join(PdfReader(BytesIO(content)).pages[0].extract_text().split())


def test_the_letter_is_filled_in_with_what_we_know(covered):
    claim = show(covered, bank="Почта Банк", fiscal=fiscal_code.read(TEXT).text)

    said = words(letter.render(claim))

    inn = covered.person.inns.get().value
    assert "Заявление об уточнении платежа" in said
    for known in (inn, "14.02.2026", "Почта Банк", "03100643000000018500", "ФД 12345"):
        assert known in said
    assert covered.person.last_name in said
    assert covered.patent.number in said


def test_what_we_do_not_know_is_a_line_to_write_on(covered):
    covered.person.inns.all().delete()

    said = words(letter.render(show(covered)))

    assert "ИНН: ____" in said
    assert "Номер документа: ____" in said


def test_the_letter_is_one_page_even_when_all_words_are_long(covered):
    claim = show(covered, bank="Б" * 120, document_number="7" * 40)

    assert len(PdfReader(BytesIO(letter.render(claim))).pages) == 1
    at = letter.PAGE_HEIGHT - letter.TOP - letter.STEP * len(letter.lines_of(claim))
    assert at > letter.TOP


def test_the_person_and_the_staff_take_it_and_nobody_else(client, covered, accountant):
    claim = show(covered)
    own = reverse("payments:claim_letter", args=[claim.pk])
    client.force_login(covered.person.user)
    assert client.get(own).content.startswith(b"%PDF")
    client.force_login(PersonFactory(user__username="other").user)
    assert client.get(own).status_code == 404
    client.force_login(accountant)
    page = client.get(reverse("admin:payments_claim_letter", args=[claim.pk]))
    assert page["Content-Type"] == "application/pdf"
    assert Look.objects.filter(person_id=covered.person_id, page="claim").exists()
