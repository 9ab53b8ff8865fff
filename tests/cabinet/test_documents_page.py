"""«Документы»: what the ground needs and how to fill it in, what was handed in and its state."""

import re
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from cabinet import sample
from patents import services
from patents.models import DocumentKind, Ground, PaperState
from tests.factories import ApplicationFactory, PassportFactory, PatentFactory, PersonFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("cabinet:documents")


@pytest.fixture(autouse=True)
def moscow_february():
    with time_machine.travel("2026-02-10 09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def read(client):
    def page(person, **query):
        client.force_login(person.user)
        return client.get(PAGE, query).content.decode().replace("\u00a0", " ")

    return page


def hand_in(application, slug, **facts):
    kind = DocumentKind.objects.get(slug=slug)
    return services.record_paper(application=application, kind=kind, **facts)


def test_what_is_needed_is_said_with_how_it_must_look(read):
    text = read(ApplicationFactory().person)
    brought, prepared = text.split('id="prepared-title"')

    assert "Отрывной талон о регистрации" in brought
    assert "Цель въезда в карте — «работа»." in brought
    assert "Бланк дают в центре." in prepared
    assert reverse("cabinet:document_sample") in prepared


@pytest.mark.parametrize(
    ("ground", "shown", "hidden"),
    [
        (Ground.FIRST, "Чек за первый месяц", "Ходатайство работодателя"),
        (Ground.REISSUE, "Ходатайство работодателя", "Чек за первый месяц"),
    ],
)
def test_the_open_application_chooses_its_ground(read, ground, shown, hidden):
    text = read(ApplicationFactory(ground=ground).person)

    assert shown in text
    assert hidden not in text


def test_whoever_holds_a_patent_sees_the_papers_of_a_reissue(read):
    assert "Ходатайство работодателя" in read(PatentFactory().application.person)


def test_the_other_ground_can_be_looked_at(read):
    person = ApplicationFactory().person

    assert "Ходатайство работодателя" in read(person, ground="reissue")
    assert "Чек за первый месяц" in read(person, ground="nonsense")


def test_what_was_handed_in_says_number_days_and_state(read):
    application = ApplicationFactory()
    PassportFactory(person=application.person, number="FA4410161")
    hand_in(application, "passport", state=PaperState.CHECKED)
    hand_in(
        application,
        "registration-slip",
        number="77-001",
        issued_on=date(2026, 1, 20),
        valid_until=date(2026, 4, 30),
    )

    text = read(application.person).split("handed-")[-1]

    assert "FA4410161" in text
    assert "всё верно" in text
    assert "№ 77-001" in text
    assert "Действует до 30 апреля 2026 включительно." in text
    assert "сдан, проверяем" in text
    assert "данные центра на" in text


def test_a_paper_to_be_mended_stands_first_with_the_words_of_the_staff(read):
    application = ApplicationFactory()
    hand_in(application, "migration-card", state=PaperState.MEND, remark="Цель въезда не «работа».")

    text = read(application.person)

    assert text.index("Цель въезда не «работа».") < text.index("brought-title")
    assert "Нужно исправить 1 документ." in text


def test_an_application_left_behind_by_the_patent_asks_for_no_papers(read):
    patent = PatentFactory()
    old = ApplicationFactory(person=patent.application.person, accepted_on=date(2026, 1, 14))
    hand_in(old, "migration-card", state=PaperState.MEND, remark="Цель въезда не «работа».")

    text = read(old.person)

    assert "Нужно исправить" not in text
    assert "Ходатайство работодателя" in text


def test_papers_of_an_old_application_are_kept_but_not_taken_for_the_new_one(read):
    person = PersonFactory()
    old = ApplicationFactory(person=person, refused=True)
    hand_in(old, "passport", state=PaperState.CHECKED)
    ApplicationFactory(person=person, accepted_on=date(2026, 2, 9))

    text = read(person)

    assert "всё верно" not in text.split("handed-")[0]
    assert f"Сдано с заявлением {old.number}" in text


def test_a_paper_that_is_no_longer_needed_disappears_from_the_list(read):
    DocumentKind.objects.filter(slug="medical").update(last_day=date(2026, 2, 9))

    assert "Справки от врачей" not in read(PersonFactory())


def test_nobody_reads_the_papers_of_another(read):
    application = ApplicationFactory()
    hand_in(application, "migration-card", number="4615 1234567")

    assert "1234567" not in read(ApplicationFactory().person)


@pytest.fixture
def sample_page(client):
    client.force_login(PersonFactory().user)
    return client.get(reverse("cabinet:document_sample"))


def test_the_sample_is_invented_and_says_so(sample_page):
    assert "Все имена и номера здесь выдуманы." in sample_page.content.decode()


def test_the_sample_fills_in_every_line_of_the_form_in_the_order_of_the_form(sample_page):
    text = sample_page.content.decode()

    lines = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", text)
    assert lines == sample.APPLICATION
    assert all(value for _label, value in lines)
    assert reverse("cabinet:documents") in text


def test_the_sample_says_what_a_form_needs():
    labels = {label for label, _value in sample.APPLICATION}

    assert labels >= {"Фамилия", "Паспорт", "Миграционная карта", "Профессия", "Дата и подпись"}


@pytest.mark.parametrize("count", [1, 4])
def test_the_number_of_questions_does_not_grow(client, count, django_assert_num_queries):
    person = PersonFactory()
    for _number in range(count):
        application = ApplicationFactory(person=person)
        hand_in(application, "passport")
        hand_in(application, "migration-card")
    client.force_login(person.user)

    # session, user with the person, applications, papers, kinds twice, passport, unread news
    with django_assert_num_queries(8):
        client.get(PAGE)
