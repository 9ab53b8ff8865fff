"""A step of many applications from the list: a day is asked, each row has its own answer."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import gettext as _

from journal.models import Look
from notifications.models import Message
from patents import errors, many_admin
from patents.models import Application, ApplicationStep
from tests.factories import ApplicationFactory, PhoneFactory
from tests.patents.desk import sign_in_as

pytestmark = pytest.mark.django_db
LIST = "/admin/patents/application/"
TODAY = date(2026, 2, 10)


@pytest.fixture(autouse=True)
def moscow_february():
    with time_machine.travel("2026-02-10 09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def operator(client):
    return sign_in_as(client, "operator")


def chosen(client, action: str, rows, address: str = LIST, **typed):
    data = {"action": action, "_selected_action": [row.pk for row in rows], **typed}
    return client.post(address, data)


def applied(client, action: str, rows, on: str = "2026-02-09", address: str = LIST):
    return chosen(client, action, rows, address, apply="1", on=on)


def numbers(outcomes) -> set[str]:
    return {one.application.number for one in outcomes}


@pytest.mark.parametrize("action", ["send_many", "ready_many"])
def test_the_day_is_asked_before_anything_is_written(client, operator, action):
    rows = [ApplicationFactory(), ApplicationFactory()]

    page = chosen(client, action, rows)

    assert page.context["form"].initial == {}
    assert page.context["form"]["on"].value() == TODAY
    assert page.context["rows"] == rows[::-1]  # as in the list
    assert set(Application.objects.values_list("status", flat=True)) == {"accepted"}
    people = {row.person_id for row in rows}
    looked = Look.objects.filter(page="application/many", actor_id=operator.pk)
    assert set(looked.values_list("person_id", flat=True)) == people


def test_papers_of_many_go_to_the_ministry_on_the_day_that_was_typed(client, operator):
    rows = [ApplicationFactory(), ApplicationFactory()]

    page = applied(client, "send_many", rows, "2026-02-05")

    assert numbers(page.context["done"]) == {row.number for row in rows}
    assert page.context["refused"] == []
    steps = ApplicationStep.objects.filter(status="in_review")
    assert {(step.application, step.on, step.recorded_by) for step in steps} == {
        (row, date(2026, 2, 5), operator) for row in rows
    }


def test_many_are_ready_and_each_person_is_told(client, operator):
    rows = [ApplicationFactory(status="in_review"), ApplicationFactory(status="in_review")]
    for row in rows:
        PhoneFactory(person=row.person)

    applied(client, "ready_many", rows)

    ready = Application.objects.filter(status="ready", ready_on=date(2026, 2, 9))
    assert set(ready) == set(rows)
    told = Message.objects.filter(event="patents.ready").values_list("subject_id", flat=True)
    assert set(told) == {row.pk for row in rows}


def test_what_cannot_be_done_stops_no_other_and_says_why(client, operator):
    good = ApplicationFactory(status="in_review")
    not_sent, young = ApplicationFactory(), ApplicationFactory(accepted_on=TODAY)
    Application.objects.filter(pk=young.pk).update(status="in_review")

    page = applied(client, "ready_many", [good, not_sent, young])

    assert numbers(page.context["done"]) == {good.number}
    said = {one.application.number: one.refused for one in page.context["refused"]}
    assert said == {
        not_sent.number: str(errors.StepNotPossible()),
        young.number: _("The patent cannot be ready before %s.") % "10.02.2026",
    }
    assert all(reason in page.content.decode() for reason in said.values())
    young.refresh_from_db()
    assert (young.status, young.ready_on) == ("in_review", None)


def test_a_second_click_is_answered_kindly(client, operator):
    row = ApplicationFactory()
    applied(client, "send_many", [row])

    page = applied(client, "send_many", [row])

    [again] = page.context["refused"]
    assert again.refused == _("This was written down already.")
    assert ApplicationStep.objects.filter(application=row, status="in_review").count() == 1


def test_rows_that_left_the_filtered_list_are_said_so(client, operator):
    row, address = ApplicationFactory(), f"{LIST}?status__exact=accepted"
    applied(client, "send_many", [row], address=address)

    page = client.post(
        address,
        {"action": "send_many", "_selected_action": [row.pk], "apply": "1", "on": "2026-02-09"},
        follow=True,
    )

    said = [str(message) for message in page.context["messages"]]
    assert said == [_("None of the chosen applications stands in this list any more.")]


@pytest.mark.parametrize("typed", ["", "вчера", "2026-02-11"])
def test_a_wrong_day_is_explained_and_changes_nothing(client, operator, typed):
    row = ApplicationFactory()

    page = applied(client, "send_many", [row], typed)

    assert list(page.context["form"].errors) == ["on"]
    assert Application.objects.get().status == "accepted"
    assert str(row.pk) in page.content.decode()  # the choice survives


def test_too_many_at_once_are_refused_before_the_first(client, operator, monkeypatch):
    monkeypatch.setattr(many_admin, "AT_ONCE", 1)
    rows = [ApplicationFactory(), ApplicationFactory()]

    page = client.post(
        LIST,
        {"action": "send_many", "_selected_action": [row.pk for row in rows], "apply": "1"},
        follow=True,
    )

    said = [str(message) for message in page.context["messages"]]
    assert said == [_("At most %d applications at once. Choose fewer.") % 1]
    assert not ApplicationStep.objects.filter(status="in_review").exists()


@pytest.mark.parametrize(
    ("role", "may"),
    [("operator", True), ("supervisor", True), ("accountant", False), ("auditor", False)],
)
def test_steps_of_many_are_for_those_who_serve_people(client, role, may):
    row = ApplicationFactory()
    sign_in_as(client, role)

    offered = client.get(reverse("admin:patents_application_changelist")).content.decode()
    applied(client, "send_many", [row])

    assert ('value="send_many"' in offered, 'value="ready_many"' in offered) == (may, may)
    assert (Application.objects.get().status == "in_review") == may


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_in_between_asks_as_much_for_three_as_for_one(
    client, operator, django_assert_num_queries, count
):
    rows = [ApplicationFactory() for _number in range(count)]
    chosen(client, "send_many", rows)

    with django_assert_num_queries(11):
        chosen(client, "send_many", rows)
