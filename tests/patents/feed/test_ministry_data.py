"""How old the Ministry's data are, as pages say it."""

import pytest
import time_machine
from django.template import Context, Template
from django.urls import reverse

from common import clock
from patents.feed.audit import audit
from patents.models import FeedState
from tests.factories import ApplicationFactory, StaffFactory
from tests.patents.feed.items import feed_state

pytestmark = pytest.mark.django_db


def said():
    text = Template("{% load ministry %}{% ministry_data %}").render(Context())
    return " ".join(text.replace("\xa0", " ").split())


def test_nothing_is_said_before_the_first_answer():
    assert said() == ""
    feed_state(failing_since="2026-02-14T09:00Z", trouble="error")
    assert said() == ""


@time_machine.travel("2026-02-14 12:10:00+03:00", tick=False)
def test_the_last_answer_is_told_by_moscows_clock():
    feed_state(answered_at="2026-02-14T09:03Z")

    assert "на 12:03, 14 февраля." in said()
    assert "не отвечает" not in said()


@time_machine.travel("2026-02-14 15:10:00+03:00", tick=False)
def test_a_long_silence_is_said_honestly():
    feed_state(
        answered_at="2026-02-14T09:03Z",
        failing_since="2026-02-14T09:04Z",
        trouble="no_answer",
    )

    assert "на 12:03, 14 февраля." in said()
    assert "С тех пор МВД не отвечает." in said()


@pytest.fixture
def left_alone(settings):
    """The last answer was half an hour ago and more, and nobody asked since: a dead worker."""
    settings.MINISTRY_URL = "http://ministry.test"
    feed_state(answered_at="2026-02-14T09:03Z")
    return FeedState.objects.get()


@pytest.fixture
def never_answered(settings):
    """The portal was set up at noon, and no answer came since."""
    settings.MINISTRY_URL = "http://ministry.test"
    feed_state(created_at="2026-02-14T09:00Z")
    return FeedState.objects.get()


def test_the_feed_is_waited_for_since_the_portal_was_set_up():
    assert FeedState.objects.get().created_at <= clock.now()


@time_machine.travel("2026-02-14 12:29:59+03:00", tick=False)
def test_a_feed_that_was_set_up_just_now_is_waited_for(never_answered):
    assert not never_answered.is_silent
    assert not FeedState.objects.silent().exists()


@time_machine.travel("2026-02-14 12:30:00+03:00", tick=False)
def test_a_feed_that_never_answered_is_silent_too(never_answered, client):
    assert never_answered.is_silent
    assert FeedState.objects.silent().exists()
    assert said() == ""

    client.force_login(StaffFactory())
    listed = client.get(reverse("admin:patents_feeditem_changelist")).content.decode()
    assert "Ждём с 14.02.2026 12:00: проверьте, работает ли обработчик." in listed


@time_machine.travel("2026-02-14 13:30:00+03:00", tick=False)
def test_a_feed_that_was_tried_again_after_a_long_silence_is_still_silent(left_alone):
    """The row and the list of work say the same of it."""
    feed_state(failing_since="2026-02-14T10:29Z", trouble="no_answer")

    assert FeedState.objects.get().is_silent
    assert FeedState.objects.silent().exists()


@time_machine.travel("2026-02-14 15:10:00+03:00", tick=False)
def test_the_audit_does_not_pass_over_a_silent_feed(never_answered):
    assert audit().troubles == ["no answer since 2026-02-14 09:00 UTC"]

    feed_state(answered_at="2026-02-14T12:09Z")
    assert audit().troubles == []


@time_machine.travel("2026-02-14 12:32:59+03:00", tick=False)
def test_an_answer_of_half_an_hour_ago_is_fresh(left_alone):
    assert not left_alone.is_silent
    assert not FeedState.objects.silent().exists()


@time_machine.travel("2026-02-14 12:33:00+03:00", tick=False)
def test_a_feed_that_nobody_asks_is_silent_too_and_the_ministry_is_not_blamed(left_alone, client):
    assert left_alone.is_silent
    assert FeedState.objects.silent().exists()
    assert "С тех пор новых данных у нас нет." in said()
    assert "не отвечает" not in said()

    client.force_login(StaffFactory())
    listed = client.get(reverse("admin:patents_feeditem_changelist")).content.decode()
    assert "проверьте, работает ли обработчик" in listed


@time_machine.travel("2026-02-20 12:33:00+03:00", tick=False)
def test_data_that_come_in_files_only_are_not_waited_for(left_alone, settings):
    settings.MINISTRY_URL = ""

    assert not left_alone.is_silent
    assert not FeedState.objects.silent().exists()


@time_machine.travel("2026-02-14 12:10:00+03:00", tick=False)
def test_who_waits_for_the_inn_reads_how_old_the_data_are(left_alone, client):
    client.force_login(ApplicationFactory().person.user)

    page = client.get(reverse("cabinet:inn")).content.decode()

    assert "на 12:03, 14 февраля." in " ".join(page.replace("\xa0", " ").split())
