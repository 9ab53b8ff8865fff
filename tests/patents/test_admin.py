"""The operator's lists and cards: what they show, whom they let, which steps they offer."""

from datetime import date

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.urls import reverse

from desk.roles import ROLES
from journal.models import Look
from patents.models import Application, Inn, Patent, PatentRule
from tests.factories import (
    ApplicationFactory,
    InnFactory,
    PassportFactory,
    PatentFactory,
    PersonFactory,
    PhoneFactory,
    StaffFactory,
    UserFactory,
)
from tests.searches import searched

pytestmark = pytest.mark.django_db
LIST = "admin:patents_application_changelist"
INN = "775100004210"


@pytest.fixture(autouse=True)
def moscow_february():
    with time_machine.travel("2026-02-10 09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def sign_in(client):
    def enter(role):
        user = UserFactory(is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        client.force_login(user)
        client.user = user
        return client

    return enter


@pytest.fixture
def desk(sign_in):
    return sign_in("operator")


def card(application):
    return reverse("admin:patents_application_change", args=[application.pk])


def step(application, name):
    return reverse("admin:patents_application_step", args=[application.pk, name])


def offered(response):
    return [step.name for step in response.context["steps"]]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_three_as_for_one(
    admin_queries, client, django_assert_num_queries, count
):
    for _ in range(count):
        PatentFactory()

    with django_assert_num_queries(admin_queries):
        page = client.get(reverse(LIST))

    assert len(page.context["cl"].result_list) == count


@pytest.fixture
def admin_queries(client):
    client.force_login(StaffFactory())
    # session, user, two filters, count, rows, two of the dates above the list, looks
    return 9


@pytest.mark.parametrize(
    "term",
    [
        "1381170",
        "каримов",
        "Каримов Тимур",
        "8 916 123-45-67",
        "+7 (916) 123-45-67",
        "FA 1234567",
        INN,
        "77 2600418163",
    ],
)
def test_an_application_is_found_by_what_the_person_can_show(desk, term):
    ApplicationFactory(person__last_name="Другой", person__first_name="Али")
    mine = PatentFactory(number="2600418163", application__number="1381170").application
    PhoneFactory(person=mine.person, number="+79161234567")
    PassportFactory(person=mine.person, number="FA1234567")
    InnFactory(person=mine.person, value=INN)

    found = searched(desk, reverse(LIST), term).context["cl"].result_list

    assert list(found) == [mine]


def test_the_list_is_filtered_by_state(desk):
    ApplicationFactory()
    ready = ApplicationFactory(ready=True)

    found = desk.get(reverse(LIST), {"status__exact": "ready"}).context["cl"].result_list

    assert list(found) == [ready]


def test_the_card_shows_the_facts_and_remembers_who_looked(desk):
    application = PatentFactory(number="2600418163").application
    person = application.person
    PhoneFactory(person=person, number="+79161234567")
    PassportFactory(person=person, number="FA1234567")
    InnFactory(person=person, value=INN)

    page = desk.get(card(application)).content.decode()

    for fact in [application.number, "Каримов", "45-67", "FA1234567", INN, "2600418163"]:
        assert fact in page
    look = Look.objects.get()
    assert (look.actor_id, look.person_id, look.page) == (desk.user.pk, person.pk, "application")


def test_the_card_of_nothing_is_404(desk):
    assert desk.get(reverse("admin:patents_application_change", args=[999])).status_code == 404
    assert desk.get("/admin/patents/application/abc/change/").status_code == 404


def test_the_card_cannot_be_written_to(desk):
    application = ApplicationFactory()

    desk.post(card(application), {"status": "issued", "number": "777777"})

    application.refresh_from_db()
    assert application.status == "accepted"


STATES = {
    "accepted": ({}, ["review", "refuse", "inn", "days", "ground"]),
    "in_review": ({"status": "in_review"}, ["ready", "refuse", "inn", "days", "ground", "back"]),
    "ready": ({"ready": True}, ["issue", "inn", "days", "ground", "back"]),
    "refused": ({"refused": True}, ["inn", "days", "ground", "refusal", "back"]),
}


@pytest.mark.parametrize("state", STATES)
def test_only_the_possible_steps_have_buttons(desk, state):
    facts, expected = STATES[state]

    assert offered(desk.get(card(ApplicationFactory(**facts)))) == expected


def test_an_issued_patent_can_be_annulled_once(desk):
    application = PatentFactory().application
    annulled = PatentFactory(annulled_on=date(2026, 2, 1)).application

    always = ["days", "ground", "patent", "back"]
    assert offered(desk.get(card(application))) == ["inn", "annul", *always]
    assert offered(desk.get(card(annulled))) == ["inn", *always]


def test_the_hotline_has_no_cards(sign_in):
    assert sign_in("hotline").get(card(ApplicationFactory())).status_code == 403


@pytest.mark.parametrize("role", [role for role in ROLES if role != "hotline"])
def test_buttons_are_for_those_who_serve_people(sign_in, role):
    steps = offered(sign_in(role).get(card(ApplicationFactory())))

    assert bool(steps) == (role in {"operator", "supervisor"})


@pytest.mark.parametrize("name", ["review", "ready", "issue", "refuse", "inn", "annul"])
@pytest.mark.parametrize("role", ["accountant", "reviewer"])
def test_a_step_is_closed_to_other_roles(sign_in, role, name):
    application = ApplicationFactory()
    desk = sign_in(role)

    assert desk.get(step(application, name)).status_code == 403
    assert desk.post(step(application, name), {"value": INN, "on": "2026-02-09"}).status_code == 403
    assert not Inn.objects.exists()


def test_the_whole_way_of_an_application_by_buttons(desk):
    application = ApplicationFactory()
    way = [
        ("review", {}),
        ("inn", {"value": "7751 0000 4210", "on": "2026-02-05", "note": "МВД"}),
        ("ready", {"ready_on": "2026-02-09"}),
        ("issue", {"series": "77", "number": "26-00418163", "issued_on": "10.02.2026"}),
        ("annul", {"annulled_on": "2026-02-10", "reason": "решение МВД", "sure": "on"}),
    ]
    Application.objects.update(first_paid_on=date(2026, 2, 9))

    for name, typed in way:
        assert desk.get(step(application, name)).status_code == 200
        assert desk.post(step(application, name), typed).url == card(application)

    patent = Patent.objects.get(application=application)
    assert (str(patent), patent.issued_on) == ("77 № 2600418163", date(2026, 2, 10))
    assert patent.annulled_on == date(2026, 2, 10)
    assert Inn.objects.get(person=application.person).entered_by == desk.user
    assert set(application.person.timeline.values_list("actor", flat=True)) == {desk.user.pk}


@pytest.mark.parametrize(
    ("name", "typed", "field"),
    [
        ("refuse", {"refused_on": "2026-02-09", "reason": " "}, "reason"),
        ("refuse", {}, "refused_on"),
        ("refuse", {"refused_on": "2026-02-09", "reason": "да"}, "sure"),
        ("refuse", {"refused_on": "2026-01-01", "reason": "да", "sure": "on"}, "__all__"),
        ("refuse", {"refused_on": "2026-02-11", "reason": "да", "sure": "on"}, "__all__"),
        ("inn", {"value": "775100004211", "on": "2026-02-09"}, "value"),
        ("inn", {"value": "775100004210", "on": "2026-02-11"}, "__all__"),
        ("inn", {"value": "", "on": "2026-02-09"}, "value"),
    ],
)
def test_a_wrong_answer_is_explained_and_changes_nothing(desk, name, typed, field):
    application = ApplicationFactory()

    response = desk.post(step(application, name), typed)

    assert field in response.context["form"].errors
    application.refresh_from_db()
    assert application.status == "accepted"
    assert not Inn.objects.exists()


def test_an_inn_of_somebody_else_is_explained(desk):
    InnFactory(value=INN)

    response = desk.post(step(ApplicationFactory(), "inn"), {"value": INN, "on": "2026-02-09"})

    assert response.context["form"].non_field_errors()
    assert Inn.objects.count() == 1


ISSUED = {"series": "77", "number": "2600418163", "issued_on": "2026-02-09"}


@pytest.mark.parametrize(
    ("paid", "inn", "doubts"), [(False, True, 1), (True, False, 1), (False, False, 2)]
)
def test_what_is_missing_before_the_issue_asks_for_a_tick(desk, paid, inn, doubts):
    application = ApplicationFactory(ready=True, first_paid_on=date(2026, 2, 5) if paid else None)
    if inn:
        InnFactory(person=application.person)
    page = desk.get(step(application, "issue"))

    asked = desk.post(step(application, "issue"), ISSUED)

    assert page.content.decode().count('<li class="warning">') == doubts
    assert list(asked.context["form"].errors) == ["all_the_same"]
    assert not Patent.objects.exists()
    desk.post(step(application, "issue"), ISSUED | {"all_the_same": "on"})
    assert Patent.objects.get().application == application


def test_with_payment_and_inn_nothing_is_asked(desk):
    application = ApplicationFactory(ready=True, first_paid_on=date(2026, 2, 5))
    InnFactory(person=application.person)

    assert "all_the_same" not in desk.get(step(application, "issue")).context["form"].fields


@pytest.mark.parametrize(
    ("day", "doubts"), [("2026-02-10", 0), ("2026-02-04", 2), ("2026-01-11", 3)]
)
def test_a_day_of_issue_that_does_not_fit_what_is_known_asks_for_a_tick(desk, day, doubts):
    """Ready on 12 January, paid on 5 February: the months would count from a slip of the finger."""
    application = ApplicationFactory(ready=True, first_paid_on=date(2026, 2, 5))
    InnFactory(person=application.person)

    asked = desk.post(step(application, "issue"), ISSUED | {"issued_on": day})

    assert Patent.objects.exists() == (not doubts)
    if doubts:
        assert asked.content.decode().count('<li class="warning">') == doubts
        assert list(asked.context["form"].errors) == ["all_the_same"]
        sure = ISSUED | {"issued_on": day, "all_the_same": "on"}
        desk.post(step(application, "issue"), sure)
    assert Patent.objects.get().issued_on == date.fromisoformat(day)


def test_a_day_of_issue_that_is_none_is_said_at_its_field(desk):
    application = ApplicationFactory(ready=True, first_paid_on=date(2026, 2, 5))
    InnFactory(person=application.person)

    asked = desk.post(step(application, "issue"), ISSUED | {"issued_on": "31.02.2026"})

    assert list(asked.context["form"].errors) == ["issued_on"]


def test_an_annulment_without_the_tick_changes_nothing(desk):
    patent = PatentFactory()
    typed = {"annulled_on": "2026-02-10", "reason": "решение МВД"}

    answer = desk.post(step(patent.application, "annul"), typed)

    assert list(answer.context["form"].errors) == ["sure"]
    assert Patent.objects.get().annulled_on is None


def test_a_wrong_patent_number_is_explained_at_its_field(desk):
    typed = {"series": "77", "number": "26", "issued_on": "2026-02-09", "all_the_same": "on"}

    response = desk.post(step(ApplicationFactory(ready=True), "issue"), typed)

    assert list(response.context["form"].errors) == ["number"]


def test_a_second_click_is_answered_kindly(desk):
    application = ApplicationFactory()
    desk.post(step(application, "review"))

    again = desk.post(step(application, "review"), follow=True)

    assert again.redirect_chain[-1][0] == card(application)
    assert [m.level_tag for m in again.context["messages"]][-1] == "warning"
    assert Application.objects.get().status == "in_review"


def test_a_step_page_is_a_look_too(desk):
    application = ApplicationFactory()

    desk.get(step(application, "inn"))

    look = Look.objects.get()
    assert (look.person_id, look.page) == (application.person_id, "application/inn")


def test_an_unknown_step_is_404(desk):
    assert desk.get(step(ApplicationFactory(), "sell")).status_code == 404


@pytest.mark.parametrize("model", ["patent", "inn"])
def test_patents_and_inns_are_read_and_the_look_is_remembered(desk, model):
    row = PatentFactory() if model == "patent" else InnFactory()
    page = reverse(f"admin:patents_{model}_change", args=[row.pk])

    assert desk.get(reverse(f"admin:patents_{model}_changelist")).status_code == 200
    assert desk.get(page).status_code == 200
    assert desk.post(page, {"number": "1"}).status_code == 403
    assert Look.objects.filter(page=model).exists()


@pytest.mark.parametrize("model", ["patent", "inn"])
@pytest.mark.parametrize("count", [1, 3])
def test_lists_of_facts_ask_as_much_for_three_as_for_one(
    client, django_assert_num_queries, model, count
):
    client.force_login(StaffFactory())
    for n in range(count):
        if model == "patent":
            PatentFactory()
        else:
            InnFactory(value=f"77000000{n:04d}", person=PersonFactory())

    of_the_money = 5 if model == "patent" else 0
    with django_assert_num_queries(7 + of_the_money):
        client.get(reverse(f"admin:patents_{model}_changelist"))


def rule(**changes):
    facts = {"country": "UZB", "needs_patent": "on", "valid_from": "2030-01-01"}
    return facts | {"valid_until": "", "note": ""} | changes


def test_a_supervisor_changes_the_rules_of_countries(sign_in):
    desk = sign_in("supervisor")
    old = PatentRule.objects.get(country="UZB")
    change = reverse("admin:patents_patentrule_change", args=[old.pk])
    desk.post(change, rule(valid_from="2015-01-01", valid_until="2029-12-31"))

    desk.post(reverse("admin:patents_patentrule_add"), rule(needs_patent=""))

    ends = PatentRule.objects.filter(country="UZB").values_list("needs_patent", "valid_until")
    assert set(ends) == {(True, date(2029, 12, 31)), (False, None)}


@pytest.mark.parametrize(
    ("typed", "field"),
    [(rule(), "valid_from"), (rule(country="MDA", valid_until="2029-01-01"), "valid_until")],
)
def test_rules_of_a_country_do_not_overlap_nor_end_before_they_begin(sign_in, typed, field):
    before = PatentRule.objects.count()

    response = sign_in("supervisor").post(reverse("admin:patents_patentrule_add"), typed)

    assert list(response.context["adminform"].form.errors) == [field]
    assert PatentRule.objects.count() == before


def test_an_operator_only_reads_the_rules(desk):
    assert desk.get(reverse("admin:patents_patentrule_changelist")).status_code == 200
    assert desk.post(reverse("admin:patents_patentrule_add"), rule()).status_code == 403
