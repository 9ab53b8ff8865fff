"""The queue of waiting money: candidates beside each line, first whoever must pay soonest."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from accounts.models import Approval
from accounts.services import approvals
from common import clock
from journal.models import Look
from notifications.models import Message
from payments.errors import LineMoved, NoCandidate
from payments.facts import standing_of
from payments.models import Place, Placement, ReceiptStatus
from payments.services.audit import audit
from payments.services.deciding.by_hand import ask
from payments.services.deciding.taking import take
from payments.services.importing import likely, namesakes
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from payments.services.papers.receipts import form_receipt
from tests.factories import (
    ApplicationFactory,
    InnFactory,
    PatentFactory,
    PersonFactory,
    PlacementFactory,
    StaffFactory,
)
from tests.payments.statement_files import ACCOUNT, order, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
FEBRUARY_9 = date(2026, 2, 9)
ONE_DIGIT_OFF = "775100004211"
OF_ANOTHER = "500100732259"
QUEUE = "admin:payments_placement_changelist"


@pytest.fixture(autouse=True)
def account():
    open_account(number=ACCOUNT, counted_through=date(2026, 2, 8))


def pay(amount="10000", *, inn="", **more) -> Placement:
    line = order(on=FEBRUARY_9, posted_on=FEBRUARY_9, amount=Decimal(amount), inn=inn, **more)
    name = more.get("number", "1")
    import_statement(content=whole(line, first=FEBRUARY_9, number=name), name=f"{name}.txt")
    return Placement.objects.queued().latest("pk")


def weighed(row: Placement) -> Placement:
    likely.weigh_waiting()
    row.refresh_from_db()
    return row


@pytest.fixture
def first_month(application):
    return PlacementFactory(application=application)


@pytest.fixture
def nearly(first_month):
    """The worker's name with an INN that is wrong by one digit."""
    return pay(inn=ONE_DIGIT_OFF)


def test_the_likeliest_person_stands_beside_the_line_with_a_score_and_why(nearly, application):
    row = weighed(nearly)

    assert row.score == 80
    assert row.likely == [
        {
            "application": application.pk,
            "receipt": None,
            "score": 80,
            "marks": ["inn_near", "full_name", "sum_of_months"],
        }
    ]


def test_the_day_by_which_that_person_pays_is_kept(nearly):
    assert weighed(nearly).urgent_on == date(2026, 2, 14)


def test_whose_money_is_known_needs_no_candidates_but_has_its_day(first_month):
    row = weighed(pay("77", inn="775100004210"))

    assert (row.likely, row.score, row.urgent_on) == (None, 92, date(2026, 2, 14))


def test_a_stranger_has_neither(first_month):
    row = weighed(pay(payer="ООО РОМАШКА", purpose="за товар"))

    assert (row.likely, row.score, row.urgent_on) == ([], 0, None)


def test_a_person_whose_patent_is_over_is_in_no_hurry(first_month, application):
    application.patent.annulled_on, application.patent.annulled_source = FEBRUARY_9, "desk"
    application.patent.annulled_received_at = clock.now()
    application.patent.save()

    row = weighed(pay(inn=ONE_DIGIT_OFF))

    assert (bool(row.likely), row.urgent_on) == (True, None)


def test_a_receipt_that_is_meant_goes_with_its_person(first_month, application):
    paper = form_receipt(application=application, months=1, on=FEBRUARY_9)

    row = weighed(pay(inn=ONE_DIGIT_OFF))

    assert row.likely[0]["receipt"] == paper.pk
    assert row.likely[0]["marks"][-1] == "sum_of_paper"


@pytest.mark.parametrize(
    ("purpose", "mark"),
    [
        ("патент 77 2600418174", "patent"),
        ("патент 2600418174", "patent"),
        ("паспорт FA 1234567", "passport"),
        ("за Каримова? Каримов Тимур", "name"),
        ("ФИО: KARIMOV TIMUR", "name"),
    ],
)
def test_people_are_found_by_whatever_the_purpose_says(first_month, application, purpose, mark):
    row = weighed(pay(payer="ООО РАБОТА", purpose=purpose))

    assert [one["application"] for one in row.likely] == [application.pk]
    assert mark in row.likely[0]["marks"]


