"""«Патент»: validity, the course of an application, the way to the next patent, what was before."""

from datetime import date, datetime

import pytest
import time_machine
from django.urls import reverse

from common.clock import MOSCOW
from patents.models import DocumentKind, Patent, RefusalKind
from tests.factories import (
    ApplicationFactory,
    PatentFactory,
    PersonFactory,
    PlacementFactory,
    statements_through,
)

pytestmark = pytest.mark.django_db
PAGE = reverse("cabinet:patent")


@pytest.fixture
def on(client):
    """The page as a person reads it on a day."""

    def read(person, day):
        with time_machine.travel(f"{day} 09:00:00+00:00", tick=False):
            client.force_login(person.user)
            return client.get(PAGE).content.decode().replace("\u00a0", " ")

    return read


def paid(patent, months, paid_on=date(2026, 1, 10)):
    PlacementFactory(application=patent.application, months=months, paid_on=paid_on)
    return patent


def test_a_valid_patent_shows_everything_that_stands_on_it(on):
    patent = paid(PatentFactory(number="2600418163", profession="повар"), 3)

    text = on(patent.application.person, "2026-02-10")

    for words in (
        "77 № 2600418163",
        "действителен",
        "Москва",
        "15 января 2026",
        "повар",
        "3 месяца из 12",
        "14 апреля 2026",
        "14 января 2027",
        "данные центра на",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("day", "complete", "said"),
    [
        ("2026-02-10", date(2026, 2, 9), "действителен"),
        ("2026-02-16", date(2026, 2, 15), "платёж проверяется"),
        ("2026-02-23", date(2026, 2, 22), "недействителен"),
    ],
)
def test_validity_follows_the_standing_and_never_runs_ahead_of_the_statements(
    on, day, complete, said
):
    patent = paid(PatentFactory(), 1)
    statements_through(complete)

    text = on(patent.application.person, day)

    tag = text.split('class="tag"')[1].split("</span>")[0]
    assert tag.rsplit(">", 1)[1].strip() == said


def test_a_day_to_pay_that_has_passed_is_not_named(on):
    patent = paid(PatentFactory(), 1)
    statements_through(date(2026, 2, 15))

    assert "Следующий платёж до" in on(patent.application.person, "2026-02-14")
    assert "Следующий платёж до" not in on(patent.application.person, "2026-02-16")


def test_an_annulled_patent_says_when_why_and_who_told_us(on):
    patent = PatentFactory(annulled_on=date(2026, 2, 3), annulled_reason="нет договора")

    text = on(patent.application.person, "2026-02-10")

    assert "недействителен" in text
    assert "нет договора" in text
    assert "данные центра на 12:03, 9 февраля" in text


def test_the_course_of_an_application_tells_days_sources_and_what_to_expect(on):
    application = ApplicationFactory(accepted_on=date(2026, 2, 2), status="in_review")

    text = on(application.person, "2026-02-10")

    assert "Мы приняли заявление" in text
    assert "Документы в МВД" in text
    # ten working days without the holiday of 23 February
    assert "Ждём до 16 февраля 2026" in text
    assert "от 10 до 15 дней" in text
    assert "Вы тут ни при чём" not in text


def test_a_later_first_payment_moves_the_expected_day(on):
    application = ApplicationFactory(
        accepted_on=date(2026, 2, 2), status="in_review", first_paid_on=date(2026, 2, 6)
    )

    assert "Ждём до 20 февраля 2026" in on(application.person, "2026-02-10")


def test_after_the_expected_day_nobody_is_blamed(on):
    application = ApplicationFactory(accepted_on=date(2026, 2, 2), status="in_review")

    assert "Обычный срок прошёл. Вы тут ни при чём." in on(application.person, "2026-03-10")


def test_a_refusal_says_why_what_may_be_done_and_by_when(on):
    application = ApplicationFactory(
        refused=True,
        refusal_kind=RefusalKind.objects.get(slug="missing-paper"),
        refusal_advice="Купите полис.",
        refusal_until=date(2026, 2, 20),
    )

    text = on(application.person, "2026-02-10")

    assert "Неверные данные в заявлении" in text
    assert "до 20 февраля 2026 включительно" in text
    assert "Купите полис." in text
    assert "Возьмите документ, которого не хватило" in text


def test_a_refusal_of_an_unknown_kind_still_says_what_may_be_done(on):
    application = ApplicationFactory(refused=True)

    assert "Решение можно обжаловать." in on(application.person, "2026-02-10")


