"""What items make of applications, INNs and news, whatever order they come in."""

from datetime import date

import pytest
import time_machine

from notifications.models import Message
from patents import services
from patents.models import Application, FeedItem, Inn, News, Patent
from tests.factories import ApplicationFactory, InnFactory, PatentFactory, PersonFactory
from tests.patents.feed.items import INN, NUMBER, OTHER_INN, item, receive

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-02-01 12:00:00+03:00", tick=False):
        yield


@pytest.fixture
def application():
    return ApplicationFactory(number=NUMBER)


def at(hour):
    return f"2026-01-20T{hour:02}:00:00+03:00"


def events():
    return sorted(Message.objects.values_list("event", flat=True))


def test_a_whole_course_in_the_order_of_days(application):
    found = receive(
        item("sent", "2026-01-05"),
        item("ready", "2026-01-12"),
        item("issued", "2026-01-15"),
        item("inn"),
    )

    application.refresh_from_db()
    assert found == ["applied"] * 4
    assert application.status == "issued"
    assert dict(application.steps.values_list("status", "on")) == {
        "accepted": date(2026, 1, 2),
        "in_review": date(2026, 1, 5),
        "ready": date(2026, 1, 12),
        "issued": date(2026, 1, 15),
    }
    assert application.ready_on == date(2026, 1, 12)
    assert (application.patent.source, application.person.inns.get().source) == ("ministry",) * 2
    assert application.steps.get(status="ready").received_at.isoformat().startswith("2026-02-01")


def test_issued_before_ready_is_issued_and_ready_fills_in_its_day_in_silence(application):
    receive(item("issued", "2026-01-15"))
    told = Message.objects.count()
    found = receive(item("ready", "2026-01-12"))

    application.refresh_from_db()
    assert found == ["applied"]
    assert (application.status, application.ready_on) == ("issued", date(2026, 1, 12))
    assert Message.objects.count() == told


def test_an_annulment_waits_for_its_patent_and_is_applied_when_it_comes(application):
    annulment = item("annulled", "2026-01-20")
    assert receive(annulment) == ["waiting not_issued_yet"]

    receive(item("issued", "2026-01-15"))

    assert receive(annulment) == ["applied"]
    assert Patent.objects.get().annulled_on == date(2026, 1, 20)


def test_a_refusal_after_an_issue_goes_to_the_staff_and_changes_nothing(application):
    receive(item("issued", "2026-01-15"))

    assert receive(item("refused", "2026-01-16")) == ["bad refused_though_granted"]
    application.refresh_from_db()
    assert application.status == "issued"


def test_an_issue_after_a_refusal_stands_and_the_refusal_goes_to_the_staff(application):
    refusal = item("refused", "2026-01-10")
    assert receive(refusal) == ["applied"]

    assert receive(item("issued", "2026-01-15")) == ["applied"]

    application.refresh_from_db()
    assert (application.status, application.refused_on) == ("issued", None)
    assert receive(refusal) == ["bad refused_though_granted"]
    assert not application.steps.filter(status="refused").exists()


def test_a_later_word_corrects_the_day_and_the_number_of_a_patent(application):
    receive(item("issued", "2026-01-15", at(9)))
    other = {"series": "77", "number": "2600009999"}

    receive(item("issued", "2026-01-16", at(10), patent=other))

    patent = Patent.objects.get()
    assert (patent.issued_on, patent.number) == (date(2026, 1, 16), "2600009999")
    assert application.steps.get(status="issued").on == date(2026, 1, 16)
    assert application.person.timeline.filter(kind="patents.patent_restated").count() == 1


def test_an_older_word_that_comes_late_changes_nothing(application):
    receive(item("issued", "2026-01-16", at(10)))

    assert receive(item("issued", "2026-01-15", at(9))) == ["superseded"]
    assert Patent.objects.get().issued_on == date(2026, 1, 16)


def test_an_annulment_that_the_ministry_takes_back_is_told(application):
    receive(item("issued", "2026-01-10", at(8)), item("annulled", "2026-01-12", at(9)))
    assert Patent.objects.get().annulled_on

    receive(item("issued", "2026-01-15", at(10)))

    assert Patent.objects.get().annulled_on is None
    assert "patents.annulment_withdrawn" in events()


def test_the_same_item_again_is_one_item_and_one_message(application):
    ready = item("ready", "2026-01-12")

    for _ in range(3):
        assert receive(ready) == ["applied"]

    assert FeedItem.objects.count() == 1
    assert events() == ["patents.ready"]


def test_what_the_desk_entered_stands_and_the_difference_goes_to_the_staff():
    PatentFactory(application__number=NUMBER, series="77", number="2600001234")

    assert receive(item("issued", "2026-01-15")) == ["known"]
    assert receive(item("issued", "2026-01-16")) == ["bad not_as_at_desk"]
    assert Patent.objects.get().issued_on == date(2026, 1, 15)


