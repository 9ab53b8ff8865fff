"""The staff's list of items that could not be taken: why, and what may be done."""

import json

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from journal.models import Look
from patents.models import FeedItem
from tests.factories import ApplicationFactory, StaffFactory
from tests.patents.feed.items import NUMBER, feed_state, item, receive

pytestmark = pytest.mark.django_db

LIST = reverse("admin:patents_feeditem_changelist")


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-02-01 12:00:00+03:00"):
        yield


@pytest.fixture
def staff(client):
    client.user = StaffFactory()
    client.force_login(client.user)
    return client


def page(name, row):
    return reverse(f"admin:patents_feeditem_{name}", args=[row.pk])


@pytest.fixture
def refused():
    """A refusal of somebody whose patent is ready."""
    ApplicationFactory(number=NUMBER)
    receive(item("ready", "2026-01-12"), item("refused", "2026-01-20"))
    return FeedItem.objects.get(status="bad")


def test_the_list_shows_first_what_waits_for_staff_with_its_reason(staff, refused):
    shown = staff.get(LIST).content.decode()

    assert "Записей МВД ждёт решения: 1" in shown
    assert "Отказ, хотя патент готов или выдан. Узнайте в МВД, что верно." in shown
    assert "12.01.2026" not in shown


def test_all_items_can_be_seen(staff, refused):
    assert staff.get(LIST, {"shown": "all"}).context["cl"].result_count == 2


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_asks_the_same_whatever_its_length(staff, count, django_assert_max_num_queries):
    for number in range(count):
        ApplicationFactory(number=str(1381170 + number))
        receive(item("refused", application=str(1381170 + number), occurred="2025-01-01"))
    staff.get(LIST)

    with django_assert_max_num_queries(13):
        assert staff.get(LIST).context["cl"].result_count == count


def test_the_card_shows_the_item_as_sent_and_writes_the_look_down(staff, refused):
    shown = staff.get(page("change", refused)).content.decode()

    assert "неверные данные" in shown
    assert NUMBER in shown
    assert Look.objects.filter(person_id=refused.application.person_id).exists()


def test_an_item_about_nobody_known_has_a_card_too(staff):
    receive("чепуха")

    shown = staff.get(page("change", FeedItem.objects.get())).content.decode()
    assert "Это вообще не запись МВД." in shown
    assert "чепуха" in shown


def test_try_again_takes_what_has_become_possible(staff):
    application = ApplicationFactory(number=NUMBER, accepted_on="2026-01-14")
    receive(item("ready", "2026-01-12"))
    row = FeedItem.objects.get()
    assert row.reason == "before_accepted"
    type(application).objects.update(accepted_on="2026-01-10")

    answer = staff.post(page("again", row), follow=True)

    assert "Учтено: 1." in answer.content.decode()
    row.refresh_from_db()
    assert row.status == "applied"


def test_try_again_of_many_is_an_action_of_the_list(staff, refused):
    chosen = {"action": "try_again", "_selected_action": [refused.pk]}

    answer = staff.post(LIST, chosen, follow=True)

    assert "Учтено: 0." in answer.content.decode()


def test_an_item_with_a_wrong_number_is_assigned_with_a_reason(staff):
    receive(item("ready", "2026-01-12"))
    row = FeedItem.objects.get()
    application = ApplicationFactory(number="1381171")

    form = {"number": "1381 171", "reason": "МВД ошиблось цифрой"}
    staff.post(page("assign", row), form)

    row.refresh_from_db()
    application.refresh_from_db()
    assert (row.status, row.decided_by) == ("applied", staff.user)
    assert application.status == "ready"


def test_an_assigned_item_stays_where_it_was_assigned(staff):
    receive(item("ready", "2026-01-12"))
    row = FeedItem.objects.get()
    other = ApplicationFactory(number="1381171")
    staff.post(page("assign", row), {"number": "1381171", "reason": "так"})

    ApplicationFactory(number=NUMBER)
    receive(item("sent", "2026-01-05", application="1381171"))

    row.refresh_from_db()
    assert (row.application, row.status) == (other, "applied")


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"number": "", "reason": "так"}, "Напишите номер заявления."),
        ({"number": "1381199", "reason": "так"}, "Заявления с таким номером нет."),
        ({"number": "1381171", "reason": ""}, "Напишите, почему вы так решили."),
    ],
)
def test_an_assignment_without_number_or_reason_is_not_one(staff, form, words):
    receive(item("ready", "2026-01-12"))
    row = FeedItem.objects.get()
    ApplicationFactory(number="1381171")

    assert words in staff.post(page("assign", row), form).content.decode()
    row.refresh_from_db()
    assert row.status == "bad"


def test_what_cannot_be_read_cannot_be_assigned(staff):
    receive(item("ready", "2026-02-30"))
    ApplicationFactory(number="1381171")

    answer = staff.post(
        page("assign", FeedItem.objects.get()), {"number": "1381171", "reason": "так"}, follow=True
    )

    assert "не читается" in answer.content.decode()


def test_set_aside_keeps_the_item_who_and_why(staff, refused):
    staff.post(page("aside", refused), {"reason": "МВД подтвердило: ошибка"})

    refused.refresh_from_db()
    assert refused.status == "set_aside"
    assert (refused.decided_by, refused.decided_reason) == (staff.user, "МВД подтвердило: ошибка")
    assert staff.get(LIST).context["cl"].result_count == 0
    history = staff.get(page("history", refused)).content.decode()
    assert "МВД подтвердило: ошибка" in history


def test_what_was_decided_is_not_decided_again(staff, refused):
    for _click in range(2):
        answer = staff.post(page("aside", refused), {"reason": "так"}, follow=True)

    assert "уже учтена или отложена" in answer.content.decode()


def test_a_file_of_the_ministry_is_uploaded(staff):
    application = ApplicationFactory(number=NUMBER)
    lines = [json.dumps(item("ready", "2026-01-12")), "не запись", ""]
    file = SimpleUploadedFile("facts.jsonl", "\n".join(lines).encode())

    answer = staff.post(reverse("admin:patents_feeditem_upload"), {"file": file}, follow=True)

    assert "Записей в файле: 2, новых: 2." in answer.content.decode()
    application.refresh_from_db()
    assert application.status == "ready"
    assert application.steps.get(status="ready").source == "file"


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"\xff\xfe\x00", "Это не файл МВД"), (b"1CClientBankExchange", "Это не файл МВД")],
)
def test_another_file_is_refused_and_nothing_of_it_is_kept(staff, content, words):
    file = SimpleUploadedFile("x.txt", content)

    answer = staff.post(reverse("admin:patents_feeditem_upload"), {"file": file})

    assert words in answer.content.decode()
    assert FeedItem.objects.count() == 0


def test_the_list_says_when_the_ministry_does_not_answer(staff):
    feed_state(failing_since="2026-02-01T11:00:00+03:00", trouble="not_data")

    shown = staff.get(LIST).content.decode()

    assert "Данных МВД нет с 01.02.2026 11:00" in shown
    assert 'class="errornote" role="alert"' in shown


def test_an_annulment_that_waits_for_days_is_shown_to_staff(staff):
    ApplicationFactory(number=NUMBER)
    with time_machine.travel("2026-01-25 12:00:00+03:00"):
        receive(item("annulled", "2026-01-20"))

    assert staff.get(LIST).context["cl"].result_count == 1


def test_the_first_page_counts_them(staff, refused):
    from desk.waiting import waiting_for

    counted = {str(work.words): count for work, count in waiting_for(staff.user)}
    assert counted["Записи МВД, которые не удалось учесть"] == 1
    assert counted["Давно нет данных МВД"] == 0
