"""What runs by itself: every entry names a task, and nothing that must run is missing."""

from pathlib import Path

import pytest
from django.conf import settings

from mmc_portal.celery import app
from mmc_portal.local.run import Place, _commands
from patents import tasks as patent_tasks


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


def test_every_queue_has_a_worker():
    """A task whose queue nobody reads is a task that never runs."""
    place = Place(var=Path("var"), host="127.0.0.1", port=1, sandbox_port=2)
    words = {word for command in _commands(place).values() for word in command}
    queues = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}

    assert queues == {"codes", "messages"}
    assert {f"--queues={name}" for name in queues} <= words
    app.loader.import_default_modules()
    assert set(settings.CELERY_TASK_ROUTES) <= set(app.tasks)