def test_until_the_tenth_month_only_the_days_are_counted(on):
    patent = paid(PatentFactory(), 10)

    text = on(patent.application.person, "2026-10-14")

    assert "через <b>92 дня</b>" in text
    assert "до 22 декабря 2026 включительно" in text
    assert "Ходатайство работодателя" not in text


def test_from_the_tenth_month_on_the_papers_and_the_last_day_to_apply_stand_there(on):
    patent = paid(PatentFactory(), 12)

    text = on(patent.application.person, "2026-10-15")

    assert "до 22 декабря 2026 включительно" in text
    assert "Ходатайство работодателя" in text
    assert "Перевод паспорта" not in text  # the centre prepares it


def test_staff_decide_which_papers_are_named(on):
    patent = paid(PatentFactory(), 12)
    DocumentKind.objects.filter(slug="petition").update(last_day=date(2026, 10, 1))

    assert "Ходатайство работодателя" not in on(patent.application.person, "2026-10-15")


def test_after_the_last_day_to_apply_the_page_asks_and_blames_nobody(on):
    patent = paid(PatentFactory(), 12)

    text = on(patent.application.person, "2026-12-23")

    assert "Уже подали? Тогда ничего делать не нужно." in text
    assert "Позвоните сегодня" in text


def test_whoever_has_applied_is_not_asked_to_apply(on):
    patent = paid(PatentFactory(), 12)
    person = patent.application.person
    ApplicationFactory(
        person=person, number="1381299", accepted_on=date(2026, 12, 1), ground="reissue"
    )

    text = on(person, "2026-12-10")

    assert "Заявление на следующий патент уже у нас." in text
    assert "Заявление 1381299" in text
    assert "Переоформление" in text
    assert "Что принести" not in text


def test_an_application_left_behind_by_the_present_patent_hides_no_day_to_apply(on):
    patent = paid(PatentFactory(), 12)
    ApplicationFactory(person=patent.application.person, accepted_on=date(2026, 1, 14))

    text = on(patent.application.person, "2026-12-10")

    assert "Заявление на следующий патент уже у нас." not in text
    assert "Ходатайство работодателя" in text


def test_the_old_patent_stays_in_the_history_of_its_person(on):
    person = PersonFactory()
    PatentFactory(application__person=person, number="2500000001", issued_on=date(2025, 1, 15))
    paid(PatentFactory(application__person=person, number="2600000001"), 1)

    text = on(person, "2026-02-10")
    before, after = text.split("earlier-title", 1)

    assert "2600000001" in before
    assert "2500000001" not in before
    assert "2500000001" in after


@pytest.mark.parametrize("end", ["issued", "annulled", "refused"])
def test_what_is_earlier_says_its_source_and_time_too(on, end):
    person = PersonFactory()
    said = {"source": "ministry", "received_at": datetime(2026, 1, 3, 12, 3, tzinfo=MOSCOW)}
    if end == "refused":
        old = ApplicationFactory(person=person, refused=True)
        old.steps.filter(status="refused").update(**said)
    else:
        old = PatentFactory(application__person=person, issued_on=date(2025, 1, 15), **said)
    if end == "annulled":
        facts = {f"annulled_{name}": value for name, value in said.items()}
        Patent.objects.update(annulled_on=date(2025, 2, 1), annulled_reason="решение", **facts)
    paid(PatentFactory(application__person=person, application__accepted_on=date(2026, 1, 4)), 1)

    after = on(person, "2026-02-10").split("earlier-title", 1)[1]

    assert "данные МВД на 12:03, 3 января" in after.replace("\xa0", " ")


def test_nobody_reads_the_patent_of_another(on):
    patent = PatentFactory(number="2600418163")
    stranger = ApplicationFactory().person

    assert patent.number not in on(stranger, "2026-02-10")


def test_who_has_no_application_is_shown_the_way(on):
    assert reverse("cabinet:documents") in on(PersonFactory(), "2026-02-10")


@pytest.mark.parametrize("count", [1, 4])
def test_the_number_of_questions_does_not_grow(client, count, django_assert_num_queries):
    person = PersonFactory()
    for number in range(count):
        PatentFactory(application__person=person, issued_on=date(2022 + number, 1, 15))
        ApplicationFactory(person=person, refused=True)
    ApplicationFactory(person=person, accepted_on=date(2026, 2, 2), status="in_review")
    client.force_login(person.user)

    with (
        time_machine.travel("2026-02-10 09:00:00+00:00", tick=False),
        django_assert_num_queries(QUESTIONS),
    ):
        client.get(PAGE)


QUESTIONS = 8  # session, user with person, facts, phones, applications, steps, news, feed
