"""Lists of work that join domains, and lists of the desk as files."""

import io
from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.urls import reverse
from openpyxl import load_workbook

from common import clock
from desk.worklists import WORKLISTS, issued_when_the_year_ends_soon
from journal.models import Export, Look
from notifications.models import Message
from patents.models import Application, ApplicationHistory, Inn
from payments.coverage import year_end
from tests.factories import (
    ApplicationFactory,
    InnFactory,
    OpeningMonthsFactory,
    PatentFactory,
    PhoneFactory,
    StaffFactory,
)
from tests.searches import searched

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel("2026-06-15 12:00 +0300", tick=False):
        yield


def of(role):
    user = StaffFactory(username=role, is_superuser=False)
    user.groups.set(Group.objects.filter(name=role))
    return user


@pytest.fixture
def operator(client):
    user = of("operator")
    client.force_login(user)
    return user


def rows(name) -> set[Application]:
    return set(WORKLISTS[name].rows())


def ready(days: int, **facts) -> Application:
    on = TODAY - timedelta(days=days)
    return ApplicationFactory(status="ready", ready_on=on, accepted_on=on, **facts)


def message(number: str, status: str, key: str, failure: str = "") -> None:
    now = clock.now()
    Message.objects.create(
        event="patents.ready",
        subject_id=1,
        key=key,
        address=number,
        status=status,
        failure=failure,
        delivered_at=now if status == "delivered" else None,
        next_try_at=now,
        expires_at=now,
    )


def test_ready_and_not_fetched_counts_from_the_day_of_the_setting(settings):
    old, young = ready(settings.READY_NOT_FETCHED_DAYS), ready(settings.READY_NOT_FETCHED_DAYS - 1)

    assert old in rows("ready")
    assert young not in rows("ready")


def test_no_inn_after_some_days_names_the_newest_application_of_who_has_none(settings):
    without = ApplicationFactory(accepted_on=TODAY - timedelta(days=settings.NO_INN_DAYS))
    young = ApplicationFactory(accepted_on=TODAY - timedelta(days=settings.NO_INN_DAYS - 1))
    known = ApplicationFactory(accepted_on=date(2026, 1, 2))
    InnFactory(person=known.person)
    refused = ApplicationFactory(refused=True)

    assert rows("no-inn") & {without, young, known, refused} == {without}


def test_who_applied_again_waits_for_the_inn_since_the_first_application(settings):
    long_ago = TODAY - timedelta(days=settings.NO_INN_DAYS)
    first = ApplicationFactory(accepted_on=long_ago, status="in_review")
    again = ApplicationFactory(person=first.person, accepted_on=TODAY)
    refused = ApplicationFactory(refused=True, accepted_on=long_ago)
    young = ApplicationFactory(person=refused.person, accepted_on=TODAY)

    found = WORKLISTS["no-inn"].rows().filter(pk__in=[row.pk for row in (first, again, young)])

    assert [(row, row.since) for row in found] == [(again, long_ago)]


def test_a_later_application_that_was_refused_hides_nobody(settings):
    patent = PatentFactory(issued_on=date(2025, 6, 25))
    waits = ApplicationFactory(accepted_on=TODAY - timedelta(days=settings.NO_INN_DAYS))
    for person in (patent.application.person, waits.person):
        ApplicationFactory(person=person, refused=True, accepted_on=TODAY)

    assert rows("year-ends") == {patent.application}
    assert waits in rows("no-inn")


def test_the_later_application_is_the_one_accepted_later():
    patent = PatentFactory(issued_on=date(2025, 6, 25))
    person, long_ago = patent.application.person, date(2024, 6, 25)

    ApplicationFactory(person=person, accepted_on=long_ago)  # brought later by an opening

    assert rows("year-ends") == {patent.application}


@pytest.mark.parametrize(("before", "stands"), [(-1, False), (0, True), (29, True), (30, False)])
def test_a_year_that_ends_in_less_than_thirty_days(before, stands):
    wanted = TODAY + timedelta(days=before)
    issued = next(
        day
        for day in (wanted - timedelta(days=back) for back in range(360, 370))
        if year_end(day) == wanted
    )

    assert (issued in issued_when_the_year_ends_soon(TODAY)) == stands
    patent = PatentFactory(issued_on=issued)
    assert (patent.application in rows("year-ends")) == stands


def test_who_applied_again_is_no_work_of_the_year_that_ends():
    patent = PatentFactory(issued_on=date(2025, 6, 25))
    assert rows("year-ends") == {patent.application}

    ApplicationFactory(person=patent.application.person)

    assert rows("year-ends") == set()


