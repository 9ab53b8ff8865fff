"""The position at go-live: all of it or nothing, with every reason, and nothing counted twice."""

from datetime import date

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from accounts.models import DoorRequest, LoginName, Person, TimelineEntry, User
from accounts.services import ask_reset, door_requests, issue_password
from common.sealing import unseal
from notifications.models import Message
from patents.models import Application, ApplicationStep, Ground, Inn, Patent, Source
from payments.facts import standing_of
from payments.models import Opening, OpeningMonths, Place, Placement
from payments.opening.faults import OpeningRefused
from payments.services.importing.openings import OpenedAlready, check_opening
from payments.services.importing.statements import import_statement
from payments.standing import State
from tests.guards import behind_the_guards
from tests.payments.opened import bring, changed, nothing_is_there, statement_of
from tests.payments.opening_files import APPLICATION, COUNTED, PATENT, PERSON, opening
from tests.payments.statement_files import order, piece, whole

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 10)


@pytest.fixture(autouse=True)
def april():
    """Friday 10 April 2026, the morning of the first day."""
    with time_machine.travel("2026-04-10 06:00:00+00:00", tick=True) as traveller:
        yield traveller


# --- what it brings


def test_people_come_with_papers_phones_and_logins_that_open_nothing_yet():
    bring(opening())

    person = Person.objects.get()
    assert str(person) == "Каримов Тимур"
    assert (person.citizenship_id, person.language) == ("UZB", "ru")
    assert person.passports.get().number == "FA1234567"
    assert person.phones.get().number == "+79161234567"
    login = LoginName.objects.get()
    assert (login.value, login.user) == ("2381161", person.user)
    assert not person.user.has_usable_password()
    assert not person.user.must_change_password


def test_applications_come_with_steps_patents_and_inn_and_say_their_source():
    bring(opening())

    application = Application.objects.get()
    assert (application.number, application.status) == ("2381161", "issued")
    assert application.first_paid_on == date(2026, 1, 13)
    steps = ApplicationStep.objects.order_by("on").values_list("status", "on", "source")
    assert list(steps) == [
        ("accepted", date(2026, 1, 12), Source.OPENING),
        ("ready", date(2026, 1, 14), Source.OPENING),
        ("issued", date(2026, 1, 15), Source.OPENING),
    ]
    patent = Patent.objects.get()
    assert (str(patent), patent.source) == ("77 № 2600418174", Source.OPENING)
    inn = Inn.objects.get()
    assert (inn.value, inn.valid_from, inn.source) == (
        "775100004210",
        date(2026, 1, 20),
        Source.OPENING,
    )


def test_the_months_go_on_where_the_old_books_ended():
    bring(opening())

    standing = standing_of(Person.objects.get(), TODAY)

    assert (standing.state, standing.covered_through) == (State.DUE, date(2026, 4, 14))
    assert standing.months_posted == 3
    assert standing.complete_through == date(2026, 4, 9)


def test_nobody_is_sent_a_word_and_everybody_can_read_how_it_came():
    bring(opening())

    assert not Message.objects.exists()
    kinds = set(TimelineEntry.objects.values_list("kind", flat=True))
    assert kinds >= {"person-registered", "patents.issued", "payments.counted_at_opening"}


def test_a_person_with_an_old_and_a_new_patent_holds_both_and_the_new_one_is_a_reissue():
    old = APPLICATION | {"number": "1000007", "accepted_on": "10.01.2025", "months": "12"}
    old |= {"amount": "106800", "ready_on": "", "first_paid_on": ""}
    old_patent = {"number": "1000007", "series": "77", "patent_number": "2500000001"}
    bring(
        opening(
            applications=[old, APPLICATION],
            patents=[old_patent | {"issued_on": "20.01.2025"}, PATENT],
        )
    )

    grounds = Application.objects.order_by("accepted_on").values_list("ground", flat=True)
    assert list(grounds) == [Ground.FIRST, Ground.REISSUE]
    assert standing_of(Person.objects.get(), TODAY).covered_through == date(2026, 4, 14)
    assert LoginName.objects.filter(user=User.objects.get()).count() == 2


def test_an_application_on_its_way_keeps_the_month_that_was_paid_ahead():
    waiting = APPLICATION | {"status": "готов", "months": "1", "amount": "10000"}
    bring(opening(applications=[waiting], patents=[]))

    standing = standing_of(Person.objects.get(), TODAY)

    assert (standing.state, standing.months_posted) == (State.READY, 1)


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        ({"status": "принято", "ready_on": ""}, State.PREPARING),
        ({"status": "в МВД", "ready_on": "", "sent_on": "13.01.2026"}, State.PREPARING),
        ({"status": "отказ", "ready_on": "", "refused_on": "20.01.2026"}, State.REFUSED),
    ],
)
def test_other_states_come_as_they_are(changed, state):
    unpaid = {"months": "", "amount": "", "first_paid_on": ""}
    bring(opening(applications=[APPLICATION | unpaid | changed], patents=[]))

    assert standing_of(Person.objects.get(), TODAY).state == state


def test_an_annulled_patent_comes_annulled():
    annulled = PATENT | {"annulled_on": "01.03.2026", "annulled_reason": "нет копии договора"}

    bring(opening(patents=[annulled]))

    patent = Patent.objects.get()
    assert (patent.annulled_source, patent.annulled_received_at is None) == (Source.OPENING, False)
    assert standing_of(Person.objects.get(), TODAY).state == State.ANNULLED


