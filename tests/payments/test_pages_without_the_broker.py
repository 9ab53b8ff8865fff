"""Login, home and payment while the broker and the cache say nothing, and when they are dead: every
page answers, and what is to be told waits in the database."""

from contextlib import suppress
from time import monotonic

import psutil
import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import PhoneKind
from accounts.services import issue_password
from common import hints, kept
from mmc_portal.celery import app
from mmc_portal.local import valkey
from mmc_portal.settings.base import cache_at
from notifications.models import Message, MessageStatus
from payments.models import Charge
from tests.factories import PASSWORD, PhoneFactory, PlacementFactory

LOGIN, HOME, PAY = reverse("accounts:login"), reverse("cabinet:home"), reverse("payments:pay")
LONGEST_SECONDS = 8  # a hint takes two, the cache one; without their ends a page hangs for ever

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]


@pytest.fixture
def server(tmp_path, settings, monkeypatch):
    """A broker and cache of this test's own, asked as production asks them."""
    url = valkey.start(tmp_path)
    settings.CACHES = cache_at(url)
    monkeypatch.setattr(hints._Broker, "deaf_until", 0.0)
    monkeypatch.setattr(kept, "_quiet_until", 0.0)
    before = app.conf.broker_url
    _ask_for_work_at(url)
    process = valkey._process(tmp_path / "valkey")
    yield process
    with suppress(psutil.NoSuchProcess):
        process.resume()
    valkey.stop(tmp_path)
    _ask_for_work_at(before)


def _ask_for_work_at(url: str) -> None:
    """As a process that has just been forked: connections of before are forgotten. A closed app
    would take no more tasks of modules that are read later."""
    app.conf.broker_url = url
    app._after_fork()


def hang(server: psutil.Process) -> None:
    server.suspend()


def die(server: psutil.Process) -> None:
    server.kill()


def soon(ask, *args):
    began = monotonic()
    answer = ask(*args)
    assert monotonic() - began < LONGEST_SECONDS
    return answer


@pytest.mark.usefixtures("february")
@pytest.mark.parametrize("fall", [hang, die])
def test_a_person_enters_reads_and_pays(server, fall, application, acquirer):
    PlacementFactory(application=application)
    client = Client()
    fall(server)

    entering = {"username": application.number, "password": PASSWORD}
    assert soon(client.post, LOGIN, entering).status_code == 302
    assert soon(client.get, HOME).status_code == 200
    assert soon(client.post, PAY, {"months": "1"}).status_code == 303

    assert Charge.objects.count() == 1
    assert kept._quiet_until > 0  # it was asked, and given up


@pytest.mark.parametrize("fall", [hang, die])
def test_a_new_password_is_promised_and_waits(server, fall, application):
    """What the broker does not hear a sweep finds."""
    PhoneFactory(person=application.person, kind=PhoneKind.CENTRE_SIM, number="+79161234567")
    fall(server)

    soon(lambda: issue_password(person=application.person))

    [waiting] = Message.objects.all()
    assert waiting.status == MessageStatus.QUEUED
    assert hints._Broker.deaf_until > monotonic()
