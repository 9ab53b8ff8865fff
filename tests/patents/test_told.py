"""A message at each change: every service that changes something tells it once, or says why not.

The services and the kinds of the timeline are read from the code: what is new there fails here.
"""

import inspect
import pkgutil
from datetime import date, datetime
from importlib import import_module

import pytest
import time_machine
from django.db import transaction

from accounts import timeline
from accounts.models import TimelineEntry
from common.clock import MOSCOW
from notifications.models import Message
from patents import services
from patents.models import DocumentKind, Source
from patents.services import ministry
from tests.factories import ApplicationFactory, InnFactory, PatentFactory, PersonFactory

pytestmark = pytest.mark.django_db
DAY, EARLIER = date(2026, 2, 9), date(2026, 2, 1)
WHY = "в бумаге другое"
SAID = ministry.Said(Source.MINISTRY, datetime(2026, 2, 9, 12, 3, tzinfo=MOSCOW))
INN, FORMER_INN = "775100004210", "770000000156"
NEW_PATENT = {"series": "77", "number": "2600418163", "issued_on": DAY, "profession": ""}
NOBODY = ""


@pytest.fixture(autouse=True)
def moscow_february():
    with time_machine.travel("2026-02-10 09:00:00+00:00", tick=False):
        yield


def reviewed():
    application = ApplicationFactory(status="in_review")
    application.steps.create(status="in_review", on=date(2026, 1, 5))
    return application


def ready():
    return ApplicationFactory(ready=True)


def refused():
    return ApplicationFactory(refused=True)


def annulled():
    return PatentFactory(annulled_on=EARLIER)


def enrolled(person):
    return services.enrol(person=person, number="1381170", accepted_on=DAY)


def corrected(application, day):
    days = {str(application.status): day}
    return services.correct_days(application=application, days=days, reason=WHY)


def paper(**facts):
    kind = DocumentKind.objects.get(slug="registration-slip")
    return services.record_paper(application=reviewed(), kind=kind, **facts)


def words_of_refusal():
    facts = {"refusal_reason": "нет полиса", "refusal_kind": None, "advice": "Купите полис."}
    return services.correct_refusal(application=refused(), until=DAY, reason=WHY, **facts)