def test_one_number_for_two_applications_stays_with_one_of_them(application):
    ApplicationFactory(number="1381171")
    issues = [item("issued"), item("issued", application="1381171")]

    assert sorted(receive(*issues)) == ["applied", "bad patent_taken"]
    assert Patent.objects.count() == 1


def test_an_unknown_application_goes_to_the_staff_until_somebody_registers_it():
    ready = item("ready", "2026-01-12")
    assert receive(ready) == ["bad unknown_application"]

    application = ApplicationFactory(number=NUMBER)

    assert receive(ready) == ["applied"]
    application.refresh_from_db()
    assert application.status == "ready"


def test_a_day_to_come_is_taken_when_it_comes(application):
    ready = item("ready", "2026-02-02")
    assert receive(ready) == ["bad future"]

    with time_machine.travel("2026-02-02 09:00:00+03:00", tick=False):
        assert receive(ready) == ["applied"]


def test_good_items_are_taken_from_among_the_bad(application):
    found = receive("чепуха", item("ready") | {"kind": "x"}, item("ready", "2026-01-12"))

    assert found == ["bad not_an_item", "bad unknown_kind", "applied"]


# --- INN


def test_an_inn_of_the_ministry_is_entered_once_and_told_once(application):
    assert receive(item("inn"), item("inn")) in (["applied", "known"], ["known", "applied"])
    assert Inn.objects.get().value == INN
    assert events() == ["patents.inn_assigned"]


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_inns_the_one_recorded_last_is_in_use(application, turned):
    first = item("inn", "2026-01-15", at(9), inn=OTHER_INN)
    second = item("inn", "2026-01-14", at(10))

    for one in [second, first] if turned else [first, second]:
        receive(one)

    assert services.current_inn(application.person) == INN
    assert receive(first) == ["superseded"]


def test_inns_are_of_the_person_whichever_application_names_them(application):
    ApplicationFactory(number="1381171", person=application.person)

    receive(item("inn", recorded=at(9)))
    receive(item("inn", recorded=at(10), application="1381171", inn=OTHER_INN))

    assert services.current_inn(application.person) == OTHER_INN


def test_an_inn_that_differs_from_the_desks_goes_to_the_staff(application):
    InnFactory(person=application.person, value=OTHER_INN)

    assert receive(item("inn")) == ["bad not_as_at_desk"]
    assert receive(item("inn", inn=OTHER_INN)) == ["known"]


def test_an_inn_of_somebody_else_goes_to_the_staff(application):
    InnFactory(person=PersonFactory(), value=INN)

    assert receive(item("inn")) == ["bad inn_taken"]


# --- news


def news(title, hour=12, **english):
    words = {"key": "n-1", "title": {"ru": title} | english, "text": {"ru": "Текст"}}
    return item("news", recorded=at(hour), news=words)


def test_news_stand_in_their_languages_and_fall_back_to_russian():
    assert receive(news("Новость", en="News")) == ["applied"]

    told = News.objects.get()
    assert (told.title_ru, told.title_en, told.text_ru) == ("Новость", "News", "Текст")
    assert told.text_tg is None
    assert (told.source, told.occurred_on) == ("ministry", date(2026, 1, 15))


@pytest.mark.parametrize("turned", [False, True])
def test_the_wording_recorded_last_stands(turned):
    both = [news("Раньше", 9, en="News"), news("Позже", 10)]

    for one in reversed(both) if turned else both:
        receive(one)

    told = News.objects.get()
    assert (told.title_ru, told.title_en) == ("Позже", None)


def test_what_staff_mended_stays_until_the_ministry_says_something_else():
    receive(news("Новость", 9))
    News.objects.update(title_ru="Новость с пояснением")

    receive(news("Новость", 9))
    assert News.objects.get().title_ru == "Новость с пояснением"

    receive(news("Другая", 10))
    assert News.objects.get().title_ru == "Другая"


def test_what_the_rules_of_the_portal_refuse_goes_to_the_staff_with_their_words(
    application, monkeypatch
):
    from patents.errors import StepNotPossible

    def refuse(**facts):
        raise StepNotPossible

    monkeypatch.setattr(services, "mark_ready", refuse)

    assert receive(item("ready", "2026-01-12")) == ["bad refused_by_rules"]
    assert "этот шаг невозможен" in FeedItem.objects.get().detail


def test_one_application_that_fails_does_not_stop_the_others(application, monkeypatch):
    other = ApplicationFactory(number="1381171")
    real = services.mark_ready

    def fail_for_one(*, application, **facts):
        if application.number == NUMBER:
            raise RuntimeError
        return real(application=application, **facts)

    monkeypatch.setattr(services, "mark_ready", fail_for_one)

    found = receive(item("ready", "2026-01-12"), item("ready", "2026-01-12", application="1381171"))

    assert found == ["received", "applied"]
    other.refresh_from_db()
    assert other.status == "ready"
    monkeypatch.undo()
    assert receive() == []
    assert Application.objects.get(number=NUMBER).status == "ready"
