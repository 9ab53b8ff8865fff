"""The Ministry and the centre say different things: staff decide, and history keeps both."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from patents import errors, services
from patents.feed import contradictions, decisions
from patents.models import Application, FeedItem, Inn, Patent
from tests.factories import ApplicationFactory, InnFactory, PatentFactory, StaffFactory
from tests.patents.desk import sign_in_as
from tests.patents.feed.items import NUMBER, OTHER_INN, item, receive

pytestmark = pytest.mark.django_db
WHY = "сверили с бумагой"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-02-01 12:00:00+03:00", tick=False):
        yield


def theirs(row=None):
    row = row or FeedItem.objects.get()
    return contradictions.ministry_is_right(item=row, reason=WHY, actor=StaffFactory())


def reason_of(row):
    kept = type(row).pgh_event_model.objects.filter(pgh_obj_id=row.pk).latest("pgh_id")
    return kept.pgh_context["reason"]


def test_the_number_of_our_patent_gives_way_to_the_ministry(client):
    operator = sign_in_as(client, "operator")
    PatentFactory(application__number=NUMBER, number="2600009999")
    assert receive(item("issued", "2026-01-15")) == ["bad not_as_at_desk"]
    row = FeedItem.objects.get()
    page = reverse("admin:patents_feeditem_theirs", args=[row.pk])

    assert client.post(page, {"reason": WHY}).status_code == 302

    row.refresh_from_db()
    patent = Patent.objects.get()
    assert (row.status, row.decided_by, row.decided_reason) == ("applied", operator, WHY)
    assert (patent.number, patent.source) == ("2600001234", "ministry")
    assert Patent.pgh_event_model.objects.earliest("pgh_id").number == "2600009999"
    assert reason_of(patent) == WHY


def test_the_day_of_our_annulment_gives_way():
    PatentFactory(application__number=NUMBER, annulled_on=date(2026, 1, 20))
    assert receive(item("annulled", "2026-01-25")) == ["bad not_as_at_desk"]

    assert theirs().status == "applied"

    assert Patent.objects.get().annulled_on == date(2026, 1, 25)


def test_our_inn_gives_way_and_stays_in_the_history():
    person = ApplicationFactory(number=NUMBER).person
    InnFactory(person=person)
    assert receive(item("inn", inn=OTHER_INN)) == ["bad not_as_at_desk"]

    assert theirs().status == "applied"

    assert Inn.objects.current().get(person=person).value == OTHER_INN
    assert Inn.objects.filter(person=person).count() == 2


@pytest.mark.parametrize("word", [("ready", "2026-01-12"), ("issued", "2026-01-15")])
def test_a_refusal_of_ours_gives_way_to_what_the_ministry_granted(word):
    ApplicationFactory(number=NUMBER, refused=True)
    assert receive(item(*word)) == ["bad refused_at_desk"]

    assert theirs().status == "applied"

    assert Application.objects.get().status == word[0]


@pytest.mark.parametrize("issued", [False, True])
def test_what_we_granted_by_mistake_gives_way_to_a_refusal(issued):
    application = ApplicationFactory(number=NUMBER, ready=True)
    if issued:
        facts = {"series": "77", "number": "2600009999", "issued_on": date(2026, 1, 15)}
        services.issue_patent(application=application, **facts)
    assert receive(item("refused", "2026-01-16")) == ["bad refused_though_granted"]

    assert theirs().status == "applied"

    application.refresh_from_db()
    assert (application.status, application.ready_on) == ("refused", None)
    assert not Patent.objects.exists()


def test_what_the_ministry_itself_granted_we_do_not_take_back_for_it():
    ApplicationFactory(number=NUMBER)
    granted, refusal = item("ready", "2026-01-12"), item("refused", "2026-01-16")
    assert receive(granted, refusal) == ["applied", "bad refused_though_granted"]

    with pytest.raises(errors.SaidByMinistry):
        theirs(FeedItem.objects.get(kind="refused"))

    assert FeedItem.objects.get(kind="refused").status == "bad"


def test_our_record_is_right_and_the_item_stays_with_who_decided():
    PatentFactory(application__number=NUMBER, number="2600009999")
    receive(item("issued", "2026-01-15"))

    row = decisions.set_aside(item=FeedItem.objects.get(), reason=WHY, actor=StaffFactory())

    assert (row.status, row.decided_reason) == ("set_aside", WHY)
    assert Patent.objects.get().number == "2600009999"


def test_both_answers_stand_on_the_page_of_a_contradiction_and_only_there(client):
    sign_in_as(client, "operator")
    PatentFactory(application__number=NUMBER, number="2600009999")
    receive(item("issued", "2026-01-15"), item("ready", "2027-01-15"))
    contradiction, future = (FeedItem.objects.get(kind=kind) for kind in ("issued", "ready"))

    def text(row):
        answer = client.get(reverse("admin:patents_feeditem_change", args=[row.pk]))
        return answer.content.decode()

    assert "Права МВД" in text(contradiction)
    assert "Права наша запись" in text(contradiction)
    assert "Права МВД" not in text(future)
    with pytest.raises(contradictions.NothingToYield):
        theirs(future)


def test_without_a_reason_nothing_gives_way(client):
    sign_in_as(client, "operator")
    PatentFactory(application__number=NUMBER, number="2600009999")
    receive(item("issued", "2026-01-15"))
    row = FeedItem.objects.get()

    answer = client.post(reverse("admin:patents_feeditem_theirs", args=[row.pk]), {"reason": " "})

    assert answer.context["theirs_form"].errors
    assert Patent.objects.get().number == "2600009999"