def test_a_former_inn_and_the_application_are_signs_too(first_month, application):
    InnFactory(person=application.person, value=OF_ANOTHER, valid_until=date(2026, 1, 4))

    row = weighed(pay(inn=OF_ANOTHER, payer="БАНК", purpose=f"заявление {application.number}"))

    assert row.likely[0]["marks"][:2] == ["inn_former", "application"]


def test_a_name_that_too_many_have_is_no_hint(first_month, monkeypatch):
    monkeypatch.setattr(namesakes, "FEW", 1)
    ApplicationFactory()

    assert weighed(pay()).likely == [likely.CROWD]


@pytest.mark.parametrize(("payer", "is_found"), [("Каримов Тимур", False), (None, True)])
def test_of_many_namesakes_the_middle_name_finds_the_payer(
    first_month, application, monkeypatch, payer, is_found
):
    monkeypatch.setattr(namesakes, "FEW", 1)
    person = application.person
    ApplicationFactory(person=PersonFactory(middle_name="Анварович"))
    whole_name = f"{person.last_name} {person.first_name} {person.middle_name}"

    row = weighed(pay(payer=payer or whole_name, inn=OF_ANOTHER))

    assert (row.may_be_of == [application.pk]) is is_found


def test_weighed_again_nothing_changes(nearly):
    before = weighed(nearly).likely

    Placement.objects.update(weighed_at=clock.now() - timedelta(hours=2))

    assert weighed(nearly).likely == before


def test_what_was_looked_for_lately_is_left_alone(nearly):
    assert likely.weigh_waiting() == 0

    Placement.objects.update(weighed_at=None)
    assert likely.weigh_waiting() == 1
    assert likely.weigh_waiting() == 0


def test_looked_for_again_the_day_follows_other_money(nearly, application):
    weighed(nearly)
    PlacementFactory(application=application)

    with time_machine.travel(clock.now() + timedelta(hours=2)):
        assert weighed(nearly).urgent_on == date(2026, 3, 14)


def test_weighing_leaves_no_history(nearly):
    weighed(nearly)

    assert not Placement.pgh_event_model.objects.filter(pgh_obj_id=nearly.pk).exists()


def test_many_lines_ask_few_questions(first_month, django_assert_max_num_queries):
    for number in range(4):
        pay(inn=ONE_DIGIT_OFF, payer="", purpose="", number=str(number))
    Placement.objects.update(weighed_at=None)

    with django_assert_max_num_queries(40):
        assert likely.weigh_waiting() == 4


# --- one person takes a candidate, or two


def test_one_person_takes_a_likely_candidate_and_the_months_count(nearly, application):
    clerk, faults = StaffFactory(), audit().faults

    assert take(placement=nearly, application_id=application.pk, actor=clerk) is None

    row = Placement.objects.current().get(line=nearly.line)
    assert (row.place, row.months, row.decided_by) == (Place.MATCHED, 1, clerk)
    assert standing_of(application.person).months == 2
    assert Message.objects.filter(event="payments.posted").count() == 1
    assert audit().faults == faults


def test_the_receipt_of_a_taken_candidate_is_settled(first_month, application):
    paper = form_receipt(application=application, months=1, on=FEBRUARY_9)
    row = pay(inn=ONE_DIGIT_OFF)

    take(placement=row, application_id=application.pk, actor=StaffFactory())

    paper.refresh_from_db()
    assert paper.status == ReceiptStatus.POSTED


def test_a_lesser_likeness_needs_a_second_word(first_month, application):
    row = pay()

    asked = take(placement=row, application_id=application.pk, actor=StaffFactory())

    assert Placement.objects.current().get(line=row.line).place == Place.QUEUE
    approvals.decide(approval=asked, granted=True, actor=StaffFactory())
    assert Placement.objects.current().get(line=row.line).place == Place.MATCHED


