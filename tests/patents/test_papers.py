"""Papers of an application: what is needed, what was handed in, what has to be mended."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from notifications.models import Message
from patents import content, errors, services
from patents.models import DocumentKind, Ground, Paper, PaperState, RefusalKind
from tests.factories import ApplicationFactory, PersonFactory, PhoneFactory, StaffFactory
from tests.patents.desk import sign_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moscow_february():
    with time_machine.travel("2026-02-10 09:00:00+00:00", tick=False):
        yield


def kind(slug):
    return DocumentKind.objects.get(slug=slug)


def entries(application):
    found = application.person.timeline.filter(kind__startswith="patents.paper")
    return list(found.order_by("pk").values_list("kind", flat=True))


def test_what_lies_on_the_desk_at_registration_is_written_down():
    application = services.enrol(
        person=PersonFactory(),
        number="1381170",
        accepted_on=date(2026, 2, 9),
        migration_card="4615 1234567",
        registration_slip="77-2026-0001",
        registered_until=date(2026, 4, 30),
    ).application

    papers = application.papers.values_list("kind__slug", "number", "valid_until", "handed_on")
    day = date(2026, 2, 9)
    assert list(papers) == [
        ("passport", "", None, day),
        ("migration-card", "4615 1234567", None, day),
        ("registration-slip", "77-2026-0001", date(2026, 4, 30), day),
    ]


@pytest.mark.parametrize(
    ("ground", "only"),
    [
        (Ground.FIRST, {"first-cheque", "russian-test"}),
        (Ground.REISSUE, {"old-patent", "petition", "year-cheques"}),
    ],
)
def test_the_ground_decides_what_is_needed(ground, only):
    other = {Ground.FIRST: Ground.REISSUE, Ground.REISSUE: Ground.FIRST}[ground]
    needed = set(DocumentKind.objects.needed_for(ground).values_list("slug", flat=True))
    without = set(DocumentKind.objects.needed_for(other).values_list("slug", flat=True))

    assert needed - without == only
    assert {"passport", "migration-card", "registration-slip", "application-form"} <= needed


@pytest.mark.parametrize("model", [DocumentKind, RefusalKind])
def test_what_is_shipped_is_complete_in_both_languages(model):
    for row in model.objects.all():
        assert all([row.title_ru, row.body_ru, row.title_en, row.body_en]), row.slug


def test_what_staff_wrote_is_never_overwritten_and_what_is_missing_comes_back():
    DocumentKind.objects.filter(slug="passport").update(body_ru="Паспорт и копия.")
    RefusalKind.objects.filter(slug="other").delete()

    content.ship_all(DocumentKind, RefusalKind)

    assert kind("passport").body_ru == "Паспорт и копия."
    assert RefusalKind.objects.filter(slug="other").exists()


def test_a_paper_to_be_mended_says_what_is_wrong():
    application = ApplicationFactory()

    with pytest.raises(errors.WordsMissing):
        services.record_paper(
            application=application, kind=kind("passport"), state=PaperState.MEND, remark="  "
        )
    with pytest.raises(IntegrityError, match="says_what"), transaction.atomic():
        Paper.objects.create(
            application=application,
            kind=kind("passport"),
            state="mend",
            handed_on=date(2026, 2, 9),
        )


@pytest.mark.parametrize(
    "days",
    [
        {"handed_on": date(2026, 2, 11)},
        {"issued_on": date(2026, 2, 11)},
        {"issued_on": date(2026, 2, 9), "valid_until": date(2026, 2, 8)},
    ],
)
def test_impossible_days_of_a_paper_are_refused(days):
    with pytest.raises(errors.DayNotPossible):
        services.record_paper(application=ApplicationFactory(), kind=kind("passport"), **days)


def test_a_paper_stands_once_and_each_change_of_its_state_is_told_once():
    application, operator = ApplicationFactory(), StaffFactory()
    facts = {"application": application, "kind": kind("registration-slip"), "actor": operator}

    services.record_paper(**facts)
    services.record_paper(**facts, number="5")
    services.record_paper(**facts, state=PaperState.MEND, remark="Не видно штампа.")
    services.record_paper(**facts, state=PaperState.CHECKED)

    paper = application.papers.get()
    assert (paper.state, paper.remark, paper.recorded_by) == ("checked", "", operator)
    assert entries(application) == ["patents.paper_taken", "patents.paper_to_mend"]


def test_another_remark_on_a_paper_to_mend_is_told_and_the_same_one_is_not():
    application = ApplicationFactory()
    PhoneFactory(person=application.person)
    facts = {"application": application, "kind": kind("passport"), "state": PaperState.MEND}

    for remark in ("Нет перевода.", "Нет перевода. ", "Перевод не заверен."):
        services.record_paper(**facts, remark=remark)

    assert entries(application) == ["patents.paper_to_mend"] * 2
    assert Message.objects.filter(event="patents.paper_to_mend").count() == 2


def test_a_remark_on_a_paper_that_only_lies_with_us_is_no_news():
    application = ApplicationFactory()
    facts = {"application": application, "kind": kind("passport")}

    services.record_paper(**facts)
    services.record_paper(**facts, remark="копия")

    assert entries(application) == ["patents.paper_taken"]


def test_history_of_a_paper_keeps_what_it_was():
    application = ApplicationFactory()
    facts = {"application": application, "kind": kind("registration-slip")}
    services.record_paper(**facts, number="1")

    services.record_paper(**facts, number="2")

    rows = Paper.pgh_event_model.objects.order_by("pgh_id").values_list("number", flat=True)
    assert list(rows) == ["1", "2"]


def address(application, slug):
    return reverse("admin:patents_application_paper", args=[application.pk, slug])


def test_an_operator_writes_a_paper_down_on_the_card(client):
    application = ApplicationFactory()
    operator = sign_in_as(client, "operator")
    typed = {"state": "mend", "handed_on": "2026-02-09", "number": "4615 1234567"}

    refused = client.post(address(application, "migration-card"), typed)
    taken = client.post(address(application, "migration-card"), typed | {"remark": "Нет цели."})

    assert "remark" in refused.context["form"].errors
    assert taken.status_code == 302
    paper = application.papers.get()
    assert (paper.number, paper.remark, paper.recorded_by) == (
        "4615 1234567",
        "Нет цели.",
        operator,
    )
    assert "Нет цели." in client.get(taken.url).content.decode()


def test_an_unknown_kind_of_paper_is_not_found(client):
    sign_in_as(client, "operator")

    assert client.get(address(ApplicationFactory(), "diploma")).status_code == 404


@pytest.mark.parametrize("role", ["reviewer", "accountant"])
def test_who_may_not_change_applications_may_not_write_papers(client, role):
    sign_in_as(client, role)

    assert client.get(address(ApplicationFactory(), "passport")).status_code == 403
