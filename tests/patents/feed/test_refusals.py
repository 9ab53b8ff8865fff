"""A refusal of the Ministry with its advice, without it, and with another one."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from desk.worklists import WORKLISTS
from patents import services
from patents.models import Application, RefusalKind
from tests.factories import ApplicationFactory
from tests.patents.desk import sign_in_as
from tests.patents.feed.items import NUMBER, item, receive

pytestmark = pytest.mark.django_db
ADVICE = {"reason_code": "missing-paper", "advice": "Купите полис.", "until": "2026-03-01"}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-02-01 12:00:00+03:00", tick=False):
        yield


@pytest.fixture
def application():
    return ApplicationFactory(number=NUMBER)


def at(hour):
    return f"2026-01-20T{hour:02}:00:00+03:00"


def refusal(**fields):
    return item("refused", "2026-01-16", **fields)


def told():
    row = Application.objects.get()
    slug = row.refusal_kind and row.refusal_kind.slug
    return (row.refusal_reason, slug, row.refusal_advice, row.refusal_until)


def without_advice():
    return list(WORKLISTS["no-advice"].rows())


def completed(application):
    services.correct_refusal(
        application=application,
        refusal_reason="неверные данные",
        refusal_kind=RefusalKind.objects.get(slug="wrong-data"),
        advice="",
        until=None,
        reason="прочитано решение",
    )


def test_what_may_be_done_and_by_when_comes_with_the_refusal(application):
    assert receive(refusal(**ADVICE)) == ["applied"]

    assert told() == ("неверные данные", "missing-paper", "Купите полис.", date(2026, 3, 1))
    assert without_advice() == []


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"reason_code": "missing-paper"},
        {"until": "2026-03-01"},
        {"reason_code": "unknown-here", "until": "2026-03-01"},
    ],
)
def test_a_refusal_without_advice_or_day_waits_for_staff(application, said):
    receive(refusal(**said))

    assert without_advice() == [application]
    assert without_advice()[0].since == date(2026, 1, 16)


def test_staff_find_it_in_the_worklist_and_complete_it(application, client):
    receive(refusal())
    sign_in_as(client, "operator")
    page = reverse("admin:patents_application_step", args=[application.pk, "refusal"])
    typed = {"kind": "", "reason": "неверные данные", "advice": "Исправьте.", "why": "прочитано"}

    assert NUMBER in client.get(reverse("admin:worklist", args=["no-advice"])).content.decode()
    assert client.post(page, typed).status_code == 302

    assert told() == ("неверные данные", None, "Исправьте.", None)
    assert without_advice() == []


def test_what_staff_completed_stays_when_the_same_word_comes_again(application):
    first = refusal(recorded=at(9))
    receive(first)
    completed(application)

    assert receive(refusal(recorded=at(10))) == ["known"]
    receive(item("sent", "2026-01-05"))

    assert told() == ("неверные данные", "wrong-data", "", None)
    assert without_advice() == []


def test_another_reason_does_not_keep_the_former_advice(application):
    receive(refusal(recorded=at(9), **ADVICE))

    receive(refusal(recorded=at(10), reason="запрет на въезд"))

    assert told() == ("запрет на въезд", None, "", None)
    assert without_advice() == [application]


def test_advice_that_comes_later_is_the_later_word(application):
    receive(refusal(recorded=at(9)))
    assert receive(refusal(recorded=at(10), **ADVICE)) == ["applied"]

    assert told()[1:] == ("missing-paper", "Купите полис.", date(2026, 3, 1))
    assert without_advice() == []


def test_a_refusal_of_the_desk_is_complete_as_it_was_typed(application):
    services.refuse(application=application, refused_on=date(2026, 1, 16), reason="нет перевода")

    assert without_advice() == []


def test_a_refusal_that_was_taken_back_waits_for_nobody(application):
    receive(refusal())
    receive(item("ready", "2026-01-12", at(10)))

    assert without_advice() == []