# Each way to call a service, and the event that the person is told.
TOLD = {
    "enrolments.enrol": [
        (lambda: enrolled(ApplicationFactory().person), "patents.accepted"),
        (lambda: enrolled(PersonFactory(user=None)), "accounts.password_issued"),
    ],
    "steps.send_to_review": [
        (lambda: services.send_to_review(application=ApplicationFactory()), "patents.in_review")
    ],
    "steps.mark_ready": [
        (lambda: services.mark_ready(application=reviewed(), ready_on=DAY), "patents.ready")
    ],
    "steps.refuse": [
        (
            lambda: services.refuse(application=reviewed(), refused_on=DAY, reason="нет"),
            "patents.refused",
        )
    ],
    "patents.issue_patent": [
        (lambda: services.issue_patent(application=ready(), **NEW_PATENT), "patents.issued")
    ],
    "patents.annul": [
        (
            lambda: services.annul(patent=PatentFactory(), annulled_on=DAY, reason="нет"),
            "patents.annulled",
        )
    ],
    "inns.enter_inn": [
        (
            lambda: services.enter_inn(person=PersonFactory(), value=INN, on=DAY),
            "patents.inn_assigned",
        ),
        (
            lambda: services.enter_inn(
                person=InnFactory(value=FORMER_INN, valid_from=EARLIER).person, value=INN, on=DAY
            ),
            "patents.inn_assigned",
        ),
    ],
    "papers.record_paper": [
        (lambda: paper(state="mend", remark="Нет штампа."), "patents.paper_to_mend"),
        (lambda: paper(state="handed_in"), NOBODY),  # who brings it stands at the desk
        (lambda: paper(state="returned"), NOBODY),
    ],
    "corrections.correct_days": [
        (lambda: corrected(ready(), DAY), "patents.ready"),
        (lambda: corrected(refused(), DAY), "patents.refusal_restated"),
        (lambda: corrected(ApplicationFactory(), DAY), "patents.corrected"),
    ],
    "corrections.correct_patent": [
        (
            lambda: services.correct_patent(patent=PatentFactory(), reason=WHY, **NEW_PATENT),
            "patents.patent_restated",
        )
    ],
    "corrections.correct_refusal": [(words_of_refusal, "patents.refusal_restated")],
    "corrections.correct_ground": [
        (
            lambda: services.correct_ground(application=ready(), ground="reissue", reason=WHY),
            "patents.corrected",
        )
    ],
    "taking_back.take_back": [
        (lambda: services.take_back(application=ready(), reason=WHY), "patents.step_taken_back"),
        (lambda: services.take_back(application=reviewed(), reason=WHY), "patents.step_taken_back"),
    ],
    "ministry.restate_step": [
        (
            lambda: ministry.restate_step(application=ready(), status="ready", on=DAY, said=SAID),
            "patents.ready",
        ),
        # A step that is passed: nothing is to be done on its day.
        (
            lambda: ministry.restate_step(
                application=ready(), status="in_review", on=DAY, said=SAID
            ),
            NOBODY,
        ),
    ],
    "ministry.withdraw_step": [
        (
            lambda: ministry.withdraw_step(application=ready(), status="ready"),
            "patents.step_withdrawn",
        ),
        (
            lambda: ministry.withdraw_step(application=reviewed(), status="in_review"),
            "patents.review_withdrawn",
        ),
        (lambda: ministry.withdraw_step(application=ready(), status="in_review"), NOBODY),
    ],
    "ministry.withdraw_refusal": [
        (
            lambda: ministry.withdraw_refusal(application=refused()),
            "patents.refusal_withdrawn",
        )
    ],
    "ministry.restate_refusal": [
        (
            lambda: ministry.restate_refusal(
                application=refused(), refused_on=DAY, reason="нет полиса", said=SAID
            ),
            "patents.refusal_restated",
        )
    ],
    "ministry.restate_patent": [
        (
            lambda: ministry.restate_patent(patent=PatentFactory(), said=SAID, **NEW_PATENT),
            "patents.patent_restated",
        )
    ],
    "ministry.restate_annulment": [
        (
            lambda: ministry.restate_annulment(
                patent=annulled(), annulled_on=DAY, reason="другая", said=SAID
            ),
            "patents.annulment_restated",
        )
    ],
    "ministry.withdraw_annulment": [
        (lambda: ministry.withdraw_annulment(patent=annulled()), "patents.annulment_withdrawn")
    ],
    "ministry.restate_inn": [
        (
            lambda: ministry.restate_inn(person=PersonFactory(), value=INN, on=DAY, said=SAID),
            "patents.inn_assigned",
        )
    ],
}
SILENT = {
    "inns.correct_inn_day": "the number is the same; only the note of its day was wrong",
    "enrolments.register_application": "enrol tells, with the password or without",
    "enrolments.ground_of": "reads",
    "enrolments.offer_number": "reads",
    "papers.take_first_papers": "at the desk, with the registration",
    "steps.set_first_paid": "the payments tell",
    "steps.set_first_paid_many": "the payments tell",
    "steps.restate_first_paid": "the payments tell",
    "merges.follow_merge": "the accounts tell of a merge",
    "openings.bring_applications": "from before the portal: the person knows all of it",
    "openings.bring_inns": "from before the portal",
    "news.mark_seen": "the person's own act",
    "news.forget": "news are told to nobody by name",
    "news.hide": "news have their unread mark",
    "news.show": "news have their unread mark",
    "taking_back.said_by": "reads",
    "moving.ask_correction": "a colleague is asked; the correction itself tells",
    "moving.ask_decision": "a colleague is asked; the payments tell of the decision",
    "moving.followed": "the payments tell",
    "moving.said": "reads",
}
PIECES = {"checks", "rows", "undoing", "unsaying"}  # called by services alone


def services_of_the_code():
    """Public functions of the package of services, «module.function»."""
    for found in pkgutil.iter_modules(services.__path__):
        module = import_module(f"{services.__name__}.{found.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            is_own = function.__module__ == module.__name__ and not name.startswith("_")
            if is_own and found.name not in PIECES:
                yield f"{found.name}.{name}"


WAYS = [
    pytest.param(call, event, id=f"{service}-{number}")
    for service, calls in TOLD.items()
    for number, (call, event) in enumerate(calls, 1)
]


def test_every_service_tells_or_has_a_reason_not_to():
    assert set(services_of_the_code()) == TOLD.keys() | SILENT.keys()


@pytest.mark.parametrize(("call", "event"), WAYS)
def test_a_change_is_told_once(call, event):
    call()

    assert list(Message.objects.values_list("event", flat=True)) == ([event] if event else [])


def test_every_kind_of_the_timeline_is_written_by_a_change_of_this_list():
    written = set()
    for way in WAYS:
        with transaction.atomic():
            way.values[0]()
            written |= set(TimelineEntry.objects.values_list("kind", flat=True))
            transaction.set_rollback(True)

    written |= {"patents.word_undone", "patents.inn_day_corrected"}  # tests of their own
    assert {kind for kind in timeline.known() if kind.startswith("patents.")} <= written
