"""The schedule's first word."""

from unittest import mock

from celery.signals import beat_init

from journal.tasks import beat
from mmc_portal.celery import app


def test_the_schedule_asks_for_a_sign_of_life_as_soon_as_it_starts():
    with mock.patch.object(app, "send_task") as sent:
        beat_init.send(sender=None)

    assert [call.args[0] for call in sent.call_args_list] == [beat.name]
