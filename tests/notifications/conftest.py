"""A stub operator over real HTTP, and a few events of our own."""

from threading import Lock

import pytest
from django.db import transaction
from django.utils import translation
from werkzeug import Response

from mmc_portal.celery import app
from notifications import services
from notifications.events import Event, Recipient
from notifications.models import Message

PHONE = "+79161234567"
FIXED = "+79990001122"


def reread(message):
    return Message.objects.get(pk=message.pk)


def levels(caplog):
    ours = [record for record in caplog.records if record.name.startswith("notifications")]
    return [record.levelname for record in ours]


class World:
    """What the events read: tests change it between queueing and sending."""

    def __init__(self):
        self.true = True
        self.language = "en"
        self.latin = False
        self.addresses = (PHONE,)
        self.email = ""
        self.error = None

    def recipient(self, subject_id):
        return Recipient(
            person_id=subject_id * 10,
            language=self.language,
            addresses=self.addresses,
            latin=self.latin,
            email=self.email,
        )

    def context(self, subject_id):
        if self.error:
            raise self.error
        return {"number": subject_id, "language": translation.get_language()}

    def still_true(self, subject_id):
        return self.true


_world = World()
NEWS = Event(
    code="tests.news",
    template="Application %(number)s, said in %(language)s.",
    recipient=lambda pk: _world.recipient(pk),
    context=lambda pk: _world.context(pk),
    still_true=lambda pk: _world.still_true(pk),
)
PASSWORD = Event(
    code="tests.password",
    template="Password: %(secret)s",
    recipient=lambda pk: _world.recipient(pk),
    still_true=lambda pk: _world.still_true(pk),
)
MONTH = Event(code="tests.month", template="January", recipient=lambda pk: _world.recipient(pk))


@pytest.fixture
def world():
    _world.__init__()
    return _world


@pytest.fixture
def news(world):
    return NEWS


@pytest.fixture
def password(world):
    return PASSWORD


@pytest.fixture
def month(world):
    return MONTH


@pytest.fixture
def queued(db, world):
    """Queue and do not dispatch: a test transaction never commits."""

    def queue(event=NEWS, subject_id=7, **kwargs):
        kwargs.setdefault("key", f"{event.code}:{subject_id}")
        with transaction.atomic():
            return services.queue(event, subject_id, **kwargs)

    return queue


class Aero:
    """SMS Aero as far as sending goes; `answers` is used up from the front, then all is well."""

    def __init__(self):
        self.sent = []
        self.answers = []
        self.before_answer = lambda: None
        self._lock = Lock()

    def __call__(self, request):
        with self._lock:
            answer = self.answers.pop(0) if self.answers else None
            if answer is None:
                self.sent.append(request.get_json())
            number = 1000 + len(self.sent)
        self.before_answer()
        return answer or aero_json(
            f'{{"success": true, "data": {{"id": {number}}}, "message": null}}'
        )


def aero_json(text, status=200):
    return Response(text, status=status, content_type="application/json")


def refusal(words):
    return aero_json(f'{{"success": false, "data": null, "message": "{words}"}}')


@pytest.fixture
def aero(httpserver, settings):
    stub = Aero()
    httpserver.expect_request("/aero/sms/send", method="POST").respond_with_handler(stub)
    settings.SMS_PROVIDERS = ["smsaero"]
    settings.SMS_AERO_URL = httpserver.url_for("/aero")
    settings.OUTSIDE_TIMEOUT_SECONDS = 5
    return stub


@pytest.fixture
def down():
    return Response("no", status=503)


@pytest.fixture
def worker():
    """Tasks run at once, as if the broker and a worker were there."""
    app.conf.update(task_always_eager=True, task_eager_propagates=True)
    yield
    app.conf.update(task_always_eager=False, task_eager_propagates=False)
