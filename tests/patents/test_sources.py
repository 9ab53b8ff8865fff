"""Every dated fact says whose word it is and since when the centre knows it."""

from datetime import date, datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.template import engines
from django.utils import translation

from common.clock import MOSCOW
from patents import errors, services
from patents.models import ApplicationStatus, ApplicationStep, Ground, Inn, Patent, Source
from tests.factories import ApplicationFactory, PatentFactory, PersonFactory, StaffFactory

RECEIVED = datetime(2026, 2, 10, 9, 3, tzinfo=MOSCOW)
MINISTRY = {"source": Source.MINISTRY, "received_at": RECEIVED}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moscow_february():
    with time_machine.travel("2026-02-10 09:00:00+00:00", tick=False):
        yield


def steps(application):
    rows = application.steps.order_by("pk")
    return list(rows.values_list("status", "on", "source", "received_at"))


def test_each_step_keeps_its_day_its_source_and_the_time_it_was_received():
    application = services.register_application(
        person=PersonFactory(), number="1381170", accepted_on=date(2026, 2, 2)
    )

    services.send_to_review(application=application, on=date(2026, 2, 3))
    services.mark_ready(application=application, ready_on=date(2026, 2, 9), **MINISTRY)

    noon = datetime(2026, 2, 10, 12, tzinfo=MOSCOW)
    assert steps(application) == [
        ("accepted", date(2026, 2, 2), "desk", noon),
        ("in_review", date(2026, 2, 3), "desk", noon),
        ("ready", date(2026, 2, 9), "ministry", RECEIVED),
    ]


def test_a_step_of_the_desk_names_who_wrote_it():
    operator = StaffFactory()

    application = ApplicationFactory()
    services.send_to_review(application=application, actor=operator)

    step = application.steps.get(status="in_review")
    assert (step.recorded_by, step.on) == (operator, date(2026, 2, 10))


def test_the_ministry_may_tell_readiness_before_the_step_that_came_before():
    application = ApplicationFactory()

    services.mark_ready(application=application, ready_on=date(2026, 2, 9), **MINISTRY)

    application.refresh_from_db()
    assert application.status == ApplicationStatus.READY


def test_the_desk_may_not_skip_a_step():
    with pytest.raises(errors.StepNotPossible):
        services.mark_ready(application=ApplicationFactory(), ready_on=date(2026, 2, 9))


def test_a_step_stands_once_whoever_writes_it():
    application = ApplicationFactory(ready=True)
    row = {"application": application, "status": "in_review", "on": date(2026, 1, 5)}
    ApplicationStep.objects.create(**row)

    with pytest.raises(IntegrityError, match="step_once"), transaction.atomic():
        ApplicationStep.objects.create(**row)


def test_patent_annulment_and_inn_keep_their_source():
    application = ApplicationFactory(ready=True)
    patent = services.issue_patent(
        application=application,
        series="77",
        number="2600418163",
        issued_on=date(2026, 2, 5),
        **MINISTRY,
    )
    services.annul(patent=patent, annulled_on=date(2026, 2, 9), reason="решение", **MINISTRY)
    services.enter_inn(
        person=application.person, value="775100004210", on=date(2026, 2, 5), **MINISTRY
    )

    patent, inn = Patent.objects.get(), Inn.objects.get()
    assert (patent.source, patent.received_at) == ("ministry", RECEIVED)
    assert (patent.annulled_source, patent.annulled_received_at) == ("ministry", RECEIVED)
    assert (inn.source, inn.received_at) == ("ministry", RECEIVED)


def test_an_annulment_without_a_source_is_refused_by_the_database():
    patent = PatentFactory()

    with pytest.raises(IntegrityError, match="annulment_has_its_source"), transaction.atomic():
        Patent.objects.filter(pk=patent.pk).update(annulled_on=date(2026, 2, 9))


def test_a_refusal_keeps_what_may_be_done_and_until_when():
    application = ApplicationFactory()

    services.refuse(
        application=application,
        refused_on=date(2026, 2, 9),
        reason="нет перевода паспорта",
        advice="Принесите перевод паспорта и подайте новое заявление.",
        until=date(2026, 3, 11),
    )

    application.refresh_from_db()
    assert application.refusal_advice.startswith("Принесите перевод")
    assert application.refusal_until == date(2026, 3, 11)


@pytest.mark.parametrize(
    ("former", "ground"),
    [
        ({}, Ground.REISSUE),
        ({"annulled_on": date(2026, 2, 1)}, Ground.FIRST),
        (None, Ground.FIRST),
    ],
)
def test_whoever_holds_a_patent_applies_for_a_reissue(former, ground):
    person = PersonFactory()
    if former is not None:
        PatentFactory(application__person=person, **former)

    made = services.enrol(person=person, number="1381199", accepted_on=date(2026, 2, 10))

    assert made.application.ground == ground


@pytest.mark.parametrize(
    ("source", "received_at", "words"),
    [
        ("ministry", datetime(2026, 2, 14, 12, 3, tzinfo=MOSCOW), "данные МВД на 12:03, 14 февр"),
        ("desk", datetime(2025, 12, 30, 9, 0, tzinfo=MOSCOW), "данные центра на 09:00, 30 дек"),
        ("desk", datetime(2025, 12, 30, 9, 0, tzinfo=MOSCOW), "2025"),
        ("file", datetime(2026, 2, 14, 12, 3, tzinfo=MOSCOW), "из файла"),
        ("opening", datetime(2026, 2, 14, 12, 3, tzinfo=MOSCOW), "прежн"),
    ],
)
def test_a_fact_says_its_source_and_the_time_it_was_received(source, received_at, words):
    patent = PatentFactory.build(source=source, received_at=received_at)
    template = engines["django"].from_string("{% load patent_parts %}{% known patent %}")

    with translation.override("ru"):
        said = template.render({"patent": patent})

    assert words in said.replace("\u00a0", " ")


def test_what_has_not_happened_says_nothing():
    template = engines["django"].from_string(
        "{% load patent_parts %}{% known patent 'annulled_' %}"
    )

    assert template.render({"patent": PatentFactory.build()}) == ""