def test_the_first_payment_is_missing_until_some_money_is_known():
    missing = PatentFactory().application
    paid = PatentFactory(application__first_paid_on=date(2026, 1, 10)).application
    opening = PatentFactory().application
    OpeningMonthsFactory(application=opening)

    assert rows("first-payment") & {missing, paid, opening} == {missing}


def test_a_number_takes_no_sms_until_one_arrives():
    deaf, heard = ApplicationFactory(), ApplicationFactory()
    PhoneFactory(person=deaf.person, number="+79160000001")
    PhoneFactory(person=heard.person, number="+79160000002")
    message("+79160000001", "delivered", "a")
    message("+79160000001", "failed", "b", failure="blocked")
    message("+79160000002", "failed", "c", failure="blocked")
    message("+79160000002", "delivered", "d")

    assert rows("no-sms") == {deaf}


def test_a_number_that_its_holder_disowned_takes_no_sms_either():
    said = ApplicationFactory()
    PhoneFactory(person=said.person, kind="own", disowned_at=clock.now())
    PhoneFactory(person=ApplicationFactory().person, kind="own")

    assert rows("no-sms") == {said}


@pytest.mark.parametrize("name", WORKLISTS)
def test_a_worklist_opens_narrows_and_writes_its_looks(client, operator, name):
    page = client.get(reverse("admin:worklist", args=[name]))

    assert page.status_code == 200
    assert page.context["work"].name == name


def test_a_worklist_is_searched_and_filtered(client, operator):
    one = ready(20, person__last_name="Гафуров")
    other = ready(20, person__last_name="Иванов", person__citizenship_id="TJK")
    address = reverse("admin:worklist", args=["ready"])

    assert list(client.get(address).context["page"]) == [one, other]
    assert Look.objects.count() == 2
    assert list(searched(client, address, "Gafurov").context["page"]) == [one]
    assert list(client.get(address, {"country": "TJK"}).context["page"]) == [other]


def test_a_list_asks_as_much_whatever_its_length(client, operator, django_assert_num_queries):
    address = reverse("admin:worklist", args=["ready"])
    ready(20)
    client.get(address)
    with django_assert_num_queries(8) as few:
        client.get(address)
    for _ in range(5):
        ready(20)

    with django_assert_num_queries(len(few)):
        client.get(address)


def test_a_file_has_the_rows_no_formula_and_leaves_its_trace(client, operator):
    row = ready(20, person__last_name="=HYPERLINK(1)")
    address = reverse("admin:worklist", args=["ready"]) + "?country=UZB"

    answer = client.post(address, {"export": "1"})

    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet["A2"].value == row.number
    assert sheet["B2"].data_type == "s"
    assert sheet["B2"].value.startswith("=HYPERLINK(1)")
    kept = Export.objects.get()
    assert (kept.actor_id, kept.name, kept.rows) == (operator.pk, "ready", 1)
    assert kept.narrowed == "country=UZB"
    assert Look.objects.filter(person_id=row.person_id, page="export ready").exists()


@pytest.mark.parametrize(("role", "taken"), [("operator", False), ("supervisor", True)])
def test_a_long_file_is_a_supervisors(client, settings, role, taken):
    settings.EXPORT_ROWS = 1
    ready(20), ready(20)
    client.force_login(of(role))

    answer = client.post(reverse("admin:worklist", args=["ready"]), {"export": "1"})

    assert (answer.status_code == 200) == taken
    assert Export.objects.exists() == taken


@pytest.mark.parametrize(
    ("role", "may"), [("auditor", False), ("reviewer", False), ("operator", True)]
)
def test_only_who_may_take_lists_is_offered_the_file(client, role, may):
    ApplicationFactory()
    client.force_login(of(role))

    page = client.get(reverse("admin:patents_application_changelist"))

    assert ('value="export"' in page.content.decode()) == may


def test_the_database_itself_keeps_who_has_no_inn():
    """However the rows come, go and move: a whole row saved from old knowledge changes nothing."""
    row = ApplicationFactory(accepted_on=date(2026, 1, 2))
    assert row in rows("no-inn")

    inn = InnFactory(person=row.person)
    assert row not in rows("no-inn")
    row.save()
    assert row not in rows("no-inn")

    other = ApplicationFactory(accepted_on=date(2026, 1, 2))
    Inn.objects.filter(pk=inn.pk).update(person=other.person)
    assert rows("no-inn") & {row, other} == {row}

    Inn.objects.filter(pk=inn.pk).update(valid_until=TODAY)
    assert rows("no-inn") & {row, other} == {row, other}
    assert ApplicationHistory.objects.filter(pgh_obj_id=row.pk).count() == 1
