"""What runs by itself: every entry names a task, and nothing that must run is missing."""

from pathlib import Path

import pytest
from django.conf import settings

from mmc_portal.celery import app
from mmc_portal.local.run import Place, _commands
from patents import tasks as patent_tasks

LONG_SECONDS = 600


def scheduled() -> set[str]:
    return {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}


def test_every_entry_of_the_schedule_is_a_task():
    app.loader.import_default_modules()

    assert scheduled() <= set(app.tasks)


@pytest.mark.parametrize(
    "task",
    [
        "notifications.tasks.sweep",
        "patents.tasks.ask_ministry",
        "payments.tasks.sweep_charges",
        "payments.tasks.import_folder",
        "payments.tasks.search_for_money",
        "payments.tasks.count_posting_times",
        "payments.tasks.look_at_claims",
        "payments.tasks.watch_statements",
        "payments.tasks.wipe_payer_texts",
        "accounts.tasks.sweep_door",
        "ussd.tasks.forget_what_is_over",
    ],
)
def test_what_nobody_starts_by_hand_is_scheduled(task):
    assert task in scheduled()


@pytest.mark.django_db
def test_the_task_asks_the_ministry(monkeypatch):
    asked = []
    monkeypatch.setattr(patent_tasks, "poll", lambda *_args, **_named: asked.append(1))

    patent_tasks.ask_ministry()

    assert asked


def queue_of(task: str) -> str:
    return settings.CELERY_TASK_ROUTES.get(task, {"queue": "celery"})["queue"]


def queues_of_workers() -> set[str]:
    place = Place(var=Path("var"), host="127.0.0.1", port=1, sandbox_port=2)
    words = {word for command in _commands(place).values() for word in command}
    return {word.removeprefix("--queues=") for word in words if word.startswith("--queues=")}


def test_every_queue_has_a_worker():
    """A task whose queue nobody reads is a task that never runs."""
    app.loader.import_default_modules()

    assert set(settings.CELERY_TASK_ROUTES) <= set(app.tasks)
    assert {queue_of(task) for task in app.tasks} == queues_of_workers()


def test_what_may_take_long_stands_before_nothing_else():
    app.loader.import_default_modules()
    long = {name for name, task in app.tasks.items() if (task.time_limit or 0) >= LONG_SECONDS}

    assert long == {task for task in app.tasks if queue_of(task) == "imports"}
    assert "payments.tasks.import_folder" in long
    assert settings.CELERY_TASK_TIME_LIMIT < LONG_SECONDS  # of all the others


@pytest.mark.parametrize(
    "task",
    [
        "accounts.tasks.carry_out",
        "accounts.tasks.sweep_door",
        "notifications.tasks.drain_awaited",
        "notifications.tasks.sweep",
    ],
)
def test_whoever_waits_with_the_phone_in_the_hand_waits_for_no_other_work(task):
    assert queue_of(task) == "codes"


def test_each_turn_expires_when_the_next_one_comes():
    """Behind an hour of work hundreds of turns would wait, and stand before what comes then."""
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        assert entry["options"]["expires"] == entry["schedule"]
