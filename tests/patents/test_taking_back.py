"""A step set by mistake is taken back: with a reason, its history stays, and the person is told."""

from datetime import date, datetime

import pytest
import time_machine
from django.urls import reverse

from common.clock import MOSCOW
from notifications.models import Message
from patents import errors, services
from patents.models import Application, Patent, Source
from tests.factories import ApplicationFactory, PatentFactory
from tests.patents.desk import sign_in_as
from tests.patents.feed.items import NUMBER, item, receive

pytestmark = pytest.mark.django_db
WHY = "нажали не в том заявлении"
MINISTRY = {
    "source": Source.MINISTRY,
    "received_at": datetime(2026, 2, 10, 9, 3, tzinfo=MOSCOW),
}


@pytest.fixture(autouse=True)
def moscow_february():
    with time_machine.travel("2026-02-10 09:00:00+00:00", tick=False):
        yield


def told():
    return list(Message.objects.order_by("pk").values_list("event", flat=True))


def take_back(application):
    return services.take_back(application=application, reason=WHY)


def sent():
    application = ApplicationFactory()
    services.send_to_review(application=application, on=date(2026, 1, 5))
    return application


def ready():
    application = sent()
    services.mark_ready(application=application, ready_on=date(2026, 1, 12))
    return application


def refused():
    application = sent()
    services.refuse(application=application, refused_on=date(2026, 1, 12), reason="нет перевода")
    return application


def issued():
    application = ready()
    facts = {"series": "77", "number": "2600418163", "issued_on": date(2026, 1, 15)}
    services.issue_patent(application=application, **facts)
    return application


def annulled():
    application = issued()
    patent = Patent.objects.get(application=application)
    services.annul(patent=patent, annulled_on=date(2026, 2, 1), reason="решение")
    return application


@pytest.mark.parametrize(
    ("made", "status", "steps"),
    [
        (sent, "accepted", []),
        (ready, "in_review", ["in_review"]),
        (refused, "in_review", ["in_review"]),
        (issued, "ready", ["in_review", "ready"]),
        (annulled, "issued", ["in_review", "ready", "issued"]),
    ],
)
def test_the_application_stands_where_it_stood_before_the_mistake(made, status, steps):
    application = made()

    take_back(application)

    row = Application.objects.get()
    assert row.status == status
    assert (row.refused_on, row.refusal_reason) == (None, "")
    known = row.steps.exclude(status="accepted").order_by("on", "pk")
    assert list(known.values_list("status", flat=True)) == steps
    assert not Patent.objects.filter(annulled_on__isnull=False).exists()
    assert Patent.objects.exists() == (made is annulled)


def test_one_by_one_the_whole_way_can_be_taken_back():
    application = annulled()

    for _step in range(4):
        take_back(application)

    assert Application.objects.get().status == "accepted"
    assert Application.objects.get().ready_on is None
    with pytest.raises(errors.StepNotPossible):
        take_back(application)


@pytest.mark.parametrize("made", [sent, ready, refused, issued, annulled])
def test_who_was_told_the_step_is_told_of_the_mistake_and_of_the_step_that_comes_again(made):
    application = made()
    first = told()
    take_back(application)
    assert told() == [*first, "patents.step_taken_back"]

    again = {sent: send_again, ready: ready_again, refused: refused_again}
    again |= {issued: issue_again, annulled: annul_again}
    again[made](Application.objects.get())

    assert told() == [*first, "patents.step_taken_back", first[-1]]


def send_again(application):
    services.send_to_review(application=application, on=date(2026, 1, 5))


def ready_again(application):
    services.mark_ready(application=application, ready_on=date(2026, 1, 12))


def refused_again(application):
    services.refuse(application=application, refused_on=date(2026, 1, 12), reason="нет перевода")


def issue_again(application):
    facts = {"series": "77", "number": "2600418163", "issued_on": date(2026, 1, 15)}
    services.issue_patent(application=application, **facts)


def annul_again(application):
    facts = {"annulled_on": date(2026, 2, 1), "reason": "решение"}
    services.annul(patent=application.patent, **facts)


def test_history_keeps_the_patent_that_was_none_and_the_reason(client):
    operator, application = sign_in_as(client, "operator"), issued()
    former = Patent.objects.get().pk
    page = reverse("admin:patents_application_step", args=[application.pk, "back"])

    assert "выдача патента" in client.get(page).content.decode()
    assert client.post(page, {"reason": WHY}).status_code == 302

    kept = Patent.pgh_event_model.objects.filter(pgh_obj_id=former).latest("pgh_id")
    assert (kept.number, kept.pgh_label, kept.pgh_context["reason"]) == (
        "2600418163",
        "delete",
        WHY,
    )
    entry = application.person.timeline.get(kind="patents.step_taken_back")
    assert (entry.actor, entry.facts["step"]) == (operator, "issue")


def test_without_a_reason_nothing_is_taken_back(client):
    sign_in_as(client, "operator")
    application = ready()
    page = reverse("admin:patents_application_step", args=[application.pk, "back"])

    assert client.post(page, {"reason": " "}).status_code == 200
    with pytest.raises(errors.ReasonMissing):
        services.take_back(application=application, reason=" ")

    assert Application.objects.get().status == "ready"


def test_what_the_ministry_said_only_the_ministry_takes_back():
    application = sent()
    services.mark_ready(application=application, ready_on=date(2026, 1, 12), **MINISTRY)

    with pytest.raises(errors.SaidByMinistry):
        take_back(application)

    patent = PatentFactory(**MINISTRY)
    with pytest.raises(errors.SaidByMinistry):
        take_back(patent.application)


def test_a_word_of_the_ministry_that_waited_behind_the_mistake_is_taken_then():
    application = ApplicationFactory(number=NUMBER)
    services.refuse(application=application, refused_on=date(2026, 1, 10), reason="ошибка")
    word = item("ready", "2026-01-12")
    assert receive(word) == ["bad refused_at_desk"]

    take_back(application)

    assert receive(word) == ["applied"]
    assert Application.objects.get().status == "ready"


def test_an_annulment_that_comes_again_after_it_was_taken_back_is_told_again():
    ApplicationFactory(number=NUMBER)
    receive(item("issued", "2026-01-10", "2026-01-20T08:00:00+03:00"))
    receive(item("annulled", "2026-01-12", "2026-01-20T09:00:00+03:00"))
    receive(item("issued", "2026-01-15", "2026-01-20T10:00:00+03:00"))
    assert Patent.objects.get().annulled_on is None

    receive(item("annulled", "2026-01-16", "2026-01-20T11:00:00+03:00"))
    receive(item("issued", "2026-01-17", "2026-01-20T12:00:00+03:00"))

    assert told().count("patents.annulled") == 2
    assert told().count("patents.annulment_withdrawn") == 2


def test_a_wrong_ground_is_put_right_with_a_reason(client):
    sign_in_as(client, "operator")
    application = ApplicationFactory()
    page = reverse("admin:patents_application_step", args=[application.pk, "ground"])

    assert client.post(page, {"ground": "reissue", "reason": WHY}).status_code == 302

    assert Application.objects.get().ground == "reissue"
    with pytest.raises(errors.NothingToCorrect):
        services.correct_ground(application=application, ground="reissue", reason=WHY)
