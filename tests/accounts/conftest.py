import pytest
from captcha.models import CaptchaStore
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db.models import QuerySet

from accounts.models import DoorRequest, PhoneKind
from accounts.services import door_requests
from tests.factories import ApplicationFactory, PersonFactory, PhoneFactory


@pytest.fixture
def person(db):
    """Somebody with a login, a password of their own and the centre's SIM."""
    person = PersonFactory()
    ApplicationFactory(person=person, number="1381161")
    PhoneFactory(person=person, kind=PhoneKind.CENTRE_SIM, number="+79161234567")
    return person


@pytest.fixture
def picture(db):
    """A fresh picture: the fields that answer it rightly."""

    def draw() -> dict[str, str]:
        key = CaptchaStore.generate_key()
        answer = CaptchaStore.objects.get(hashkey=key).response
        return {"captcha_0": key, "captcha_1": answer}

    return draw


@pytest.fixture
def hashes(monkeypatch):
    """A list that grows with each password hash that is computed."""
    computed = []
    encode = MD5PasswordHasher.encode

    def counted(*args):
        computed.append(1)
        return encode(*args)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    return computed


@pytest.fixture
def carried_out():
    """Do what a worker does after the answers: whatever was asked for before the door."""

    def work() -> None:
        for request_id in DoorRequest.objects.order_by("pk").values_list("pk", flat=True):
            door_requests.carry_out(request_id)

    return work


@pytest.fixture
def unlocked(monkeypatch):
    """The guard taken away: rows are read as if nobody else could be at them."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **how: rows.all())


@pytest.fixture
def no_broker(monkeypatch):
    """The rows are the subject; sending them is the outbox's."""
    monkeypatch.setattr("notifications.services.hints.wake", lambda lane: None)
    monkeypatch.setattr("notifications.tasks.drain_letters.delay", lambda: None)
    monkeypatch.setattr("accounts.tasks.carry_out.delay", lambda request_id: None)


@pytest.fixture
def inside(client, person):
    client.force_login(person.user)
    return client
