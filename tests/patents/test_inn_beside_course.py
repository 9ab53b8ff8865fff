"""An INN is written down while the application goes on: neither waits for the other in a ring.

The INN locks the person and then, by its trigger, the applications; a step locks the application
and then adds to the person's story.
"""

from datetime import date
from threading import Barrier

import pytest
from django.db import OperationalError
from django.db.models import QuerySet

from accounts.models import Country
from patents import services
from patents.models import Application, Inn
from patents.services import inns, steps
from tests.at_once import PATIENCE, at_once
from tests.factories import ApplicationFactory

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 1, 20)
VALUE = "775100004210"


@pytest.fixture(autouse=True)
def countries(transactional_db):
    Country.objects.get_or_create(code="UZB", defaults={"name": "Uzbekistan"})


@pytest.fixture
def both(monkeypatch):
    """Each has its first lock before either asks for its second one."""
    gap = Barrier(2, timeout=PATIENCE)

    def met(real):
        def wait(*args, **facts):
            gap.wait()
            return real(*args, **facts)

        return wait

    monkeypatch.setattr(inns, "taken_means", met(inns.taken_means))
    monkeypatch.setattr(steps, "refuse_outside", met(steps.refuse_outside))
    application = ApplicationFactory(accepted_on=date(2026, 1, 2), status="in_review")
    return [
        lambda: services.enter_inn(person=application.person, value=VALUE, on=DAY),
        lambda: services.mark_ready(application=application, ready_on=DAY),
    ]


def test_an_inn_and_a_step_at_once_are_both_written(both):
    at_once(*both)

    assert Inn.objects.get().value == VALUE
    assert Application.objects.get().status == "ready"


def test_with_the_key_of_the_person_locked_they_wait_in_a_ring(both, monkeypatch):
    real = QuerySet.select_for_update
    monkeypatch.setattr(
        QuerySet,
        "select_for_update",
        lambda rows, **facts: real(rows, **(facts | {"no_key": False})),
    )

    with pytest.raises(OperationalError, match="deadlock"):
        at_once(*both)