# --- the first statements overlap


def test_lines_of_the_counted_days_are_kept_and_count_no_second_time():
    bring(opening())

    day = date(2026, 4, 9)
    statement_of(order(on=date(2026, 4, 8), posted_on=day), first=date(2026, 4, 6), last=day)

    assert Placement.objects.get().place == Place.SET_ASIDE
    assert standing_of(Person.objects.get(), TODAY).covered_through == date(2026, 4, 14)
    call_command("check_ledger")


def test_one_statement_may_hold_counted_days_and_new_ones(april):
    bring(opening())
    april.move_to("2026-04-14 06:00:00+00:00")

    old = order(number="1", on=date(2026, 4, 8), posted_on=date(2026, 4, 9))
    new = order(number="2", on=date(2026, 4, 10), posted_on=date(2026, 4, 13))
    statement_of(old, new, first=date(2026, 4, 6), last=date(2026, 4, 13))

    places = Placement.objects.order_by("line__posted_on").values_list("place", flat=True)
    assert list(places) == [Place.SET_ASIDE, Place.MATCHED]
    standing = standing_of(Person.objects.get(), date(2026, 4, 14))
    assert (standing.covered_through, standing.complete_through) == (
        date(2026, 5, 14),
        date(2026, 4, 13),
    )
    call_command("check_ledger")


def test_a_gap_after_the_counted_day_keeps_everybody_from_lapsing(april):
    bring(opening())
    april.move_to("2026-04-25 06:00:00+00:00")

    statement_of(first=date(2026, 4, 13), last=date(2026, 4, 24))
    person = Person.objects.get()
    assert standing_of(person, date(2026, 4, 25)).state == State.UNSEEN

    statement_of(first=date(2026, 4, 8), last=date(2026, 4, 14))
    assert standing_of(person, date(2026, 4, 25)).state == State.LAPSED


def test_money_that_came_before_the_people_finds_them():
    with time_machine.travel("2026-04-09 06:00:00+00:00"):
        line = order(on=date(2026, 4, 3), posted_on=date(2026, 4, 8))
        early = piece(line, first=date(2026, 4, 8), number="1")
        import_statement(content=early, name="early.txt")
    assert Placement.objects.current().get().queue_reason == "unknown_payer"

    # The account was never opened: nothing of its lines is counted in these months.
    bring(opening(accounts=[COUNTED | {"counted_through": "31.12.2022"}], applications=[UNDATED]))

    assert Placement.objects.current().get().place == Place.MATCHED


UNDATED = APPLICATION | {"first_paid_on": ""}


def test_the_opening_is_not_laid_over_lines_that_are_here_already():
    with time_machine.travel("2026-04-09 06:00:00+00:00"):
        line = order(on=date(2026, 4, 3), posted_on=date(2026, 4, 8))
        import_statement(content=whole(line, first=date(2026, 4, 8)), name="early.txt")

    with translation.override("en"), pytest.raises(OpeningRefused) as refused:
        bring(opening())

    [fault] = refused.value.faults
    assert fault.key == "counted_through"
    assert not Opening.objects.exists()


def test_check_ledger_compares_the_months_with_the_totals_of_the_file():
    bring(opening())
    OpeningMonths.objects.update(months=4)

    with pytest.raises(SystemExit):
        call_command("check_ledger")


def test_check_ledger_finds_a_counted_line_that_counts_again():
    bring(opening())
    day = date(2026, 4, 9)
    statement_of(order(on=day, posted_on=day), first=day)
    counted = {"application": Application.objects.get(), "months": 1, "paid_on": day}
    with behind_the_guards():
        Placement.objects.update(place=Place.MATCHED, **counted)

    with pytest.raises(SystemExit):
        call_command("check_ledger")


# --- once


def test_the_same_file_again_changes_nothing_and_says_so():
    content = opening()
    bring(content)

    with translation.override("en"), pytest.raises(OpenedAlready, match="Nothing has changed"):
        bring(content)

    assert Person.objects.count() == 1


def test_another_file_is_refused_too():
    bring(opening())

    with translation.override("en"), pytest.raises(OpenedAlready, match="There is only one"):
        bring(opening(people=[PERSON | {"first_name": "Рустам"}]))


def test_checking_writes_nothing_and_finds_the_same_reasons():
    assert check_opening(content=opening()).months == 3
    assert nothing_is_there()

    with pytest.raises(OpeningRefused):
        check_opening(content=opening(totals={"months": 4}))


# --- the first password, and the command


def test_the_first_password_comes_by_reset_and_opens_the_cabinet(client):
    bring(opening())
    assert authenticate(None, username="2381161", password="") is None
    ask_reset(number="2381161", phone="+79161234567")

    door_requests.carry_out(DoorRequest.objects.get().pk)

    message = Message.objects.get()
    password = unseal(message.secret)
    assert must_change_password(client, password)


def test_the_first_password_comes_by_slip_where_there_is_no_phone(client):
    bring(opening(people=changed(PERSON, centre_sim="")))

    password = issue_password(person=Person.objects.get(), tell=False)

    assert must_change_password(client, password)


def must_change_password(client, password: str) -> bool:
    client.post(reverse("accounts:login"), {"username": "2381161", "password": password})
    return client.get(reverse("cabinet:home")).url == reverse("accounts:password_change")
