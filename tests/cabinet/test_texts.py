"""Texts that staff edit: their days, their languages, their history, and what is never lost."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from cabinet import content
from cabinet.models import Announcement, Deadline, HelpTopic, Obligation
from journal.history import states
from tests.factories import AnnouncementFactory, StaffFactory

pytestmark = pytest.mark.django_db

# Buttons of the cabinet and links of other pages lead to these sections.
ADDRESSES = {"access", "late", "what-now", "new-patent", "centre", "sim", "unseen", "no-sms"}


@pytest.mark.parametrize(
    ("day", "count"),
    [(date(2026, 1, 31), 0), (date(2026, 2, 1), 1), (date(2026, 2, 15), 1), (date(2026, 2, 16), 0)],
)
def test_an_announcement_is_shown_on_its_first_and_last_day_and_between(day, count):
    AnnouncementFactory()

    assert Announcement.objects.shown(day).count() == count


def test_an_announcement_without_an_end_stays():
    AnnouncementFactory(last_day=None)

    assert Announcement.objects.shown(date(2030, 1, 1)).count() == 1


def test_the_database_refuses_days_in_the_wrong_order():
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnouncementFactory(last_day=date(2026, 1, 31))


def test_an_announcement_says_from_which_day():
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnouncementFactory(first_day=None)


@pytest.mark.parametrize(("language", "title"), [("ru", "Закрыто"), ("en", "Closed")])
def test_a_text_speaks_the_language_of_the_reader(language, title):
    AnnouncementFactory(title_ru="Закрыто", title_en="Closed")

    with translation.override(language):
        assert Announcement.objects.get().title == title


@pytest.mark.parametrize("language", ["en", "uz", "uz-cyrl", "tg", "az", "ro", "uk"])
def test_where_a_language_is_not_written_yet_russian_stands_in(language):
    AnnouncementFactory(title_ru="Закрыто", title_en="")

    with translation.override(language):
        assert Announcement.objects.get().title == "Закрыто"


def test_help_and_obligations_are_shipped_in_russian_and_english():
    assert set(HelpTopic.objects.values_list("slug", flat=True)) == ADDRESSES
    rows = [*HelpTopic.objects.all(), *Obligation.objects.all()]
    empty = [
        row for row in rows if not (row.title_ru and row.body_ru and row.title_en and row.body_en)
    ]
    assert len(rows) == 15
    assert empty == []


def test_shipped_obligations_know_their_deadlines():
    counted = set(Obligation.objects.exclude(deadline="none").values_list("deadline", flat=True))

    assert counted == set(Deadline.values) - {"none"}


def test_shipping_again_leaves_the_words_of_staff_alone():
    HelpTopic.objects.filter(slug="sim").update(body_ru="Наши слова", last_day=date(2026, 1, 1))

    assert content.ship(HelpTopic, "help") == 0
    assert HelpTopic.objects.get(slug="sim").body_ru == "Наши слова"


def test_a_topic_that_is_missing_is_shipped():
    HelpTopic.objects.filter(slug="sim").delete()

    assert content.ship(HelpTopic, "help") == 1
    assert HelpTopic.objects.get(slug="sim").title_ru == "SIM-карта центра"


def test_each_state_of_a_text_is_kept_in_every_language():
    text = AnnouncementFactory(title_ru="Закрыто", title_uz="Yopiq")
    text.title_uz = "Yopildi"
    text.save()

    kept = [(row.title_ru, row.title_uz) for row in states(Announcement, text.pk)]
    assert kept == [("Закрыто", "Yopildi"), ("Закрыто", "Yopiq")]


# --- the desk


def member(role):
    user = StaffFactory(username=role, is_superuser=False)
    user.groups.set(Group.objects.filter(name=role))
    return user


@pytest.fixture
def supervisor(client):
    client.force_login(member("supervisor"))
    return client


def written(**changed) -> dict:
    return {
        "slug": "queue",
        "rank": "15",
        "title_ru": "Очередь",
        "body_ru": "Приходите **утром**.",
        "title_en": "Queue",
        "body_en": "",
        **changed,
    }


ADD = "/admin/cabinet/helptopic/add/"


def test_a_supervisor_adds_a_text(supervisor):
    answer = supervisor.post(ADD, written())

    assert answer.status_code == 302
    topic = HelpTopic.objects.get(slug="queue")
    assert (topic.title_ru, topic.title_en, topic.body_uz) == ("Очередь", "Queue", "")


def test_a_text_without_russian_is_not_taken(supervisor):
    answer = supervisor.post(ADD, written(title_ru=""))

    assert answer.status_code == 200
    assert "title_ru" in answer.context["adminform"].errors


def test_days_in_the_wrong_order_are_refused_in_a_sentence(supervisor):
    answer = supervisor.post(ADD, written(first_day="10.02.2026", last_day="01.02.2026"))

    assert answer.context["adminform"].errors["__all__"] == ["Последний день раньше первого."]


def test_the_preview_shows_what_people_will_read_and_keeps_nothing(supervisor):
    page = supervisor.post(ADD, written(_preview="")).content.decode()

    assert "<strong>утром</strong>" in page
    assert '<section class="sheet text" lang="en">' in page
    assert not HelpTopic.objects.filter(slug="queue").exists()


def test_the_preview_of_a_known_text_changes_nothing(supervisor):
    topic = HelpTopic.objects.get(slug="sim")
    address = reverse("admin:cabinet_helptopic_change", args=[topic.pk])

    page = supervisor.post(address, written(_preview="")).content.decode()

    assert "<strong>утром</strong>" in page
    assert HelpTopic.objects.get(slug="sim").title_ru == "SIM-карта центра"


def test_the_address_of_a_text_stays_once_given(supervisor):
    topic = HelpTopic.objects.get(slug="sim")
    supervisor.post(reverse("admin:cabinet_helptopic_change", args=[topic.pk]), written())

    topic.refresh_from_db()
    assert (topic.slug, topic.title_ru) == ("sim", "Очередь")


def test_an_operator_reads_texts_and_neither_changes_nor_previews_them(client):
    client.force_login(member("operator"))
    topic = HelpTopic.objects.get(slug="sim")
    address = reverse("admin:cabinet_helptopic_change", args=[topic.pk])

    assert client.get(address).status_code == 200
    assert client.post(address, written()).status_code == 403
    assert client.post(address, written(_preview="")).status_code == 403
    assert client.post(ADD, written(_preview="")).status_code == 403


def test_the_history_of_a_text_says_who_wrote_what(supervisor):
    topic = HelpTopic.objects.get(slug="sim")
    supervisor.post(reverse("admin:cabinet_helptopic_change", args=[topic.pk]), written())

    page = supervisor.get(reverse("admin:cabinet_helptopic_history", args=[topic.pk]))

    said = page.content.decode()
    assert "SIM-карта центра → Очередь" in said
    assert "supervisor" in said


@pytest.mark.django_db(transaction=True)
def test_shipped_texts_come_back_after_a_test_with_commits():
    assert HelpTopic.objects.count() == len(ADDRESSES)


@pytest.mark.django_db(transaction=True)
def test_shipped_texts_come_back_a_second_time():
    assert HelpTopic.objects.count() == len(ADDRESSES)


def test_rows_of_before_take_the_languages_that_came_since_unless_staff_changed_them():
    HelpTopic.objects.filter(slug="access").update(title_tg=None, body_tg="")
    HelpTopic.objects.filter(slug="unseen").update(body_ru="Наше.", title_tg=None)

    assert content.translate(HelpTopic, "help") == 1
    assert content.translate(HelpTopic, "help") == 0
    row = HelpTopic.objects.get(slug="access")
    assert row.title_tg
    assert row.body_tg
    assert not HelpTopic.objects.get(slug="unseen").title_tg
