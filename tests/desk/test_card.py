"""The card of a person: notes of the staff, numbers behind a button, the money of all patents."""

from datetime import date

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.urls import reverse

from accounts import kinds
from accounts.models import PhoneKind
from accounts.services import record
from accounts.services.merges import merge
from desk import services
from desk.models import Note
from desk.roles import ROLES
from journal.models import Look
from tests.factories import (
    ApplicationFactory,
    PatentFactory,
    PersonFactory,
    PhoneFactory,
    PlacementFactory,
    StaffFactory,
    UserFactory,
)
from tests.patents.desk import sign_in_as

pytestmark = pytest.mark.django_db
WORDS = "Просит звонить после шести"


@pytest.fixture
def someone():
    person = PersonFactory(user=UserFactory())
    PhoneFactory(person=person, kind=PhoneKind.CENTRE_SIM, number="+79161234567")
    return person


@pytest.fixture
def operator(client):
    return sign_in_as(client, "operator")


def card(person):
    return reverse("admin:person_card", args=[person.pk])


def note_page(person):
    return reverse("admin:person_note", args=[person.pk])


def phones_page(person):
    return reverse("admin:person_phones", args=[person.pk])


def text_of(answer):
    return answer.content.decode()


def test_a_note_stands_in_the_story_with_its_author_and_time(client, operator, someone):
    answer = client.post(note_page(someone), {"text": f" {WORDS} "}, follow=True)

    note = Note.objects.get()
    assert (note.person, note.text, note.written_by) == (someone, WORDS, operator)
    [line] = [line for line in answer.context["story"] if line.is_note]
    assert (line.words, line.who, line.at) == (WORDS, str(operator), note.written_at)
    assert WORDS in text_of(answer)


def test_notes_and_events_stand_in_the_order_of_time(client, operator, someone):
    record(person=someone, kind=kinds.REGISTERED)
    services.write_note(person=someone, text=WORDS, actor=operator)
    record(person=someone, kind=kinds.PASSWORD_CHANGED)

    story = client.get(card(someone)).context["story"]

    assert [line.is_note for line in story] == [False, True, False]


def test_the_person_never_reads_a_note(client, someone):
    services.write_note(person=someone, text=WORDS, actor=StaffFactory())
    client.force_login(someone.user)

    for page in ["cabinet:home", "cabinet:history", "cabinet:access_log"]:
        assert WORDS not in text_of(client.get(reverse(page)))


def test_an_empty_note_is_not_written_and_the_card_says_so(client, operator, someone):
    answer = client.post(note_page(someone), {"text": "  "})

    assert answer.context["note_form"].errors
    assert not Note.objects.exists()
    assert Look.objects.get().person_id == someone.pk
    with pytest.raises(services.NothingWritten):
        services.write_note(person=someone, text=" ", actor=operator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Note.objects.create(person=someone, text="", written_by=operator)


@pytest.mark.parametrize("change", [lambda rows: rows.update(text="иначе"), lambda r: r.delete()])
def test_a_note_is_never_changed_nor_removed(someone, change):
    services.write_note(person=someone, text=WORDS, actor=StaffFactory())

    with pytest.raises(InternalError), transaction.atomic():
        change(Note.objects.all())

    assert Note.objects.get().text == WORDS


def test_after_a_merge_the_notes_of_both_records_are_read(client, operator, someone):
    other = PersonFactory()
    services.write_note(person=other, text="со второй записи", actor=operator)
    services.write_note(person=someone, text="с первой записи", actor=operator)
    merge(keep=someone, gone=other, actor=operator, reason="один человек")

    page = text_of(client.get(card(someone)))

    assert "со второй записи" in page
    assert "с первой записи" in page


@pytest.mark.parametrize("role", ROLES)
def test_each_group_reads_and_writes_notes_as_it_may(client, someone, role):
    services.write_note(person=someone, text=WORDS, actor=StaffFactory())
    sign_in_as(client, role)

    read = client.get(card(someone))
    written = client.post(note_page(someone), {"text": "ещё одна"})

    assert (WORDS in text_of(read)) == (role != "hotline")
    writes = role in ("operator", "accountant", "supervisor")
    assert written.status_code == (302 if writes else 403)
    assert (note_page(someone) in text_of(read)) == writes


def test_numbers_are_shown_by_a_button_and_who_pressed_it_is_written_down(
    client, operator, someone
):
    page = text_of(client.get(card(someone)))
    assert "+79161234567" not in page
    assert "+7 ··· ··· 45-67" in page

    assert "+79161234567" in text_of(client.post(phones_page(someone)))

    looks = Look.objects.filter(actor_id=operator.pk, person_id=someone.pk).order_by("pk")
    assert list(looks.values_list("page", flat=True)) == ["person", "person/phones"]
    assert client.get(phones_page(someone)).status_code == 405


@pytest.mark.parametrize(
    "page", ["admin:patents_application_change", "admin:accounts_person_change"]
)
def test_no_other_page_of_the_person_shows_the_numbers_unasked(client, operator, someone, page):
    key = ApplicationFactory(person=someone).pk if "application" in page else someone.pk

    text = text_of(client.get(reverse(page, args=[key])))

    assert "+79161234567" not in text
    assert "45-67" in text


def test_the_money_of_every_patent_is_on_the_card(client, operator, someone):
    for issued_on, number in [(date(2024, 12, 1), "2400000001"), (date(2026, 1, 15), "2600000001")]:
        accepted_on = issued_on.replace(day=1)
        application = ApplicationFactory(
            person=someone, status="issued", accepted_on=accepted_on, ready_on=issued_on
        )
        PatentFactory(application=application, issued_on=issued_on, number=number)
        PlacementFactory(application=application, paid_on=issued_on)

    page = client.get(card(someone))

    assert [case.patent.number for case, _rows in page.context["paid"]] == [
        "2600000001",
        "2400000001",
    ]
    assert "2400000001" in text_of(page)