def test_a_correction_is_never_for_one(nearly, application):
    take(placement=nearly, application_id=application.pk, actor=StaffFactory())
    counted = Placement.objects.current().get(line=nearly.line)
    asked = ask(placement=counted, shares=[], actor=StaffFactory(), reason="не та строка")
    approvals.decide(approval=asked, granted=True, actor=StaffFactory())
    undone = Placement.objects.queued().get()

    with pytest.raises(LineMoved):
        take(placement=undone, application_id=application.pk, actor=StaffFactory())


def test_taken_twice_it_is_taken_once(nearly, application):
    take(placement=nearly, application_id=application.pk, actor=StaffFactory())

    with pytest.raises(LineMoved):
        take(placement=nearly, application_id=application.pk, actor=StaffFactory())


def test_who_fits_no_more_is_not_taken_from_an_old_page(nearly):
    stranger = ApplicationFactory(person__last_name="Саидов", person__first_name="Далер")

    with pytest.raises(NoCandidate):
        take(placement=nearly, application_id=stranger.pk, actor=StaffFactory())


# --- the pages


@pytest.fixture
def clerk(client):
    with translation.override("en"):
        client.force_login(StaffFactory())
        client.cookies["django_language"] = "en"
        yield client


def test_first_stands_whoever_pays_soonest_and_last_whom_nobody_knows(clerk, nearly, application):
    later = PatentFactory(
        application__person=InnFactory(value=OF_ANOTHER, person=PersonFactory()).person,
        issued_on=date(2026, 1, 30),
    )
    PlacementFactory(application=later.application)
    stranger = pay(payer="ООО РОМАШКА", purpose="за товар", number="2")
    known = pay("77", inn=OF_ANOTHER, number="3")
    likely.weigh_waiting()

    shown = clerk.get(reverse(QUEUE)).context["cl"].result_list

    assert [row.pk for row in shown] == [nearly.pk, known.pk, stranger.pk]


def test_the_list_says_whom_why_and_how_many_days_are_left(clerk, nearly, application):
    weighed(nearly)

    page = clerk.get(reverse(QUEUE)).content.decode()

    assert application.person.full_name in page
    assert "The INN differs by one digit, the whole name is the same" in page
    assert "<b>4 days</b><br>14.02.2026" in page


def test_a_day_that_has_passed_is_said_so(clerk, nearly):
    Placement.objects.filter(pk=nearly.pk).update(urgent_on=FEBRUARY_9)

    assert "passed 1 day ago" in clerk.get(reverse(QUEUE)).content.decode()


def test_whoever_is_shown_as_a_candidate_was_looked_at(clerk, nearly, application):
    weighed(nearly)

    clerk.get(reverse(QUEUE))

    assert Look.objects.filter(person_id=application.person_id, page="list placement").exists()


def test_one_click_gives_the_money_to_the_candidate(clerk, nearly, application):
    address = reverse("admin:payments_placement_decide", args=[nearly.pk])
    page = clerk.get(address).content.decode()
    assert "The money is theirs" in page

    answer = clerk.post(address, {"take": application.pk}, follow=True)

    assert "Done: the money is this person&#x27;s." in answer.content.decode()
    assert Placement.objects.current().get(line=nearly.line).place == Place.MATCHED


def test_of_a_lesser_candidate_the_page_asks_for_a_second_word(clerk, first_month, application):
    row = pay()
    address = reverse("admin:payments_placement_decide", args=[row.pk])
    page = clerk.get(address).content.decode()
    assert "Theirs: ask for a second word" in page

    clerk.post(address, {"take": application.pk})

    assert Approval.objects.open().get().facts["placement"] == row.pk


@pytest.mark.parametrize("typed", ["", "nobody", "-1", "999999"])
def test_a_click_on_nobody_moves_nothing(clerk, nearly, typed):
    address = reverse("admin:payments_placement_decide", args=[nearly.pk])

    assert clerk.post(address, {"take": typed}).status_code == 200

    assert Placement.objects.queued().count() == 1


def test_the_queue_goes_to_a_file(clerk, nearly):
    chosen = {"action": "export", "_selected_action": [nearly.pk]}

    answer = clerk.post(reverse(QUEUE), chosen)

    assert answer["Content-Type"].startswith("application/vnd.openxmlformats")
